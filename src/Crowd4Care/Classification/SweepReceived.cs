using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Telemetry;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>Wakes up classification for mentions whose message was lost, or that another process stored.</summary>
public sealed class SweepReceived(MentionStore mentions, IBus bus, TimeProvider clock, ILogger<SweepReceived> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stuck = await mentions.StuckAsync(MentionStatus.Received, now - Patience, Limit, cancellationToken);
        CrowdMetrics.Swept("classify", stuck.Count);
        if (stuck.Count > 0)
            await bus.Publish(new MentionsReceived { MentionIds = stuck }, cancellationToken);
    }
}
