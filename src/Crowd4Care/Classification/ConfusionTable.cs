using System.Text.Json.Serialization;

namespace Crowd4Care.Classification;

/// <summary>What was right and what was said, counted.</summary>
/// <param name="Cells">Each pair that occurs.</param>
public sealed record ConfusionTable(IReadOnlyList<ConfusionCell> Cells)
{
    /// <summary>How many were compared.</summary>
    [JsonIgnore]
    public int Count => Cells.Sum(c => c.Count);

    /// <summary>How many were right.</summary>
    [JsonIgnore]
    public int Right => Cells.Where(c => c.Label == c.Given).Sum(c => c.Count);

    /// <summary>The share that was right; 0 where nothing was compared.</summary>
    [JsonIgnore]
    public double Accuracy => Count == 0 ? 0 : (double)Right / Count;

    /// <summary>The mean F1 of the labels that are right somewhere.</summary>
    [JsonIgnore]
    public double MacroF1 => Cells.Select(c => c.Label).Distinct().Select(F1).DefaultIfEmpty().Average();

    /// <summary>The labels that occur, in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Labels => [.. Cells.SelectMany(c => new[] { c.Label, c.Given }).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Counts pairs.</summary>
    public static ConfusionTable Of(IEnumerable<(string Label, string Given)> pairs) =>
        new([.. pairs.CountBy(p => p).Select(p => new ConfusionCell(p.Key.Label, p.Key.Given, p.Value))
            .OrderBy(c => c.Label, StringComparer.Ordinal).ThenBy(c => c.Given, StringComparer.Ordinal)]);

    /// <summary>How often one was right and the other said.</summary>
    public int At(string label, string given) => Cells.Where(c => c.Label == label && c.Given == given).Sum(c => c.Count);

    private double F1(string label)
    {
        var right = At(label, label);
        var all = Cells.Where(c => c.Label == label).Sum(c => c.Count) + Cells.Where(c => c.Given == label).Sum(c => c.Count);
        return all == 0 ? 0 : 2.0 * right / all;
    }
}

/// <summary>A pair and its count.</summary>
/// <param name="Label">What is right.</param>
/// <param name="Given">What was said.</param>
/// <param name="Count">How often.</param>
public sealed record ConfusionCell(string Label, string Given, int Count);
