using System.Globalization;
using System.Text;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>Counts a text as the network does: grapheme clusters, and bytes of UTF-8 besides.</summary>
internal static class BlueskyText
{
    public const int MaxGraphemes = 300;
    public const int MaxBytes = 3000;

    public static TextMeasure Measure(string text)
    {
        var graphemes = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; graphemes++) rest = rest[StringInfo.GetNextTextElementLength(rest)..];
        return new TextMeasure(graphemes, MaxGraphemes, graphemes <= MaxGraphemes && Encoding.UTF8.GetByteCount(text) <= MaxBytes);
    }
}
