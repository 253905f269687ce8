using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Routing;

/// <summary>Ends offers that ran out, and those of people who are away or gone. For one look at a time.</summary>
public sealed class OfferEnds(Database database, OfferStore offers, RoutingStore store, IPresence presence, WakeUps wakeUps)
{
    private readonly AbsentPeople absent = new();

    /// <summary>Ends what is to end and tells the desks.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">Most that run out in one look.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The mentions that lost an offer, to be offered on where it was their last.</returns>
    public async Task<IReadOnlyList<Guid>> EndAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var expired = await database.WriteAsync(transaction => offers.ExpireAsync(transaction, limit), cancellationToken);
        CrowdMetrics.Expired(expired.Count);
        if (expired.Count > 0)
            await wakeUps.PublishAsync(new OffersIgnored { PersonIds = [.. expired.Select(o => o.PersonId).Distinct()] });

        var gone = absent.Gone(await store.AskedAsync(cancellationToken), await presence.PresentAsync(), now);
        var withdrawn = gone.Count == 0 ? [] : await database.WriteAsync(transaction => offers.WithdrawAsync(transaction, gone), cancellationToken);
        var ended = expired.Concat(withdrawn).ToList();
        await wakeUps.PublishAllAsync(ended.Chunk(limit).Select(some => new MentionsChanged
        {
            MentionIds = [.. some.Select(o => o.MentionId).Distinct()], PersonIds = [.. some.Select(o => o.PersonId).Distinct()],
        }));
        return [.. ended.Select(o => o.MentionId).Distinct()];
    }
}
