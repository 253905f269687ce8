using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Bus;

/// <summary>
/// The one way to publish. It comes after the commit, so it never fails a step: what the broker does not confirm in time is left to the sweeps,
/// and while the broker is away nobody waits for it but one in a few seconds, who finds out whether it is back.
/// </summary>
public sealed partial class WakeUps(IBus bus, IOptions<BusOptions> options, TimeProvider clock, ILogger<WakeUps> logger)
{
    // UTC ticks until which the broker counts as away; 0 while it is there.
    private long awayUntil;

    private TimeSpan Patience => TimeSpan.FromSeconds(options.Value.PublishSeconds);

    /// <summary>Publishes to whoever listens. False when the broker did not confirm it.</summary>
    /// <remarks>Nothing cancels it: the row is committed, whoever asked for it may have left.</remarks>
    public Task<bool> PublishAsync<T>(T message)
        where T : class =>
        TryAsync<T>(stop => bus.Publish(message, stop));

    /// <summary>Publishes several; the confirms are awaited together.</summary>
    public Task<bool> PublishAllAsync<T>(IEnumerable<T> messages)
        where T : class
    {
        var all = messages.ToList();
        return all.Count == 0 ? Task.FromResult(true) : TryAsync<T>(stop => Task.WhenAll(all.Select(m => bus.Publish(m, stop))));
    }

    /// <summary>Sends to one queue.</summary>
    public Task<bool> SendAsync<T>(string queue, T message)
        where T : class =>
        TryAsync<T>(async stop =>
        {
            // The queue's exchange, not the queue: sending to a queue would declare it again, and not as a quorum queue.
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{options.Value.NameOf(queue)}"));
            await endpoint.Send(message, stop);
        });

    private async Task<bool> TryAsync<T>(Func<CancellationToken, Task> publish)
    {
        if (!MayTry())
            return false;

        using var limit = new CancellationTokenSource(Patience, clock);
        try
        {
            // A transport that does not heed its token is left behind.
            await publish(limit.Token).WaitAsync(limit.Token);
            Interlocked.Exchange(ref awayUntil, 0);
            return true;
        }
        catch (Exception e)
        {
            Interlocked.Exchange(ref awayUntil, (clock.GetUtcNow() + Patience).UtcTicks);
            Log.NotPublished(logger, typeof(T).Name, e is OperationCanceledException ? "no confirmation in time" : e.Message);
            return false;
        }
    }

    private bool MayTry()
    {
        var until = Interlocked.Read(ref awayUntil);
        var now = clock.GetUtcNow();
        return until == 0
            || (now.UtcTicks >= until && Interlocked.CompareExchange(ref awayUntil, (now + Patience).UtcTicks, until) == until);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Message} was not published ({Reason}); the sweeps send it again")]
        public static partial void NotPublished(ILogger logger, string message, string reason);
    }
}
