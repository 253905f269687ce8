using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>
/// What a text says, in two groups that count alike however many features each has: first words, pairs, words after a negation and how
/// they are said; then, behind the border, letter sequences inside words.
/// </summary>
internal static class TermFeatures
{
    private const uint WordKind = 31;
    private const uint PairKind = 32;
    private const uint SkipKind = 33;
    private const uint NegatedKind = 34;
    private const uint StyleKind = 35;
    private const uint NameKind = 36;
    private const uint SequenceKind = 37;

    private const int ShortestSequence = 2;
    private const int LongestSequence = 5;

    public static void Extract(TokenizedText text, FeatureBuffer into)
    {
        AddWords(text, into);
        into.SetBorder();
        var tokens = text.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is TokenKind.Word or TokenKind.Hashtag)
                LetterFeatures.AddSequences(text.Folded(tokens[i]), ShortestSequence, LongestSequence, SequenceKind, i, into);
        }
    }

    private static void AddWords(TokenizedText text, FeatureBuffer into)
    {
        var tokens = text.Tokens;
        var (previous, beforePrevious) = (FeatureHash.Of(WordKind, "<"), 0u);
        var negated = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if (token.Kind == TokenKind.Handle)
                into.Add(FeatureHash.Of(NameKind, text.Folded(token)), i);
            if (token.Kind == TokenKind.Handle && i > 0 && tokens[i - 1].Kind == TokenKind.Handle)
                continue;
            var folded = token.Kind switch { TokenKind.Number => "0", TokenKind.Handle => "@", _ => text.Folded(token) };
            var word = FeatureHash.Of(WordKind, folded);
            into.Add(word, i);
            into.Add(FeatureHash.Add(FeatureHash.Start(PairKind) ^ previous, word), i == 0 ? i : (i - 1) | FeatureBuffer.PairFlag);
            if (beforePrevious != 0)
                into.Add(FeatureHash.Add(FeatureHash.Start(SkipKind) ^ beforePrevious, word), i);
            (beforePrevious, previous) = (previous, word);

            if (token.Kind is TokenKind.Word or TokenKind.Hashtag or TokenKind.Part)
            {
                if (negated > 0)
                    into.Add(FeatureHash.Of(NegatedKind, folded), i);
                negated = Negation.Starts(folded) ? Negation.Reach : negated - 1;
                AddStyle(token, i, into);
            }
            else if (token.Kind == TokenKind.Punctuation)
            {
                negated = 0;
            }
        }
    }

    private static void AddStyle(in Token token, int owner, FeatureBuffer into)
    {
        if (token.Shouted)
            into.Add(FeatureHash.Add(FeatureHash.Start(StyleKind), 1), owner);
        if (token.Elongated)
            into.Add(FeatureHash.Add(FeatureHash.Start(StyleKind), 2), owner);
        if (token.Kind == TokenKind.Hashtag)
            into.Add(FeatureHash.Add(FeatureHash.Start(StyleKind), 3), owner);
    }
}
