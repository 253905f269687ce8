using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Routing;

/// <summary>
/// One turn of the router: load, decide, save, publish. Everything happens in one write transaction: the mentions are this router's until it is
/// over, and so are the free places of the advocates that it chose. Places that are about to be given away are reserved even before, so that
/// routers that decide at the same time choose others.
/// </summary>
public sealed class RoutingStep(
    Database database, MentionLifecycle lifecycle, OfferStore offers, Workload workload, RuleSetStore ruleSets, RoutingStore store, OfferRounds rounds,
    IReservations reservations, WakeUps wakeUps, TimeProvider clock)
{
    private const int ChunkSize = 500;
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(10);

    /// <summary>Routes the mentions that are classified or open; others are left alone.</summary>
    public async Task RouteAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Distinct().Chunk(ChunkSize))
        {
            var started = TimeProvider.System.GetTimestamp();
            var turn = await TurnAsync(chunk, cancellationToken);
            Measure(turn, started);
            if (turn.Count > 0)
            {
                await wakeUps.PublishAsync(new MentionsChanged
                {
                    MentionIds = [.. turn.Select(t => t.MentionId)],
                    PersonIds = [.. turn.Select(t => t.Decision.OfferTo).OfType<Guid>().Distinct()],
                });
            }
        }
    }

    private async Task<IReadOnlyList<Routed>> TurnAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var turnIds = new List<Guid>();
        try
        {
            var read = await store.LoadAsync(ids, cancellationToken);
            return read.Count == 0 ? [] : await database.WriteAsync(transaction => RouteAsync(transaction, read, turnIds), cancellationToken);
        }
        finally
        {
            // Stored by now, or come to nothing.
            foreach (var turnId in turnIds)
                await reservations.ReleaseAsync(turnId);
        }
    }

    private async Task<IReadOnlyList<Routed>> RouteAsync(DbTransaction transaction, IReadOnlyList<RoutableMention> read, List<Guid> turnIds)
    {
        var now = clock.GetUtcNow();
        var all = new List<Routed>();
        foreach (var brand in (await store.TakeAsync(transaction, read)).GroupBy(m => m.Row.BrandId))
        {
            var (rules, version) = await ruleSets.PublishedAsync(transaction.Connection!, brand.Key, transaction);
            var turnId = Ids.New(clock);
            turnIds.Add(turnId);
            // Before the loads: what is stored in between counts twice, not never.
            var held = await reservations.OfOthersAsync(turnId);
            var candidates = await store.CandidatesAsync(transaction, brand.Key, now);
            var decisions = await rounds.DecideAsync(turnId, rules, version, [.. brand], candidates, held, now);
            var routed = brand.Zip(decisions, (m, decision) => new Routed(Ids.New(clock), m, m.Row.Status, decision)).ToList();
            routed = await FitAsync(transaction, routed, now);
            await SaveAsync(transaction, brand.Key, routed, now);
            all.AddRange(routed);
        }

        return all;
    }

    // Another router may have given an advocate work since their load was read.
    private async Task<List<Routed>> FitAsync(DbTransaction transaction, List<Routed> routed, DateTimeOffset now)
    {
        var free = (await workload.FreeAsync(transaction, [.. routed.Select(r => r.Decision.OfferTo).OfType<Guid>().Distinct()])).ToDictionary();
        return routed.ConvertAll(r => r.Decision.OfferTo is not { } chosen || free[chosen]-- > 0 ? r : r with { Decision = Router.TooLate(r.Decision, now) });
    }

    private async Task SaveAsync(DbTransaction transaction, string brandId, List<Routed> routed, DateTimeOffset now)
    {
        // A mention that waits on is no news: neither a decision nor a change is stored for it.
        var news = routed.Where(r => r.IsNews).ToList();
        await store.SaveAsync(transaction, news.Select(r => (r.DecisionId, r.MentionId, r.Decision)), now);
        await lifecycle.ApplyAsync(transaction, [.. news.Select(ToChange).OfType<MentionChange>()]);
        await offers.MakeAsync(transaction, brandId, [.. news.Where(r => r.Decision.OfferTo is not null).Select(r => new Offer
        {
            Id = Ids.New(clock),
            MentionId = r.MentionId,
            PersonId = r.Decision.OfferTo!.Value,
            DecisionId = r.DecisionId,
            OfferedAt = now,
            ExpiresAt = r.Decision.OfferUntil!.Value,
        })]);
        await offers.WaitAsync(transaction, [.. routed
            .Where(r => r.Decision.Outcome is RoutingOutcome.Waiting or RoutingOutcome.Offered)
            .Select(r => new WaitingMention(r.MentionId, NextLookAt(r.Decision, now), r.Decision.OverflowAt!.Value))]);
    }

    private static DateTimeOffset NextLookAt(Decision decision, DateTimeOffset now)
    {
        var next = decision.OfferUntil ?? decision.LookAgainAt ?? now + NextLook;
        return next < decision.OverflowAt || decision.OfferUntil is not null ? next : decision.OverflowAt!.Value;
    }

    private static MentionChange? ToChange(Routed routed)
    {
        var decision = routed.Decision;
        var summary = new { decision.Rule, decision.RuleSetVersion, decision.Explanation, decision.Queue };
        return decision.Outcome switch
        {
            RoutingOutcome.Ignored => MentionChange.Ignored(routed.MentionId, summary),
            RoutingOutcome.Escalated => MentionChange.Escalated(routed.MentionId, decision.Queue!, decision.Priority, decision.DueAt!.Value, summary),
            _ when routed.Was == MentionStatus.Classified => MentionChange.Opened(routed.MentionId, decision.Priority, summary),
            _ => null,
        };
    }

    private static void Measure(IReadOnlyList<Routed> turn, long started)
    {
        CrowdMetrics.RoutingTurn(started, turn.Count);
        var news = turn.Where(r => r.IsNews).ToList();
        foreach (var routed in news)
        {
            var first = routed.Decision.Outcome == RoutingOutcome.Offered && routed.Mention.OfferedBefore.Count == 0;
            CrowdMetrics.Routed(OutcomeOf(routed), routed.Mention.Row.ReceivedAt, routed.Was == MentionStatus.Classified, first);
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

    private sealed record Routed(Guid DecisionId, RoutableMention Mention, MentionStatus Was, Decision Decision)
    {
        public Guid MentionId => Mention.Row.Id;

        public bool IsNews => Was == MentionStatus.Classified || Decision.Outcome != RoutingOutcome.Waiting;
    }
}
