using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Mentions;

/// <summary>Looks again and again for rows that did not advance, because a message was lost or a time has come, and wakes their step up.</summary>
public abstract partial class Sweep(TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>How long a mention may wait for its next step before the wake-up counts as lost.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How many rows one look takes.</summary>
    protected const int Limit = 1000;

    /// <summary>Time between two looks.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <summary>Looks once.</summary>
    protected abstract Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next look does what this one could not.
                Log.Failed(logger, GetType().Name, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Sweep} failed; it looks again shortly")]
        public static partial void Failed(ILogger logger, string sweep, Exception exception);
    }
}
