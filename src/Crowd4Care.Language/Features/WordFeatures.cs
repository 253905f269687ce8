using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>By which numbers a set tells its kinds of features apart: models depend on them, so they must not change.</summary>
internal sealed record WordKinds
{
    public required uint Word { get; init; }

    public required uint Pair { get; init; }

    public required uint Skip { get; init; }

    public required uint Negated { get; init; }

    public required uint Style { get; init; }

    /// <summary>For names by what they are; null where a name only counts as one.</summary>
    public uint? Name { get; init; }

    /// <summary>For letter sequences, added with each word; null where they come elsewhere or not at all.</summary>
    public uint? Sequence { get; init; }
}

/// <summary>
/// Words, pairs of neighbours, words after a negation, and how something is said (shouted, stretched). Links count as such, not by what they
/// are, and a row of names counts once.
/// </summary>
internal static class WordFeatures
{
    public static void Add(TokenizedText text, WordKinds kinds, FeatureBuffer into)
    {
        var tokens = text.Tokens;
        var (previous, beforePrevious) = (FeatureHash.Of(kinds.Word, "<"), 0u);
        var negated = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if (token.Kind == TokenKind.Handle && kinds.Name is { } name)
                into.Add(FeatureHash.Of(name, text.Folded(token)), i);
            if (token.Kind == TokenKind.Handle && i > 0 && tokens[i - 1].Kind == TokenKind.Handle)
                continue;
            var folded = token.Kind switch { TokenKind.Number => "0", TokenKind.Handle => "@", _ => text.Folded(token) };
            var word = FeatureHash.Of(kinds.Word, folded);
            into.Add(word, i);
            into.Add(FeatureHash.Add(FeatureHash.Start(kinds.Pair) ^ previous, word), i == 0 ? i : (i - 1) | FeatureBuffer.PairFlag);
            if (beforePrevious != 0)
                into.Add(FeatureHash.Add(FeatureHash.Start(kinds.Skip) ^ beforePrevious, word), i);
            (beforePrevious, previous) = (previous, word);

            if (token.Kind is TokenKind.Word or TokenKind.Hashtag)
            {
                if (negated > 0)
                    into.Add(FeatureHash.Of(kinds.Negated, folded), i);
                negated = Negation.Starts(folded) ? Negation.Reach : negated - 1;
                if (kinds.Sequence is { } sequence)
                    LetterFeatures.AddSequences(folded, folded.Length > 0 && folded[0] >= '\u0E00' ? 1 : 3, 5, sequence, i, into);
                AddStyle(token, kinds.Style, i, into);
            }
            else if (token.Kind == TokenKind.Punctuation)
            {
                negated = 0;
            }
        }
    }

    private static void AddStyle(in Token token, uint kind, int owner, FeatureBuffer into)
    {
        if (token.Shouted)
            into.Add(FeatureHash.Add(FeatureHash.Start(kind), 1), owner);
        if (token.Elongated)
            into.Add(FeatureHash.Add(FeatureHash.Start(kind), 2), owner);
        if (token.Kind == TokenKind.Hashtag)
            into.Add(FeatureHash.Add(FeatureHash.Start(kind), 3), owner);
    }
}
