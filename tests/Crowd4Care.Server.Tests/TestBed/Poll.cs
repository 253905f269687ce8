namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>Waits for what another program does, by looking again and again, up to a deadline.</summary>
public static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> look,
        Func<T, bool> until,
        string what,
        CancellationToken cancellation = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look(cancellation);
            if (until(seen))
                return seen;
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                throw new TimeoutException($"After {Deadline.TotalSeconds:0} s, {what} is still not as expected, but: {seen?.ToString() ?? "nothing"}");
            await Task.Delay(Interval, TimeProvider.System, cancellation);
        }
    }
}
