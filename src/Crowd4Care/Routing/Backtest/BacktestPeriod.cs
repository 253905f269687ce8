using System.Globalization;

namespace Crowd4Care.Routing.Backtest;

/// <summary>A period in which mentions were received.</summary>
/// <param name="From">The first moment; null for the first mention there is.</param>
/// <param name="To">The first moment after it; null for the last mention there is.</param>
public sealed record BacktestPeriod(DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Everything that is stored.</summary>
    public static BacktestPeriod Everything { get; } = new();

    /// <summary>Reads a period as people write it; a side that is empty is open. Without an offset a time is UTC, a date is its midnight.</summary>
    /// <returns>The period, or what is wrong with it.</returns>
    public static (BacktestPeriod? Period, string? Mistake) Read(string? from, string? to)
    {
        if (!TryRead(from, out var first))
            return (null, $"from is \"{from}\"; a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z is expected.");
        if (!TryRead(to, out var end))
            return (null, $"to is \"{to}\"; a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z is expected.");
        return first >= end ? (null, $"from is {from} and to is {to}; from has to be earlier.") : (new BacktestPeriod(first, end), null);
    }

    private static bool TryRead(string? text, out DateTimeOffset? time)
    {
        var valid = DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = valid ? read : null;
        return valid || string.IsNullOrEmpty(text);
    }
}
