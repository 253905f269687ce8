using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
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
        foreach (var reply in await replies.DueAsync(Limit, cancellationToken))
            await bus.Publish(new ReplySubmitted { ReplyId = reply.Id, Network = reply.Network }, cancellationToken);
    }
}
