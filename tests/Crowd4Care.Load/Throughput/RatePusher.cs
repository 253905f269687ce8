namespace Crowd4Care.Load.Throughput;

/// <summary>
/// Pushes at a rate. What is due goes out at its time whether or not earlier requests were answered: a slow server gets no pity.
/// </summary>
internal sealed class RatePusher(PushClient pushing, PostFeed feed, RateSchedule schedule, int batch)
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Pushes for so long and answers how many it were.</summary>
    public async Task<long> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(MostAtOnce);
        var underWay = new List<Task>();
        var began = TimeProvider.System.GetTimestamp();
        var sent = 0L;
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            var due = schedule.DueAfter(Math.Min(elapsed.TotalSeconds, duration.TotalSeconds));
            while (due - sent >= batch || (due > sent && elapsed >= duration))
            {
                var count = (int)Math.Min(batch, due - sent);
                sent += count;
                await room.WaitAsync(cancellationToken);
                underWay.Add(PushAsync(count, room, cancellationToken));
            }

            await ForgetDoneAsync(underWay);
            if (elapsed >= duration)
                break;
        }

        await Task.WhenAll(underWay);
        return sent;
    }

    private async Task PushAsync(int count, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var one in feed.Batches(count))
                await pushing.PushAsync(one, cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    private static async Task ForgetDoneAsync(List<Task> underWay)
    {
        foreach (var done in underWay.Where(t => t.IsCompleted).ToList())
        {
            underWay.Remove(done);
            await done;
        }
    }
}
