namespace Crowd4Care.Classification;

/// <summary>Where a model is in its life.</summary>
public enum ModelStatus
{
    /// <summary>Trained, and never live.</summary>
    Candidate,

    /// <summary>Scores new mentions.</summary>
    Live,

    /// <summary>Was live.</summary>
    Retired,

    /// <summary>Came with the product, and is not live.</summary>
    Shipped,
}

/// <summary>A model that was trained here, or the one that is shipped.</summary>
public sealed record ModelVersion
{
    /// <summary>Names the model; stored with every score.</summary>
    public required string Version { get; init; }

    /// <summary>The model that it was made from; null for the shipped one.</summary>
    public string? Parent { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ModelStatus Status { get; init; }

    /// <summary>What was live before it came live; null for the shipped model, and for what never was.</summary>
    public string? Replaced { get; init; }

    /// <summary>Why it was promoted, or why not.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>How its parent and it fared, as JSON: <see cref="TrainingFigures"/>.</summary>
    public string? Figures { get; init; }

    /// <summary>When it was made; null for the shipped one.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>Who made it; null for a command.</summary>
    public string? MadeByName { get; init; }

    /// <summary>Since when it is what it is.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>Who made it so.</summary>
    public string? StatusByName { get; init; }
}

/// <summary>A model that was just trained.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Parent">What it was made from.</param>
/// <param name="Verdict">Whether it is better, and why.</param>
/// <param name="Figures">How parent and candidate fared.</param>
/// <param name="File">The file's bytes.</param>
public sealed record TrainedModel(string Version, string Parent, string Verdict, TrainingFigures Figures, byte[] File);
