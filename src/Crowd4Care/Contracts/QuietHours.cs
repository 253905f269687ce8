namespace Crowd4Care.Contracts;

/// <summary>
/// Hours of every day in which somebody wants no offers, on the clock of their time zone; over midnight when they end before they begin. On the
/// days on which summer time begins and ends they are as long as the clock says, and never interrupted.
/// </summary>
/// <param name="From">When they begin, in minutes since midnight, 0 to 1439.</param>
/// <param name="Until">When they end; not the same as <paramref name="From"/>.</param>
/// <param name="TimeZone">The time zone, such as Europe/Berlin; UTC where that is none.</param>
public sealed record QuietHours(int From, int Until, string TimeZone)
{
    /// <summary>When the quiet hours of now end, by the clock of the time zone; null when it is not quiet now.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset now)
    {
        var zone = LocalTime.FindZone(TimeZone) ?? TimeZoneInfo.Utc;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        // What began yesterday may go on.
        return EndsAt(zone, today.AddDays(-1), now) ?? EndsAt(zone, today, now);
    }

    private DateTimeOffset? EndsAt(TimeZoneInfo zone, DateOnly day, DateTimeOffset now)
    {
        var begin = LocalTime.At(zone, day, From, last: false);
        var end = LocalTime.At(zone, Until > From ? day : day.AddDays(1), Until, last: true);
        return now >= begin && now < end ? end : null;
    }
}
