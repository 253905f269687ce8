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

    /// <summary>How often the holder of a claim can ask for the whole time again.</summary>
    [Range(0, 20)]
    public int ClaimExtensions { get; set; } = 2;

    /// <summary>Minutes that a claim lasts at least while a question to staff waits.</summary>
    [Range(1, 24 * 60)]
    public double QuestionMinutes { get; set; } = 60;

    /// <summary>Most mentions that one person may have claimed at once, against hoarding.</summary>
    [Range(1, 1000)]
    public int MostClaims { get; set; } = 50;

    /// <summary>
    /// Seconds after which a sender that has not said what became of a reply counts as dead, and another takes over. Must be longer than
    /// all requests to a network that one reply may need.
    /// </summary>
    [Range(1, 3600)]
    public double SenderSeconds { get; set; } = 60;

    /// <summary>Seconds in which a reply from the desk can be taken back before it is sent; 0 sends at once.</summary>
    [Range(0, 300)]
    public double UndoSeconds { get; set; } = 10;

    /// <summary>What stands under a reply; <c>{name}</c> is the person's name. Empty for none.</summary>
    public string Signature { get; set; } = "\n— {name}";

    private static readonly TimeSpan LongestWarning = TimeSpan.FromMinutes(5);

    /// <summary>How long a claim lasts.</summary>
    /// <param name="minutes">What the rule says; null where it doesn't.</param>
    public TimeSpan ClaimTime(double? minutes) => TimeSpan.FromMinutes(minutes ?? ClaimMinutes);

    /// <summary>From when on little is left of a claim: a fifth of its time, and at most five minutes.</summary>
    public static DateTimeOffset WarnAt(DateTimeOffset ends, TimeSpan lasts) => ends - (lasts / 5 < LongestWarning ? lasts / 5 : LongestWarning);
}
