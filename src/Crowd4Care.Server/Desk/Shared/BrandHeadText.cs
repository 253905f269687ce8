using Crowd4Care.Classification;

namespace Crowd4Care.Server.Desk.Shared;

/// <summary>A brand's own head as people write it: a label a line, after a colon the words that speak for it.</summary>
internal static class BrandHeadText
{
    public static string Write(BrandHead head) =>
        string.Join('\n', head.Labels.Select(l => l.Keywords.Count == 0 ? l.Label : $"{l.Label}: {string.Join(", ", l.Keywords)}"));

    public static BrandHead Read(string name, string labels) => new(name,
    [
        .. labels.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            return new BrandLabel(parts[0], parts.Length == 1 ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }),
    ]);
}
