using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Routing;

/// <summary>Wakes up the router for mentions whose message was lost.</summary>
public sealed class SweepClassified(MentionStore mentions, IBus bus, TimeProvider clock, ILogger<SweepClassified> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stuck = await mentions.StuckAsync(MentionStatus.Classified, now - Patience, Limit, cancellationToken);
        CrowdMetrics.Swept("route", stuck.Count);
        if (stuck.Count > 0)
            await bus.Publish(new MentionsClassified { MentionIds = stuck }, cancellationToken);
    }
}

/// <summary>Ends offers that ran out, and wakes up the router for what waits.</summary>
public sealed class SweepOffers(
    Database database, OfferStore offers, RoutingStore store, Presence presence, IBus bus, TimeProvider clock, ILogger<SweepOffers> logger) : Sweep(clock, logger)
{
    // Small: each look costs one turn of the router.
    private const int WaitingAtOnce = 200;

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = await database.WriteAsync(transaction => offers.ExpireAsync(transaction, Limit), cancellationToken);
        CrowdMetrics.Expired(expired.Count);
        if (expired.Count > 0)
        {
            var ids = expired.Select(o => o.MentionId).ToList();
            await bus.Publish(new MentionsChanged { MentionIds = ids, PersonIds = [.. expired.Select(o => o.PersonId).Distinct()] }, cancellationToken);
        }

        var present = presence.Present().Count;
        CrowdMetrics.Present(present);
        var due = await store.DueAsync(now, present > 0, WaitingAtOnce, cancellationToken);
        foreach (var waiting in expired.Select(o => o.MentionId).Concat(due).Distinct().Chunk(Limit))
            await bus.Publish(new MentionsToOffer { MentionIds = waiting }, cancellationToken);
    }
}

/// <summary>Measures how much waits for classification or routing.</summary>
public sealed class WatchUnrouted(MentionStore mentions, TimeProvider clock, ILogger<WatchUnrouted> logger) : Sweep(clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, oldest) = await mentions.UnroutedAsync(cancellationToken);
        CrowdMetrics.Unrouted(count, now - (oldest ?? now));
    }
}
