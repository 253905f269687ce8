using System.ComponentModel;

namespace Crowd4Care.Routing;

/// <summary>Business hours in a place.</summary>
public sealed record RuleCalendar
{
    /// <summary>The place's time zone, by its IANA name; summer time is its matter.</summary>
    [Description("IANA time zone, such as Europe/Berlin.")]
    public required string TimeZone { get; init; }

    /// <summary>Hours by the day's English name in lower case; a day that is left out is closed.</summary>
    [Description("Hours of each day, monday to sunday, as HH:mm-HH:mm on the local clock; 24:00 is the end of the day. A day that is left out is closed.")]
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Days { get; init; }

    /// <summary>Local dates that are closed whatever day of the week they are.</summary>
    [Description("Closed dates, as yyyy-MM-dd.")]
    public IReadOnlyList<string>? Holidays { get; init; }
}
