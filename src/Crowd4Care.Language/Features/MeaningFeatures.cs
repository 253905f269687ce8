using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>
/// Words, pairs of neighbours, letter sequences inside words, words after a negation, and how something is said (shouted,
/// stretched). Names and links count as such, not by what they are, and a row of names counts once.
/// </summary>
internal static class MeaningFeatures
{
    private const uint WordKind = 1;
    private const uint PairKind = 2;
    private const uint SequenceKind = 3;
    private const uint NegatedKind = 4;
    private const uint StyleKind = 5;
    private const uint SkipKind = 6;

    public static void Extract(TokenizedText text, FeatureBuffer into)
    {
        var tokens = text.Tokens;
        var (previous, beforePrevious) = (FeatureHash.Of(WordKind, "<"), 0u);
        var negated = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if (token.Kind == TokenKind.Handle && i > 0 && tokens[i - 1].Kind == TokenKind.Handle)
                continue;
            var folded = token.Kind switch { TokenKind.Number => "0", TokenKind.Handle => "@", _ => text.Folded(token) };
            var word = FeatureHash.Of(WordKind, folded);
            into.Add(word, i);
            into.Add(FeatureHash.Add(FeatureHash.Start(PairKind) ^ previous, word), i == 0 ? i : (i - 1) | FeatureBuffer.PairFlag);
            if (beforePrevious != 0)
                into.Add(FeatureHash.Add(FeatureHash.Start(SkipKind) ^ beforePrevious, word), i);
            (beforePrevious, previous) = (previous, word);

            if (token.Kind is TokenKind.Word or TokenKind.Hashtag)
            {
                if (negated > 0)
                    into.Add(FeatureHash.Of(NegatedKind, folded), i);
                negated = Negation.Starts(folded) ? Negation.Reach : negated - 1;
                var shortest = folded.Length > 0 && folded[0] >= '\u0E00' ? 1 : 3;
                LetterFeatures.AddSequences(folded, shortest, 5, SequenceKind, i, into);
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
