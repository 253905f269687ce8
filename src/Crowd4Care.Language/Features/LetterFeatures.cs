using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>Sequences of one to five letters of each word, word borders included, the whole word, and its script.</summary>
internal static class LetterFeatures
{
    /// <summary>Folded characters that are looked at: a language shows itself long before.</summary>
    public const int MaximumCharacters = 300;

    private const int Longest = 5;
    private const uint SequenceKind = 21;
    private const uint WordKind = 22;
    private const uint ScriptKind = 23;
    private const char Border = '_';

    public static void Extract(TokenizedText text, FeatureBuffer into)
    {
        var tokens = text.Tokens;
        var budget = MaximumCharacters;
        for (var i = 0; i < tokens.Length && budget > 0; i++)
        {
            if (tokens[i].Kind is not (TokenKind.Word or TokenKind.Hashtag))
                continue;
            var word = text.Folded(tokens[i]);
            word = word[..Math.Min(word.Length, budget)];
            budget -= word.Length;
            into.Add(FeatureHash.Of(WordKind, word), i);
            into.Add(FeatureHash.Add(FeatureHash.Start(ScriptKind), Script(word[0])), i);
            into.Add(FeatureHash.Add(FeatureHash.Start(ScriptKind), Script(word[^1])), i);
            AddSequences(word, 1, Longest, SequenceKind, i, into);
        }
    }

    /// <summary>Adds each sequence of <paramref name="shortest"/> to <paramref name="longest"/> characters of "_word_".</summary>
    public static void AddSequences(ReadOnlySpan<char> word, int shortest, int longest, uint kind, int owner, FeatureBuffer into)
    {
        for (var start = -1; start < word.Length; start++)
        {
            var hash = FeatureHash.Start(kind);
            for (var length = 1; length <= longest && start + length <= word.Length + 1; length++)
            {
                var at = start + length - 1;
                hash = FeatureHash.Add(hash, at < 0 || at == word.Length ? Border : word[at]);
                if (length >= shortest && (length > 1 || start >= 0))
                    into.Add(hash, owner);
            }
        }
    }

    /// <summary>About the script of a letter: what is left to go by when none of the letters was ever seen in training.</summary>
    private static uint Script(char letter) => letter switch
    {
        < '\u0250' => 0,
        >= '\u3040' and <= '\u30FF' => 1,
        >= '\u3400' and <= '\u9FFF' => 2,
        >= '\uAC00' and <= '\uD7A3' => 3,
        _ => 4 + ((uint)letter >> 7),
    };
}
