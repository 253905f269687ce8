using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>Decides what becomes of a mention: first the rules, then the match. Pure; the clock's time is passed in.</summary>
public static class Router
{
    private static readonly TimeSpan OfferTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OverflowTime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private const int DueMinutes = 240;

    // A decision of a large community would be larger than the mention a thousand times.
    private const int CandidatesKept = 5;

    /// <summary>The rule that decides about a mention.</summary>
    public static RuleMatch Match(RuleSet rules, RoutableMention mention) =>
        mention.Row.Status == MentionStatus.Open ? RuleEvaluator.EvaluateOffer(rules, mention) : RuleEvaluator.Evaluate(rules, mention);

    /// <summary>Decides for a mention. The chosen advocate's load and offers are counted up, so that a batch spreads.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="version">Their version.</param>
    /// <param name="mention">The mention.</param>
    /// <param name="advocates">Who is here.</param>
    /// <param name="now">The time.</param>
    /// <param name="chosen">Who should get it if it is offered, where it was matched together with others; null for the best qualified.</param>
    public static Decision Decide(RuleSet rules, int version, RoutableMention mention, AdvocateIndex advocates, DateTimeOffset now, Guid? chosen = null)
    {
        var isOpen = mention.Row.Status == MentionStatus.Open;
        var match = Match(rules, mention);
        var decision = new Decision
        {
            RuleSetVersion = version,
            Rule = match.RuleId,
            Priority = isOpen ? mention.Row.Priority : match.Priority,
            Outcome = RoutingOutcome.Ignored,
            Explanation = "",
        };
        return match.Action.Action switch
        {
            RuleActionKind.Ignore => decision with { Explanation = match.Action.Reason ?? "A rule says that it needs no answer." },
            RuleActionKind.Escalate => Escalate(decision, match.Action.Queue ?? Queues.Staff, match.Action.DueMinutes ?? DueMinutes, now) with
            {
                Explanation = "A rule gives it to staff.",
            },
            _ => Offer(decision, match.Action, mention, advocates, now, chosen),
        };
    }

    /// <summary>What becomes of a mention whose advocate was given other work meanwhile: it waits a moment.</summary>
    public static Decision TooLate(Decision decision, DateTimeOffset now) => decision with
    {
        Outcome = RoutingOutcome.Waiting,
        OfferTo = null,
        OfferUntil = null,
        LookAgainAt = now + Moment,
        Explanation = "Its advocate was given other work at the same moment; it waits for the crowd.",
    };

    private static Decision Offer(Decision decision, RuleAction action, RoutableMention mention, AdvocateIndex advocates, DateTimeOffset now, Guid? chosen)
    {
        var overflowAt = mention.OverflowAt ?? now + Minutes(action.OverflowMinutes, OverflowTime);
        var ranking = advocates.Rank(mention, action, CandidatesKept);
        decision = decision with
        {
            OverflowAt = overflowAt,
            Candidates = ranking.Candidates,
            CandidatesLeftOut = ranking.LeftOut,
        };
        if (now >= overflowAt && mention.Row.Status == MentionStatus.Open)
            return Escalate(decision, action.Queue ?? Queues.Overflow, DueMinutes, now) with { Explanation = "Nobody in the crowd took it in time." };

        if (ranking.Best is { } best)
        {
            var taker = chosen is { } id ? advocates.Find(id)! : best;
            if (ranking.Candidates.All(c => c.PersonId != taker.Id))
                decision = decision with { Candidates = [.. ranking.Candidates, .. Matcher.Rank(mention, action, [taker]).Candidates], CandidatesLeftOut = ranking.LeftOut - 1 };
            advocates.Take(taker, 1, 1);
            return decision with
            {
                Outcome = RoutingOutcome.Offered,
                OfferTo = taker.Id,
                OfferUntil = now + Minutes(action.OfferMinutes, OfferTime),
                Explanation = taker == best
                    ? $"{best.Name} is the best qualified of those who are here and have time."
                    : $"{taker.Name} is well qualified, and {best.Name} is needed more for another mention that came at the same time.",
            };
        }

        // Those who could take it were all asked: waiting longer changes nothing.
        if (mention.OfferedBefore.Values.Any(state => state != OfferStore.GivenBack) && !ranking.MayChange)
            return Escalate(decision, action.Queue ?? Queues.Overflow, DueMinutes, now) with { Explanation = "Everybody qualified who is here was asked." };

        return decision with
        {
            Outcome = RoutingOutcome.Waiting,
            Explanation = advocates.Count == 0
                ? "No advocate is here now; it waits for the crowd."
                : "No qualified advocate is free now; it waits for the crowd.",
        };
    }

    private static Decision Escalate(Decision decision, string queue, int dueMinutes, DateTimeOffset now) => decision with
    {
        Outcome = RoutingOutcome.Escalated, Queue = queue, DueAt = now + TimeSpan.FromMinutes(dueMinutes),
    };

    private static TimeSpan Minutes(double? minutes, TimeSpan otherwise) => minutes is { } given ? TimeSpan.FromMinutes(given) : otherwise;
}

/// <summary>What the router chose and why. Stored with the mention.</summary>
public sealed record Decision
{
    /// <summary>What was chosen.</summary>
    public required RoutingOutcome Outcome { get; init; }

    /// <summary>The rule set's version.</summary>
    public required int RuleSetVersion { get; init; }

    /// <summary>The rule that decided; null when none matched.</summary>
    public string? Rule { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>The mention's priority.</summary>
    public required int Priority { get; init; }

    /// <summary>For an escalation: the queue.</summary>
    public string? Queue { get; init; }

    /// <summary>For an escalation: when staff should have answered.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>For an offer: to whom.</summary>
    public Guid? OfferTo { get; init; }

    /// <summary>For an offer: until when.</summary>
    public DateTimeOffset? OfferUntil { get; init; }

    /// <summary>For a mention that waits: when the router looks again, if sooner than usual.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>For the crowd: when staff get it.</summary>
    public DateTimeOffset? OverflowAt { get; init; }

    /// <summary>Every advocate who was looked at, best first, the excluded last; at most 5.</summary>
    public IReadOnlyList<CandidateScore> Candidates { get; init; } = [];

    /// <summary>How many more were looked at.</summary>
    public int CandidatesLeftOut { get; init; }
}

/// <summary>What the router can choose.</summary>
public enum RoutingOutcome
{
    /// <summary>Reserved for an advocate.</summary>
    Offered,

    /// <summary>With the crowd, free to be claimed, waiting for an advocate.</summary>
    Waiting,

    /// <summary>Given to staff.</summary>
    Escalated,

    /// <summary>Needs no answer.</summary>
    Ignored,
}
