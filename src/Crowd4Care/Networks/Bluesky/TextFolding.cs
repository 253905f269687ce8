using System.Globalization;
using System.Text;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Brings text to the form in which keywords are compared: lower case, without diacritics (of Latin, Greek and Cyrillic letters),
/// full-width characters as plain ones, invisible characters dropped, white space as one blank.
/// </summary>
internal static class TextFolding
{
    private const char Dropped = '\0';
    private const char LastLetterWithDiacritics = '\u052F';

    private static readonly char[] Table = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => FoldOf((char)c))];

    public static string Fold(string text)
    {
        var buffer = new char[text.Length];
        return new string(buffer, 0, Fold(text, buffer));
    }

    /// <summary>Folds into a buffer, which may be the text's own, and says how much of it was used.</summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        foreach (var c in text)
        {
            var folded = Table[c];
            if (folded == Dropped || (folded == ' ' && length > 0 && into[length - 1] == ' ')) continue;
            into[length++] = folded;
        }
        return length;
    }

    private static char FoldOf(char c)
    {
        if (char.IsSurrogate(c)) return c;
        if (char.IsWhiteSpace(c)) return ' ';
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.EnclosingMark:
            case UnicodeCategory.NonSpacingMark when c is <= '\u036F' or (>= '\uFE00' and <= '\uFE0F'):
                return Dropped;
        }
        return c switch
        {
            >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(c - 0xFEE0)),
            '\u2019' or '\u2018' or '\u02BC' => '\'',
            'ł' or 'Ł' => 'l',
            'ø' or 'Ø' => 'o',
            'đ' or 'Đ' => 'd',
            'ı' => 'i',
            _ => WithoutMarks(c),
        };
    }

    /// <summary>The base letter; the letter itself for other scripts, where a mark makes another letter (Japanese, Indic).</summary>
    private static char WithoutMarks(char c)
    {
        if (c < 0x80) return char.ToLowerInvariant(c);
        if (!char.IsLetter(c)) return c;
        var parts = c.ToString().Normalize(NormalizationForm.FormD);
        var marked = parts.Length > 1 && parts[0] <= LastLetterWithDiacritics
            && parts.AsSpan(1).IndexOfAnyExceptInRange('\u0300', '\u036F') < 0;
        return char.ToLowerInvariant(marked ? parts[0] : c);
    }
}
