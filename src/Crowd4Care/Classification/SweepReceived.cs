using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>Wakes up classification for mentions whose message was lost, or that another process stored.</summary>
public sealed class SweepReceived(MentionStore mentions, WakeUps wakeUps, Leases leases, TimeProvider clock, ILogger<SweepReceived> logger)
    : Sweep(leases, clock, logger)
{
    private readonly RecentlyWoken<Guid> woken = new(WakeAgain);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stuck = woken.Missing(await mentions.StuckAsync(MentionStatus.Received, now - Patience, Limit, cancellationToken), now);
        CrowdMetrics.Swept("classify", stuck.Count);
        if (stuck.Count > 0 && await wakeUps.PublishAsync(new MentionsReceived { MentionIds = stuck }))
            woken.Add(stuck, now);
    }
}
