namespace Crowd4Care.Community.Skills;

/// <summary>How well somebody has a skill, and how sure that is.</summary>
public sealed record SkillEstimate
{
    /// <summary><c>kind:value</c>.</summary>
    public required string Skill { get; init; }

    /// <summary>The proficiency that the router uses, 0 to 1; null while the skill doesn't count because too little speaks for it.</summary>
    public double? Proficiency { get; init; }

    /// <summary>What declaration and outcomes say together, 0 to 1.</summary>
    public required double Estimate { get; init; }

    /// <summary>Lower end of the interval that holds the true value with a probability of 90 %.</summary>
    public required double Low { get; init; }

    /// <summary>Its upper end.</summary>
    public required double High { get; init; }

    /// <summary>From how many outcomes.</summary>
    public int Outcomes { get; init; }

    /// <summary>What those weigh today: they are forgotten by half in <see cref="SkillRules.HalfLife"/>.</summary>
    public double Evidence { get; init; }

    /// <summary>What they said of themselves, 0 to 1; null where they didn't.</summary>
    public double? Declared { get; init; }

    /// <summary>The value that an admin set, 0 to 1.</summary>
    public double? Pinned { get; init; }

    /// <summary>Who set it.</summary>
    public string? PinnedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? PinnedAt { get; init; }
}
