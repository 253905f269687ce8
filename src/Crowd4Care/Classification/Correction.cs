using System.Text.Json.Serialization;

namespace Crowd4Care.Classification;

/// <summary>What a person said of one head of a mention's score.</summary>
public sealed record Correction
{
    /// <summary>New whenever the person changes their mind: later ones come after earlier ones.</summary>
    public required Guid Id { get; init; }

    /// <summary>The mention.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>Whose mention it is, where it was asked for.</summary>
    [JsonIgnore]
    public string? BrandId { get; init; }

    /// <summary>Who said it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Their name.</summary>
    public string? PersonName { get; init; }

    /// <summary>The head.</summary>
    public required string Head { get; init; }

    /// <summary>What the model said then.</summary>
    public required string Given { get; init; }

    /// <summary>How sure it was.</summary>
    public required double Probability { get; init; }

    /// <summary>Which model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>What is right; the same as <see cref="Given"/> for a confirmation.</summary>
    public required string Label { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The mention's text, where it was asked for.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the model was right.</summary>
    [JsonIgnore]
    public bool Confirms => Label == Given;
}

/// <summary>What became of a correction.</summary>
public enum CorrectionOutcome
{
    /// <summary>It is stored.</summary>
    Saved,

    /// <summary>There is no such mention of the brand.</summary>
    NotFound,

    /// <summary>An advocate corrects only what they claimed.</summary>
    NotYours,

    /// <summary>No model has scored the mention, or it was deleted.</summary>
    NotScored,

    /// <summary>The score has no such head.</summary>
    UnknownHead,

    /// <summary>The head has no such label.</summary>
    UnknownLabel,
}

/// <summary>What became of a correction.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Known">The names that would have been right, for an unknown head or label.</param>
public sealed record CorrectionResult(CorrectionOutcome Outcome, IReadOnlyList<string> Known);
