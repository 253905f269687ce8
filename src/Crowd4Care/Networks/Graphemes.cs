using System.Globalization;

namespace Crowd4Care.Networks;

/// <summary>
/// Counts what a reader sees as one character: extended grapheme clusters (UAX #29). The framework's own clusters lack rule GB9c, by which
/// the conjuncts of Indic scripts are one; networks and browsers have it, so it is added here.
/// </summary>
public static class Graphemes
{
    private const char Joiner = '\u200D';

    // Indic_Conjunct_Break=Linker: the signs that bind one consonant to the next.
    private const string Linkers = "\u094D\u09CD\u0ACD\u0B4D\u0C4D\u0D4D\u1039\u17D2";

    // Indic_Conjunct_Break=Consonant of the same scripts, first and last of each range: Devanagari to Malayalam, Burmese, Khmer.
    private const string Consonants =
        "\u0915\u0939\u0958\u095F\u0978\u097F\u0995\u09A8\u09AA\u09B0\u09B2\u09B2\u09B6\u09B9\u09DC\u09DD\u09DF\u09DF\u09F0\u09F1" +
        "\u0A95\u0AA8\u0AAA\u0AB0\u0AB2\u0AB3\u0AB5\u0AB9\u0AF9\u0AF9\u0B15\u0B28\u0B2A\u0B30\u0B32\u0B33\u0B35\u0B39\u0B5C\u0B5D" +
        "\u0B5F\u0B5F\u0B71\u0B71\u0C15\u0C28\u0C2A\u0C39\u0C58\u0C5A\u0D15\u0D3A\u1000\u102A\u103F\u103F\u1050\u1055\u105A\u105D" +
        "\u1061\u1061\u1065\u1066\u106E\u1070\u1075\u1081\u108E\u108E\u1780\u17B3";

    /// <summary>How many clusters a text has.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        var binds = false;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            if (!binds || !IsConsonant(text[0]))
                count++;
            binds = Binds(text[..length]);
            text = text[length..];
        }

        return count;
    }

    // A consonant, then nothing but signs that take no place of their own, a linker among them.
    private static bool Binds(ReadOnlySpan<char> cluster)
    {
        var linked = false;
        for (var i = cluster.Length - 1; i >= 0; i--)
        {
            if (IsConsonant(cluster[i]))
                return linked;
            linked |= Linkers.Contains(cluster[i], StringComparison.Ordinal);
            if (cluster[i] != Joiner && CharUnicodeInfo.GetUnicodeCategory(cluster[i]) != UnicodeCategory.NonSpacingMark)
                return false;
        }

        return false;
    }

    private static bool IsConsonant(char c)
    {
        if (c < Consonants[0])
            return false;

        for (var i = 0; i < Consonants.Length; i += 2)
        {
            if (c >= Consonants[i] && c <= Consonants[i + 1])
                return true;
        }

        return false;
    }
}
