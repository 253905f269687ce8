using Microsoft.Extensions.Hosting;

namespace Crowd4Care.State;

/// <summary>Asks Redis for a sign of life, so that its absence and its return are known although nobody asks; keeps presence said.</summary>
internal sealed class RedisWatch(RedisLink link, RedisPresence presence, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            await link.AskAsync(database => database.PingAsync(), () => TimeSpan.Zero);
            if (tick % (int)RedisPresence.SayAgain.TotalSeconds == 0)
                await presence.SayAgainAsync();
        }
    }
}
