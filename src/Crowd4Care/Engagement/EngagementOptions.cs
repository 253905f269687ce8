using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Engagement;

/// <summary>How claims and replies behave.</summary>
public sealed class EngagementOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Engagement";

    /// <summary>Minutes until a claim returns to where it came from.</summary>
    [Range(0.05, 24 * 60)]
    public double ClaimMinutes { get; set; } = 20;

    /// <summary>Most mentions that one person may have claimed at once, against hoarding.</summary>
    [Range(1, 1000)]
    public int MostClaims { get; set; } = 50;

    /// <summary>
    /// Seconds after which a sender that has not said what became of a reply counts as dead, and another takes over. Must be longer than
    /// all requests to a network that one reply may need.
    /// </summary>
    [Range(1, 3600)]
    public double SenderSeconds { get; set; } = 60;

    /// <summary>What stands under a reply; <c>{name}</c> is the person's name. Empty for none.</summary>
    public string Signature { get; set; } = "\n— {name}";
}
