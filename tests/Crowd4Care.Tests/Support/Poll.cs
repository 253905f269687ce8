namespace Crowd4Care.Tests.Support;

/// <summary>Waits for what happens in the background, by looking again and again, up to a deadline.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> until, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (until(seen))
                return seen;

            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                Assert.Fail($"did not happen: {what}; the last look showed {seen?.ToString() ?? "nothing"}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public static Task UntilAsync(Func<bool> until, string what) => UntilAsync(() => Task.FromResult(until()), seen => seen, what);
}
