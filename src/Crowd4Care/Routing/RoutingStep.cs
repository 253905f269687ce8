using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Routing;

/// <summary>
/// One turn of the router: load, decide, save, publish. It reads and decides without a lock, and stores in one short write transaction what is
/// still as it was read and still fits: until it is over, the mentions are this router's and so are the free places of the advocates that it
/// chose. Places that are about to be given away are reserved meanwhile, so that routers that decide at the same time choose others.
/// </summary>
public sealed class RoutingStep(
    Database database, MentionLifecycle lifecycle, OfferStore offers, Workload workload, RuleSetStore ruleSets, RoutingStore store, CandidatePool pool, OfferRounds rounds,
    IReservations reservations, WakeUps wakeUps, TimeProvider clock)
{
    private const int ChunkSize = 1000;

    /// <summary>Routes the mentions that are classified or open; others are left alone.</summary>
    public async Task RouteAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Distinct().Chunk(ChunkSize))
        {
            foreach (var brand in (await store.LoadAsync(chunk, cancellationToken)).GroupBy(m => m.Row.BrandId))
                await TurnAsync(brand.Key, [.. brand], cancellationToken);
        }
    }

    private async Task TurnAsync(string brandId, IReadOnlyList<RoutableMention> mentions, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var turnId = Ids.New(clock);
        IReadOnlyList<Routed> turn;
        try
        {
            var now = clock.GetUtcNow();
            var decided = await DecideAsync(turnId, brandId, mentions, now, cancellationToken);
            turn = await database.WriteAsync(transaction => SaveAsync(transaction, brandId, decided, now), cancellationToken);
        }
        finally
        {
            // Stored by now, or come to nothing.
            await reservations.ReleaseAsync(turnId);
        }

        Measure(turn, started);
        if (turn.Count > 0)
        {
            await wakeUps.PublishAsync(new MentionsChanged
            {
                MentionIds = [.. turn.Select(t => t.MentionId)],
                PersonIds = [.. turn.SelectMany(t => t.Decision.OfferedTo).Distinct()],
            });
        }
    }

    private async Task<List<Routed>> DecideAsync(
        Guid turnId, string brandId, IReadOnlyList<RoutableMention> mentions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the loads: what is stored in between counts twice, not never.
        var held = await reservations.OfOthersAsync(turnId);
        var (rules, version) = await ruleSets.PublishedAsync(brandId, cancellationToken);
        if (rules.AsksForConversations)
            mentions = await store.WithConversationsAsync(mentions, cancellationToken);
        mentions = [.. mentions.Select(m => m with { Now = now })];
        var decisions = await pool.UseAsync(
            brandId, rules.Policy, advocates => rounds.DecideAsync(turnId, new RoutingTurn(rules, version, advocates, now), mentions, held), cancellationToken);
        return [.. mentions.Zip(decisions, (m, decision) => Routed.Make(m, decision, now, clock))];
    }

    private async Task<IReadOnlyList<Routed>> SaveAsync(DbTransaction transaction, string brandId, List<Routed> decided, DateTimeOffset now)
    {
        var mine = await store.HoldAsync(transaction, decided.ConvertAll(r => r.Mention));
        var routed = await FitAsync(transaction, brandId, decided.FindAll(r => mine.Contains(r.MentionId)), now);
        // A mention that waits on is no news: neither a decision nor a change is stored for it.
        var news = routed.FindAll(r => r.IsNews);
        await store.SaveAsync(transaction, news.Select(r => r.Row), now);
        await lifecycle.ApplyAsync(transaction, [.. news.Select(r => r.Change).OfType<PreparedChange>()]);
        await offers.MakeAsync(transaction, brandId, [.. news.SelectMany(r => r.Offers)]);
        await offers.WaitAsync(transaction, [.. routed.Select(r => r.Waiting).OfType<PreparedRow>()]);
        return routed;
    }

    // Another router may have given an advocate work since their load was read.
    private async Task<List<Routed>> FitAsync(DbTransaction transaction, string brandId, List<Routed> routed, DateTimeOffset now)
    {
        var free = (await workload.FreeAsync(transaction, [.. routed.SelectMany(r => r.Decision.OfferedTo).Distinct()])).ToDictionary();
        var fitted = routed.ConvertAll(r =>
        {
            var (asked, places) = (r.Decision.OfferedTo.ToList(), r.Decision.PlacesTaken);
            var fit = asked.FindAll(person => free[person] >= places);
            foreach (var person in fit)
                free[person] -= places;
            if (fit.Count == asked.Count)
                return r;
            return Routed.Make(r.Mention, fit.Count > 0 ? r.Decision.OnlyTo(fit) : Router.TooLate(r.Decision, now), now, clock);
        });
        pool.Note(brandId, free);
        return fitted;
    }

    private static void Measure(IReadOnlyList<Routed> turn, long started)
    {
        CrowdMetrics.RoutingTurn(started, turn.Count);
        var news = turn.Where(r => r.IsNews).ToList();
        foreach (var routed in news)
        {
            var first = routed.Decision.Outcome == RoutingOutcome.Offered && routed.Mention.OfferedBefore.Count == 0;
            CrowdMetrics.Routed(OutcomeOf(routed), routed.Mention.Row.ReceivedAt, routed.IsFirst, first);
        }

        CrowdTraces.Stage("route", news, r => r.MentionId, started, OutcomeOf);
    }

    private static string OutcomeOf(Routed routed) => routed.Decision.Outcome switch
    {
        RoutingOutcome.Offered => "offered",
        RoutingOutcome.Waiting => "waiting",
        RoutingOutcome.Escalated => "escalated",
        _ => "ignored",
    };
}
