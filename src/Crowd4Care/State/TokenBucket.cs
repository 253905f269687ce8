namespace Crowd4Care.State;

/// <summary>
/// A token bucket in one number: the time at which it will be full again. Each request puts that off by an interval; it can't be further
/// away than the whole bucket. Times are whole microseconds, so that the script that does the same in Redis comes to the same result.
/// </summary>
internal static class TokenBucket
{
    /// <summary>The same as <see cref="Take"/>. KEYS: when full, pause. ARGV: now, interval, burst. Answers 0, or the time to wait for.</summary>
    public const string Script =
        """
        local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local pause = tonumber(redis.call('GET', KEYS[2]) or '0')
        if pause > now then return string.format('%.0f', pause) end
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + interval
        local next = full - burst * interval
        if next > now then return string.format('%.0f', next) end
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', string.format('%.0f', math.ceil((full - now) / 1000)))
        return '0'
        """;

    /// <summary>Takes a token.</summary>
    /// <returns>When the bucket will be full, and when there will be a token if there is none now.</returns>
    public static (long Full, long? Next) Take(long full, RequestBudget budget, long now)
    {
        var interval = Interval(budget);
        var later = Math.Max(full, now) + interval;
        var next = later - budget.Burst * interval;
        return next > now ? (full, next) : (later, null);
    }

    /// <summary>What is left.</summary>
    /// <param name="full">When the bucket will be full.</param>
    /// <param name="pause">Until when nothing may be taken; 0 for now.</param>
    public static BudgetState Look(long full, long pause, RequestBudget budget, long now)
    {
        var missing = Math.Max(0, full - now);
        var left = pause > now ? 0 : Math.Max(0, budget.Burst - (int)Math.Min(budget.Burst, (missing + Interval(budget) - 1) / Interval(budget)));
        return new BudgetState(left, missing > 0 ? Time(full) : null, pause > now ? Time(pause) : null);
    }

    /// <summary>Microseconds to one more token.</summary>
    public static long Interval(RequestBudget budget) => Math.Max(1, budget.Interval.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>A time in microseconds.</summary>
    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of microseconds.</summary>
    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
