using System.Globalization;

namespace Crowd4Care.Language.Text;

/// <summary>
/// Scripts that put no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. Each character with its marks is a part, so that pairs of
/// parts stand for words, as search engines do it (the bigrams of Lucene's CJK analysis).
/// </summary>
internal static class Unspaced
{
    /// <summary>Adds the characters of a word as its parts, and what is between them; nothing where the word has none, or is elongated.</summary>
    /// <param name="word">The word, which was added last.</param>
    /// <param name="skip">How many characters before it were not folded.</param>
    /// <param name="into">Gets the parts.</param>
    /// <returns>Whether the word has such characters.</returns>
    public static bool AddParts(in Token word, int skip, TokenizedText into)
    {
        if (!HasAny(into.Folded(word)))
            return false;
        // What was cut from an elongated one stands no longer where it was written.
        if (word.FoldedLength != word.Length - skip || word.FoldedLength == 1)
            return true;
        for (var start = 0; start < word.FoldedLength;)
        {
            var rest = into.Folded(word)[start..];
            var length = 1;
            while (length < rest.Length && (IsOne(rest[0]) ? IsMark(rest[length]) : !IsOne(rest[length])))
                length++;
            into.AddPart(word, start, length);
            start += length;
        }

        return true;
    }

    private static bool HasAny(ReadOnlySpan<char> word)
    {
        foreach (var character in word)
        {
            if (character >= '\u0E00' && IsOne(character))
                return true;
        }

        return false;
    }

    private static bool IsOne(char character) => character is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF')
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF');

    private static bool IsMark(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
