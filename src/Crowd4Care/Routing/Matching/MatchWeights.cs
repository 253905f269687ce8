namespace Crowd4Care.Routing.Matching;

/// <summary>What counts how much when the best-qualified advocate is looked for. The weights are parts of a sum and together 1.</summary>
public sealed record MatchWeights
{
    /// <summary>The weights of the product.</summary>
    public static MatchWeights Default { get; } = new();

    /// <summary>Proficiency in the mention's topic.</summary>
    public double Topic { get; init; } = 0.45;

    /// <summary>Proficiency in its language.</summary>
    public double Language { get; init; } = 0.20;

    /// <summary>Having answered the author before.</summary>
    public double Contact { get; init; } = 0.20;

    /// <summary>The free share of the capacity.</summary>
    public double Free { get; init; } = 0.15;

    /// <summary>The proficiency, 0 to 1, of who says nothing of a topic: they may still know it.</summary>
    public double UndeclaredTopic { get; init; } = 0.2;
}
