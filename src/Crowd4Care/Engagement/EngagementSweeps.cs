using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Telemetry;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Engagement;

/// <summary>Returns claims that ran out.</summary>
public sealed class SweepClaims(ClaimDesk desk, TimeProvider clock, ILogger<SweepClaims> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken) => desk.ExpireAsync(Limit, cancellationToken);
}

/// <summary>Wakes up the sender for replies whose message was lost, whose sender died, or whose next try is due.</summary>
public sealed class SweepReplies(ReplyStore replies, IBus bus, TimeProvider clock, ILogger<SweepReplies> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await replies.DueAsync(Limit, cancellationToken);
        // The others were tried before, and their next try is due.
        CrowdMetrics.Swept("reply", due.Count(r => r.Attempts == 0));
        foreach (var reply in due)
            await bus.Publish(new ReplySubmitted { ReplyId = reply.Id, Network = reply.Network }, cancellationToken);
    }
}

/// <summary>Measures how many replies are on their way.</summary>
public sealed class WatchReplies(ReplyStore replies, TimeProvider clock, ILogger<WatchReplies> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, oldest) = await replies.OnTheirWayAsync(cancellationToken);
        CrowdMetrics.OnTheirWay(count, now - (oldest ?? now));
    }
}
