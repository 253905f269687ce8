using System.Text.RegularExpressions;

namespace Crowd4Care.Classification;

/// <summary>A question that a brand asks of its mentions besides the model's heads.</summary>
/// <param name="Name">Its name, as a head's.</param>
/// <param name="Labels">The answers.</param>
public sealed partial record BrandHead(string Name, IReadOnlyList<BrandLabel> Labels)
{
    private const int MostLabels = 20;
    private const int MostKeywords = 50;
    private const int LongestKeyword = 60;

    /// <summary>What is wrong with it; empty when it can be used.</summary>
    /// <param name="taken">The names of the model's heads.</param>
    public IReadOnlyList<string> Mistakes(IEnumerable<string> taken)
    {
        var mistakes = new List<string>();
        if (!Form().IsMatch(Name))
            mistakes.Add($"The name “{Name}” should be of small letters, digits and hyphens, such as product-line.");
        else if (taken.Contains(Name))
            mistakes.Add($"The model has a head “{Name}” already: choose another name.");
        if (Labels.Count is < 2 or > MostLabels)
            mistakes.Add($"There are {Labels.Count} labels; 2 to {MostLabels} are expected.");
        foreach (var label in Labels)
        {
            if (!Form().IsMatch(label.Label))
                mistakes.Add($"The label “{label.Label}” should be of small letters, digits and hyphens.");
            if (label.Keywords.Count > MostKeywords || label.Keywords.Any(k => k.Length > LongestKeyword))
                mistakes.Add($"“{label.Label}” has {label.Keywords.Count} keywords; up to {MostKeywords} of {LongestKeyword} characters each are expected.");
        }

        if (Labels.Select(l => l.Label).Distinct().Count() < Labels.Count)
            mistakes.Add("A label stands there twice.");
        return mistakes;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}$")]
    private static partial Regex Form();
}

/// <summary>An answer.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Keywords">Words and phrases that speak for it; none is possible.</param>
public sealed record BrandLabel(string Label, IReadOnlyList<string> Keywords);
