using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>
/// A calendar that can be asked. It compares what the clock on the wall shows: the hour that summer time leaves out never comes, the one
/// that it repeats counts twice.
/// </summary>
internal sealed class OpeningHours
{
    public static readonly string[] DayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly TimeZoneInfo zone;
    private readonly MinuteRange[][] days = [.. DayNames.Select(_ => Array.Empty<MinuteRange>())];
    private readonly HashSet<DateOnly> holidays;

    /// <summary>Of a calendar without mistakes.</summary>
    public OpeningHours(RuleCalendar calendar)
    {
        zone = LocalTime.FindZone(calendar.TimeZone)!;
        foreach (var (day, ranges) in calendar.Days)
            days[Array.IndexOf(DayNames, day)] = [.. ranges.Select(r => MinuteRange.Parse(r)!.Value)];
        holidays = [.. (calendar.Holidays ?? []).Select(h => ParseDate(h)!.Value)];
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var minute = local.Hour * 60 + local.Minute;
        foreach (var range in days[(int)local.DayOfWeek])
        {
            if (minute >= range.From && minute < range.To)
                return holidays.Count == 0 || !holidays.Contains(DateOnly.FromDateTime(local.DateTime));
        }

        return false;
    }

    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

/// <summary>A part of a day, in minutes since midnight on the wall clock; the end does not belong to it.</summary>
internal readonly record struct MinuteRange(int From, int To)
{
    /// <summary>Reads HH:mm-HH:mm; null for anything else.</summary>
    public static MinuteRange? Parse(string text) =>
        text.Length == 11 && text[5] == '-' && Minute(text.AsSpan(0, 5)) is { } from && Minute(text.AsSpan(6)) is { } to ? new(from, to) : null;

    private static int? Minute(ReadOnlySpan<char> text) =>
        text[2] == ':'
        && int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
        && int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && minute < 60 && hour * 60 + minute <= 24 * 60
            ? hour * 60 + minute
            : null;
}
