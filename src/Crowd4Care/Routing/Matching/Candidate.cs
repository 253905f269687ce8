namespace Crowd4Care.Routing.Matching;

/// <summary>An advocate as the matcher sees them.</summary>
public sealed record Candidate
{
    /// <summary>Who.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }

    /// <summary>The login name.</summary>
    public required string Login { get; init; }

    /// <summary>Trust level, 0 to 4.</summary>
    public required int Trust { get; init; }

    /// <summary>How many mentions at once.</summary>
    public required int Capacity { get; init; }

    /// <summary>Open offers and claims now; grows while a batch is routed.</summary>
    public required int Load { get; set; }

    /// <summary>When the last offer was made to them; null when there was none.</summary>
    public DateTimeOffset? LastOfferAt { get; set; }

    /// <summary>Offers in this turn; grows while a batch is routed.</summary>
    public int OffersNow { get; set; }

    /// <summary>Says that no offers are wanted now.</summary>
    public bool IsAway { get; set; }

    /// <summary>Proficiency 0 to 1 by skill.</summary>
    public required IReadOnlyDictionary<string, double> Skills { get; init; }

    /// <summary>Proficiency in a skill, or <paramref name="otherwise"/> when nothing is said of it.</summary>
    public double Proficiency(string skill, double otherwise) => Skills.TryGetValue(skill, out var level) ? level : otherwise;
}
