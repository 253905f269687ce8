using Crowd4Care.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Mentions;

/// <summary>
/// Looks again and again for rows that did not advance, because a message was lost or a time has come, and wakes their step up. Of several
/// copies one looks; when it dies, another goes on as soon as its lease has run out.
/// </summary>
public abstract partial class Sweep(Leases leases, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>How long a mention may wait for its next step before the wake-up counts as lost.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long a wake-up that was sent again may take before it counts as lost once more.</summary>
    protected static readonly TimeSpan WakeAgain = TimeSpan.FromSeconds(10);

    /// <summary>How many rows one look takes.</summary>
    protected const int Limit = 1000;

    // A copy that died is missed for at most so long. Renewed seldom: on one machine nobody else wants it.
    private static readonly TimeSpan LeaseLasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(3);

    private Lease? lease;
    private DateTimeOffset nextAsk;

    /// <summary>Time between two looks.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <summary>Whether every copy looks, not one of them: for what changes nothing.</summary>
    protected virtual bool OnEveryCopy => false;

    /// <summary>Looks once.</summary>
    protected abstract Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TurnAsync(stoppingToken);
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (OnEveryCopy || await IsMineAsync(clock.GetUtcNow(), stoppingToken))
                await LookAsync(clock.GetUtcNow(), stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The next look does what this one could not.
            Log.Failed(logger, GetType().Name, e);
        }
    }

    private async Task<bool> IsMineAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (lease is not null && now < lease.ExpiresAt - (LeaseLasts - RenewAfter))
            return true;
        if (lease is not null)
            lease = await leases.RenewAsync(lease, LeaseLasts, cancellationToken);
        else if (now >= nextAsk)
            (lease, nextAsk) = (await leases.TakeAsync($"sweep:{GetType().Name}", LeaseLasts, cancellationToken), now + AskAgain);
        return lease is not null;
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (lease is not null)
                await leases.ReleaseAsync(lease);
        }
        catch (System.Data.Common.DbException e)
        {
            // It runs out by itself.
            Log.Failed(logger, GetType().Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Sweep} failed; it looks again shortly")]
        public static partial void Failed(ILogger logger, string sweep, Exception exception);
    }
}
