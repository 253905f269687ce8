using System.Buffers;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Finds out whether a text holds one of many words, phrases, tags or handles. Whole words only, except beside writing that puts
/// no blanks between words. One vectorised search looks for all keywords at once; the borders are looked at where it hits.
/// </summary>
internal sealed class KeywordMatcher
{
    private readonly string[] keywords;
    private readonly SearchValues<string> search;

    public KeywordMatcher(IEnumerable<string> keywords)
    {
        this.keywords = [.. keywords.Select(k => TextFolding.Fold(k).Trim()).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)];
        search = SearchValues.Create(this.keywords, StringComparison.Ordinal);
    }

    public bool IsEmpty => keywords.Length == 0;

    public bool Matches(string text) => MatchesFolded(TextFolding.Fold(text));

    /// <summary>The same for a text that went through <see cref="TextFolding"/>.</summary>
    public bool MatchesFolded(ReadOnlySpan<char> text)
    {
        if (IsEmpty) return false;
        for (var from = 0; from < text.Length; from++)
        {
            var hit = text[from..].IndexOfAny(search);
            if (hit < 0) return false;
            from += hit;
            foreach (var keyword in keywords)
                if (text[from..].StartsWith(keyword, StringComparison.Ordinal) && StandsAlone(text, from, keyword.Length)) return true;
        }
        return false;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        var first = text[start];
        // A tag or handle begins with a sign, but is no tag or handle in the middle of a word (an e-mail address).
        var opens = IsWord(first) || first is '#' or '@';
        return (!opens || start == 0 || !IsWord(text[start - 1]))
            && (!IsWord(text[end - 1]) || end == text.Length || !IsWord(text[end]));
    }

    private static bool IsWord(char c) => c == '_' || (char.IsLetterOrDigit(c) && !IsUnspaced(c));

    /// <summary>Scripts without blanks between words, and Korean, where particles are joined to the word.</summary>
    private static bool IsUnspaced(char c) => c is
        (>= '\u0E00' and <= '\u0EFF') // Thai, Lao
        or (>= '\u1000' and <= '\u109F') // Burmese
        or (>= '\u1780' and <= '\u17FF') // Khmer
        or (>= '\u1100' and <= '\u11FF') or (>= '\uAC00' and <= '\uD7FF') // Korean
        or (>= '\u2E80' and <= '\u9FFF') // Chinese, Japanese
        or (>= '\uF900' and <= '\uFAFF')
        or (>= '\uFF66' and <= '\uFF9F'); // half-width Japanese
}
