using System.Globalization;
using System.Text;

namespace Crowd4Care.Engagement;

/// <summary>
/// What somebody typed to find a text by: its words, which have all to be there, in any order. Of the last one the beginning is enough, because they
/// may still be typing it.
/// </summary>
public static class SearchWords
{
    private const int Most = 12;

    // Shorter beginnings fit half of all words.
    private const int ShortestBeginning = 3;

    /// <summary>As FTS5 takes it, for the columns brand, author and text; null when there is no word in it.</summary>
    public static string? ForSqlite(string brandId, string? text, string? author)
    {
        var parts = Split(text).Select((word, i) => $"{{author text}} : {Quote(word)}").ToList();
        if (parts.Count > 0 && IsBeginning(text))
            parts[^1] += "*";
        parts.AddRange(Split(author).Select(word => $"author : {Quote(word)}*"));
        if (parts.Count == 0)
            return null;
        parts.AddRange(Split(brandId).Select(word => $"brand : {Quote(word)}"));
        return string.Join(" AND ", parts);

        static string Quote(string word) => $"\"{word}\"";
    }

    /// <summary>As <c>to_tsquery</c> takes it; null when there is no word in it.</summary>
    public static string? ForPostgres(string? text, string? author)
    {
        var parts = Split(text).Select(Quote).ToList();
        if (parts.Count > 0 && IsBeginning(text))
            parts[^1] += ":*";
        parts.AddRange(Split(author).Select(word => $"{Quote(word)}:*A"));
        return parts.Count == 0 ? null : string.Join(" & ", parts);

        static string Quote(string word) => $"'{word}'";
    }

    // Letters and digits of any script, with the marks that belong to them; everything else stands between words.
    private static IEnumerable<string> Split(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in (text ?? "").Normalize().ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
                word.Append(rune);
            else
                End();
        }

        End();
        return words.Take(Most);

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    private static bool IsBeginning(string? text) => text is not null && char.IsLetterOrDigit(text[^1]) && Split(text).Last().Length >= ShortestBeginning;
}
