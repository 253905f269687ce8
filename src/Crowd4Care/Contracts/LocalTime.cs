using System.Buffers;

namespace Crowd4Care.Contracts;

/// <summary>What the clock on the wall of a time zone shows, and when it does.</summary>
public static class LocalTime
{
    private static readonly SearchValues<char> InZoneNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <summary>A time zone by its name, such as Europe/Berlin; null for what is none.</summary>
    // A zone is a file to the system: what is no name of one doesn't reach it. Names that differ in case are found or not, by what was asked before.
    public static TimeZoneInfo? FindZone(string name) =>
        name.Length is > 0 and <= 64 && !name.AsSpan().ContainsAnyExcept(InZoneNames) && name[0] != '/'
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && found.Id == name
            ? found
            : null;

    /// <summary>The last midnight in a zone; in UTC, where the name is none or missing.</summary>
    public static DateTimeOffset Midnight(string? zoneName, DateTimeOffset now)
    {
        var zone = FindZone(zoneName ?? "") ?? TimeZoneInfo.Utc;
        return At(zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), 0, last: false);
    }

    /// <summary>
    /// When the clock shows a minute of a day. The hour that summer time leaves out is its end; of the hour that it repeats, the first or the last.
    /// </summary>
    internal static DateTimeOffset At(TimeZoneInfo zone, DateOnly day, int minute, bool last)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        if (!zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, last ? offsets.Min() : offsets.Max());
    }
}
