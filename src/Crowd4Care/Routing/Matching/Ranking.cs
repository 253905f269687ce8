namespace Crowd4Care.Routing.Matching;

/// <summary>What the matcher found.</summary>
/// <param name="Candidates">The advocates to show, the best first, the excluded last.</param>
/// <param name="LeftOut">How many more were looked at.</param>
/// <param name="Best">Who should get it; null when nobody can take it.</param>
/// <param name="MayChange">Whether somebody can't take it for a reason that may pass by itself.</param>
public sealed record Ranking(IReadOnlyList<CandidateScore> Candidates, int LeftOut, Candidate? Best, bool MayChange);

/// <summary>What the matcher found of one advocate.</summary>
public sealed record CandidateScore
{
    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name at the time.</summary>
    public required string Name { get; init; }

    /// <summary>The weighted sum, 0 to 1; null for the excluded.</summary>
    public double? Total { get; init; }

    /// <summary>The parts of the sum.</summary>
    public IReadOnlyList<ScorePart> Parts { get; init; } = [];

    /// <summary>Why this one can't take it.</summary>
    public string? Excluded { get; init; }

    /// <summary>True when the reason may pass by itself: capacity, absence, quiet hours, the limit of the day.</summary>
    public bool MayChange { get; init; }

    /// <summary>What was known of them; null in decisions that were stored before facts were.</summary>
    public CandidateFacts? Facts { get; init; }
}

/// <summary>A named part of a sum.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">Its weighted value.</param>
public sealed record ScorePart(string Name, double Value);
