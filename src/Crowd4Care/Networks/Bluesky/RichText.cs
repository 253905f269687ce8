using System.Text;
using System.Text.RegularExpressions;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Finds what must be marked in a post: nothing is a link, a tag or a mention on the network by its text alone.
/// Positions are byte offsets in UTF-8, the end exclusive.
/// </summary>
internal static partial class RichText
{
    private const int MaxTagGraphemes = 64;

    public static async Task<List<FacetJson>> FacetsAsync(string text, Func<string, Task<string?>> resolveHandle)
    {
        var facets = new List<FacetJson>();
        foreach (Match match in Link().Matches(text))
        {
            var shown = Trimmed(match.Value);
            var address = shown.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + shown : shown;
            if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
                Add(match.Index, shown.Length, new FeatureJson { Type = FeatureJson.LinkType, Uri = address });
        }
        foreach (Match match in Tag().Matches(text))
        {
            var tag = match.Groups["tag"];
            if (BlueskyText.Measure(tag.Value).Count <= MaxTagGraphemes)
                Add(tag.Index - 1, tag.Length + 1, new FeatureJson { Type = FeatureJson.TagType, Tag = tag.Value });
        }
        foreach (Match match in Mention().Matches(text))
        {
            var handle = match.Groups["handle"];
            if (Overlaps(handle.Index - 1)) continue;
            if (await resolveHandle(handle.Value.ToLowerInvariant()) is { } did)
                Add(handle.Index - 1, handle.Length + 1, new FeatureJson { Type = FeatureJson.MentionType, Did = did });
        }
        return [.. facets.OrderBy(f => f.Index.ByteStart)];

        int Bytes(int index) => Encoding.UTF8.GetByteCount(text.AsSpan(0, index));

        bool Overlaps(int index)
        {
            var at = Bytes(index);
            return facets.Any(f => at >= f.Index.ByteStart && at < f.Index.ByteEnd);
        }

        void Add(int index, int length, FeatureJson feature)
        {
            if (!Overlaps(index))
                facets.Add(new FacetJson { Index = new(Bytes(index), Bytes(index + length)), Features = [feature] });
        }
    }

    /// <summary>A sentence's punctuation after a link is not of the link; nor is a bracket that it does not open.</summary>
    private static string Trimmed(string link)
    {
        while (link.Length > 0)
        {
            var last = link[^1];
            var unopened = last is ')' or ']' && link.AsSpan().Count(last) > link.AsSpan().Count(last == ')' ? '(' : '[');
            if (!unopened && !".,;:!?'\"…»”’".Contains(last, StringComparison.Ordinal)) break;
            link = link[..^1];
        }
        return link;
    }

    // Chinese and Japanese put neither blanks around a link nor punctuation of ASCII behind it.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9_@./])(?:https?://|www\.(?=[\p{L}\p{N}]))[^\s<>""\u3000-\u303F\uFF00-\uFFEF]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    // Not only digits, and no punctuation at the end: as the network's own clients do.
    [GeneratedRegex(
        @"(?<=^|\s)[#＃](?<tag>(?!\uFE0F)(?=[^\s]*[^\d\s\p{P}])[^\s\u00AD\u2060\u200A-\u200D]*[^\s\p{P}\u00AD\u2060\u200A-\u200D])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"(?<=^|[\s(\[""“'])@(?<handle>(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
