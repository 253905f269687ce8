using System.Text;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>Counts a text as the network does: grapheme clusters, and bytes of UTF-8 besides.</summary>
internal static class BlueskyText
{
    public const int MaxGraphemes = 300;
    public const int MaxBytes = 3000;

    public static TextMeasure Measure(string text)
    {
        var graphemes = Graphemes.Count(text);
        var bytes = Encoding.UTF8.GetByteCount(text);
        return new TextMeasure(graphemes, MaxGraphemes, graphemes <= MaxGraphemes && bytes <= MaxBytes) { Bytes = bytes, LimitBytes = MaxBytes };
    }
}
