using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Routing;

/// <summary>Wakes up the router for mentions whose message was lost.</summary>
public sealed class SweepClassified(MentionStore mentions, WakeUps wakeUps, Leases leases, TimeProvider clock, ILogger<SweepClassified> logger)
    : Sweep(leases, clock, logger)
{
    private readonly RecentlyWoken<Guid> woken = new(WakeAgain);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stuck = woken.Missing(await mentions.StuckAsync(MentionStatus.Classified, now - Patience, Limit, cancellationToken), now);
        CrowdMetrics.Swept("route", stuck.Count);
        if (stuck.Count > 0 && await wakeUps.PublishAsync(new MentionsClassified { MentionIds = stuck }))
            woken.Add(stuck, now);
    }
}

/// <summary>Ends offers that ran out and those of people who are away or gone, and wakes up the router for what waits.</summary>
public sealed class SweepOffers(
    OfferEnds ends, RoutingStore store, IPresence presence, WakeUps wakeUps, Leases leases, TimeProvider clock, ILogger<SweepOffers> logger)
    : Sweep(leases, clock, logger)
{
    private readonly RecentlyWoken<Guid> woken = new(WakeAgain / 2);

    // Small: each look costs one turn of the router.
    private const int WaitingAtOnce = 200;

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await ends.EndAsync(now, Limit, cancellationToken);
        var present = (await presence.PresentAsync()).Count;
        CrowdMetrics.Present(present);
        // Who waits longest for the crowd must not wait behind all others for staff.
        var overdue = await store.OverdueAsync(now, Limit, cancellationToken);
        var due = present > 0 ? await store.DueAsync(now, WaitingAtOnce, cancellationToken) : [];
        var waiting = ended.Concat(woken.Missing(overdue.Union(due), now)).Distinct().ToList();
        if (await wakeUps.PublishAllAsync(waiting.Chunk(Limit).Select(ids => new MentionsToOffer { MentionIds = ids })))
            woken.Add(waiting, now);
    }
}

/// <summary>Measures how much waits for classification or routing.</summary>
public sealed class WatchUnrouted(MentionStore mentions, Leases leases, TimeProvider clock, ILogger<WatchUnrouted> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override bool OnEveryCopy => true;

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, oldest) = await mentions.UnroutedAsync(cancellationToken);
        CrowdMetrics.Unrouted(count, now - (oldest ?? now));
    }
}
