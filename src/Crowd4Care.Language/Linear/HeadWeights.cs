namespace Crowd4Care.Language.Linear;

/// <summary>What a head needs besides its columns of the weight table.</summary>
internal sealed record HeadWeights
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>One per label.</summary>
    public required float[] Bias { get; init; }

    /// <summary>What one step of a quantised weight is worth.</summary>
    public required float Scale { get; init; }

    /// <summary>Divides the scores before they become probabilities, so that 80 % means right four times in five.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The label given when the evidence is too thin; null when the head always decides.</summary>
    public string? Fallback { get; init; }

    /// <summary>Below this probability the fallback is given.</summary>
    public float MinimumProbability { get; init; }

    public ModelHead Describe() => new(Name, Fallback is null ? Labels : [.. Labels, Fallback]);
}
