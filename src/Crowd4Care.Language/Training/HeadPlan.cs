namespace Crowd4Care.Language.Training;

/// <summary>What a head is to learn.</summary>
internal sealed record HeadPlan
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<LabelledText> Texts { get; init; }

    /// <summary>Texts that are not trained on: settings are chosen and probabilities calibrated by them.</summary>
    public IReadOnlyList<LabelledText> Validation { get; init; } = [];

    /// <summary>Whether they are learned from at the end, when all is chosen and calibrated.</summary>
    public bool LearnsFromValidation { get; init; }

    public string? Fallback { get; init; }

    public float MinimumProbability { get; init; }

    /// <summary>The labels that texts have, in an order that doesn't depend on theirs.</summary>
    public static string[] LabelsOf(IEnumerable<LabelledText> texts) => [.. texts.Select(text => text.Label).Distinct().Order(StringComparer.Ordinal)];
}
