using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>
/// What a text says, in two groups that count alike however many features each has: first <see cref="WordFeatures"/> with the names by what
/// they are; then, behind the border, letter sequences inside words.
/// </summary>
internal static class TermFeatures
{
    private const uint SequenceKind = 37;
    private const int ShortestSequence = 2;
    private const int LongestSequence = 5;

    private static readonly WordKinds Kinds = new() { Word = 31, Pair = 32, Skip = 33, Negated = 34, Style = 35, Name = 36 };

    public static void Extract(TokenizedText text, FeatureBuffer into)
    {
        WordFeatures.Add(text, Kinds, into);
        into.SetBorder();
        var tokens = text.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is TokenKind.Word or TokenKind.Hashtag)
                LetterFeatures.AddSequences(text.Folded(tokens[i]), ShortestSequence, LongestSequence, SequenceKind, i, into);
        }
    }
}
