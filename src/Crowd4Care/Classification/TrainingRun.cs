namespace Crowd4Care.Classification;

/// <summary>A training that somebody asked for at the desk.</summary>
public sealed record TrainingRun
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who asked for it.</summary>
    public Guid? AskedBy { get; init; }

    /// <summary>Their name.</summary>
    public string? AskedByName { get; init; }

    /// <summary>In whose journal a promotion is noted; a model is of all brands.</summary>
    public required string BrandId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How far it is.</summary>
    public required TrainingStage Stage { get; init; }

    /// <summary>When it was over; null while it waits or runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The model that came of it; null when none did.</summary>
    public string? Candidate { get; init; }

    /// <summary>Whether that model took the place of the one before.</summary>
    public bool IsLive { get; init; }

    /// <summary>What came of it, in a sentence.</summary>
    public string? Said { get; init; }

    /// <summary>What was learned for the brands' own heads: a JSON array of sentences, each beginning with the brand's id and a comma.</summary>
    public string? Own { get; init; }
}

/// <summary>How far a training is.</summary>
public enum TrainingStage
{
    /// <summary>No process has taken it yet.</summary>
    Waiting,

    /// <summary>A candidate is made of the live model and the corrections.</summary>
    Learning,

    /// <summary>Both are measured on what neither learned from.</summary>
    Measuring,

    /// <summary>The brands' own heads are learned.</summary>
    OwnHeads,

    /// <summary>It is over.</summary>
    Done,

    /// <summary>It could not be done; the reason is said.</summary>
    Failed,
}

/// <summary>Whether there are corrections enough to tell a better model from a lucky one.</summary>
/// <param name="Learning">Corrections that teach, as far as they were counted.</param>
/// <param name="Held">Corrections that measure, as far as they were counted.</param>
/// <param name="IsAll">Whether all were counted; of very many only the newest are.</param>
public sealed record TrainingReadiness(int Learning, int Held, bool IsAll)
{
    /// <summary>Whether there are enough.</summary>
    public bool IsEnough => Held >= PromotionRule.LeastHeld && Learning > 0;

    /// <summary>About how many more mentions must be corrected: three in ten measure.</summary>
    public int Missing => IsEnough ? 0 : Math.Max(1, (int)Math.Ceiling((PromotionRule.LeastHeld - Held) / 0.3));
}

/// <summary>What came of asking for a training.</summary>
public enum TrainingAnswer
{
    /// <summary>It begins within seconds.</summary>
    Asked,

    /// <summary>One waits or runs already: one at a time for all brands.</summary>
    Running,

    /// <summary>There are too few corrections: see <see cref="TrainingReadiness"/>.</summary>
    TooFew,
}
