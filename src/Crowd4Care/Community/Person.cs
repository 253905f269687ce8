using Crowd4Care.Contracts;

namespace Crowd4Care.Community;

/// <summary>Somebody who works at the desk.</summary>
public sealed record Person
{
    /// <summary>Identifies the person.</summary>
    public Guid Id { get; init; }

    /// <summary>The brand they work for.</summary>
    public required string BrandId { get; init; }

    /// <summary>The name to sign in with; unique, lower case.</summary>
    public required string Login { get; set; }

    /// <summary>The name that others see and that signs replies.</summary>
    public required string Name { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Hash of the password; null for those who only use keys.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes when the password does: older sessions end.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Failed sign-ins since the last good one.</summary>
    public int FailedSignIns { get; set; }

    /// <summary>Until when sign-in is locked.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Trust level, 0 to 4.</summary>
    public int Trust { get; init; } = 1;

    /// <summary>How many offers and claims at once.</summary>
    public int Capacity { get; init; } = 3;

    /// <summary>A line about the person.</summary>
    public string? Bio { get; init; }

    /// <summary>Since when they want no offers; null while they do.</summary>
    public DateTimeOffset? AwaySince { get; init; }

    /// <summary>Why, when they did not say so themselves: <see cref="AvailabilityStore.Ignored"/>.</summary>
    public string? AwayReason { get; init; }

    /// <summary>Their time zone, such as Europe/Berlin; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When their quiet hours begin, in minutes since midnight; null for none.</summary>
    public int? QuietFrom { get; init; }

    /// <summary>When their quiet hours end.</summary>
    public int? QuietUntil { get; init; }

    /// <summary>How many they claim in a day before no more offers come; null for any number.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>Since when they are suspended.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Why.</summary>
    public string? SuspendedReason { get; init; }

    /// <summary>When they were added.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A skill of a person.</summary>
/// <param name="Skill"><c>kind:value</c>.</param>
/// <param name="Proficiency">0 to 1.</param>
public sealed record PersonSkill(string Skill, double Proficiency)
{
    /// <summary>For reading rows.</summary>
    public PersonSkill()
        : this("", 0)
    {
    }
}
