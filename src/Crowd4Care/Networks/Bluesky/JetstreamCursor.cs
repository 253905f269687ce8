using System.Globalization;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// A position in Jetstream. Every server understands the time; the newer ones also number their events, more exactly but each in its own
/// way, so the number holds only for the server that gave it. Written as <c>time</c> or <c>time;number;server</c>.
/// </summary>
/// <param name="TimeUs">Unix microseconds.</param>
/// <param name="Number">The server's number of the event.</param>
/// <param name="Host">The server.</param>
internal sealed record JetstreamCursor(long TimeUs, long? Number = null, string? Host = null)
{
    /// <summary>The servers take smaller values for numbers, larger ones for times.</summary>
    private const long FirstTime = 1_000_000_000_000_000;

    /// <summary>Events that are read again when a number is resumed from.</summary>
    private const long NumberOverlap = 500;

    /// <summary>The position as a time.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(TimeUs * TimeSpan.TicksPerMicrosecond);

    public static JetstreamCursor? Read(string? text)
    {
        var parts = text?.Split(';', 3);
        if (parts is null || !TryNumber(parts[0], out var time) || time < FirstTime) return null;
        return parts.Length == 3 && TryNumber(parts[1], out var number) ? new(time, number, parts[2]) : new(time);
    }

    /// <summary>What to ask the server for, a little before this position: what was under way may not have been stored.</summary>
    public long ResumeAt(string host, TimeSpan overlap) => Number is { } number && number < FirstTime && Host == host
        ? Math.Max(1, number - NumberOverlap)
        : Math.Max(FirstTime, TimeUs - (overlap.Ticks / TimeSpan.TicksPerMicrosecond));

    public override string ToString() => Number is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{TimeUs};{number};{Host}")
        : TimeUs.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
