using System.Text.Json.Serialization;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>Decides what becomes of a mention: first the rules, then the match. Pure; the clock's time is passed in.</summary>
public static class Router
{
    /// <summary>How long an advocate may think an offer over where the rule doesn't say.</summary>
    internal static readonly TimeSpan OfferTime = TimeSpan.FromMinutes(5);

    /// <summary>How long a mention waits for the crowd where the rule doesn't say.</summary>
    internal static readonly TimeSpan OverflowTime = TimeSpan.FromMinutes(30);

    /// <summary>When staff should have answered where the rule doesn't say.</summary>
    internal const int DueMinutes = 240;

    /// <summary>Most advocates that a mention is offered to at once.</summary>
    internal const int MostAtOnce = 10;

    /// <summary>Most places that a mention can take.</summary>
    internal const int MostPlaces = 10;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // How soon it is seen that somebody has a place again.
    private static readonly TimeSpan NextPlace = TimeSpan.FromSeconds(5);

    // A decision of a large community would be larger than the mention a thousand times.
    private const int CandidatesKept = 5;

    /// <summary>The rule that decides about a mention, with what it asks after the time that the mention was with the crowd, and of newcomers alone where it is their turn.</summary>
    internal static RuleMatch Match(RoutingTurn turn, RoutableMention mention) => Newcomers.Prefer(turn, mention, Match(turn.Rules, mention));

    private static RuleMatch Match(RuleSet rules, RoutableMention mention)
    {
        var match = mention.Row.Status == MentionStatus.Open ? RuleEvaluator.EvaluateOffer(rules, mention) : RuleEvaluator.Evaluate(rules, mention);
        if (match.Action.Relax is null || mention.OverflowAt is null)
            return match;
        var waited = Waited(mention, match.Action, mention.Now);
        return match with { Action = match.Action.After(waited), Relaxed = match.Action.Applied(waited, mention.Now - waited) };
    }

    /// <summary>Decides for a mention alone. The chosen advocate's load and offers are counted up.</summary>
    public static Decision Decide(RoutingTurn turn, RoutableMention mention) => Decide(turn, mention, Match(turn, mention));

    /// <summary>Decides for a mention.</summary>
    /// <param name="turn">What it is decided with.</param>
    /// <param name="mention">The mention.</param>
    /// <param name="match">The rule that decides.</param>
    /// <param name="choice">Who should get it if it is offered, where it was matched together with others; null for the best qualified.</param>
    internal static Decision Decide(RoutingTurn turn, RoutableMention mention, RuleMatch match, Choice? choice = null)
    {
        var decision = new Decision
        {
            RuleSetVersion = turn.Version,
            Rule = match.RuleId,
            // What is open already has its priority.
            Priority = mention.Row.Status == MentionStatus.Open ? mention.Row.Priority : match.Priority,
            PriorityParts = mention.Row.Status == MentionStatus.Open || match.PriorityParts.Count == 0 ? null : match.PriorityParts,
            Outcome = RoutingOutcome.Ignored,
            Explanation = "",
            Inputs = DecisionInputs.Of(turn, mention, choice),
        };
        return match.Action.Action switch
        {
            RuleActionKind.Ignore => decision with { Explanation = match.Action.Reason ?? "A rule says that it needs no answer." },
            RuleActionKind.Escalate => Escalate(decision, match.Action.Queue ?? Queues.Staff, match.Action.DueMinutes ?? DueMinutes, turn.Now) with
            {
                Explanation = "A rule gives it to staff.",
            },
            _ => Named(Offer(turn, decision, match.Action, mention, choice), match.Relaxed),
        };
    }

    private static Decision Named(Decision decision, IReadOnlyList<AppliedStep>? relaxed) =>
        relaxed is null ? decision : decision with { Relaxed = relaxed, Explanation = $"{decision.Explanation} {AppliedStep.ToText(relaxed)}" };

    /// <summary>Whether a mention may still wait for somebody better.</summary>
    internal static bool IsPatient(RoutingTurn turn, RoutableMention mention, RuleAction action) =>
        Waited(mention, action, turn.Now) < TimeSpan.FromMinutes(turn.Rules.Policy.WaitMinutes);

    /// <summary>What becomes of a mention whose advocate was given other work meanwhile: it waits a moment.</summary>
    public static Decision TooLate(Decision decision, DateTimeOffset now) => decision with
    {
        Outcome = RoutingOutcome.Waiting,
        OfferTo = null,
        AlsoOfferTo = null,
        OfferUntil = null,
        LookAgainAt = now + Moment,
        Inputs = decision.Inputs! with { IsTooLate = true },
        Explanation = "Its advocate was given other work at the same moment; it waits for the crowd.",
    };

    private static Decision Offer(RoutingTurn turn, Decision decision, RuleAction action, RoutableMention mention, Choice? choice)
    {
        var (advocates, now) = (turn.Advocates, turn.Now);
        // What is matched together with others is offered to one.
        var atOnce = choice is null ? action.OfferTo ?? 1 : 1;
        var overflowAt = OverflowAt(turn, mention, action);
        var ranking = advocates.Rank(mention, action, Math.Max(CandidatesKept, atOnce), turn.Rules.Policy);
        decision = decision with
        {
            OverflowAt = overflowAt,
            RequireApproval = action.RequireApproval,
            ClaimMinutes = action.ClaimMinutes,
            Places = action.Places,
            Candidates = ranking.Candidates,
            CandidatesLeftOut = ranking.LeftOut + turn.Unseen,
        };
        if (now >= overflowAt && mention.Row.Status == MentionStatus.Open)
            return Escalate(decision, action.Queue ?? Queues.Overflow, DueMinutes, now) with { Explanation = "Nobody in the crowd took it in time." };

        if (ranking.Best is { } best)
        {
            choice ??= Choose(turn, mention, action, ranking);
            var taker = choice.To is { } id ? advocates.Find(id)! : best;
            decision = WithCandidate(decision, turn, mention, action, taker);
            return choice.Waits ? WaitFor(decision, taker, now) : OfferTo(decision, turn, action, taker, best, Others(ranking, taker, atOnce - 1));
        }

        // Those who could take it all declined: waiting longer changes nothing, unless less is asked then. Who had it and gave it back, or let it run out, did not decline it.
        var lessIsAsked = action.NextStep(Waited(mention, action, now)) is not null;
        if (mention.OfferedBefore.Values.Any(state => state is not (OfferStore.GivenBack or OfferStore.RanOut or OfferStore.Claimed)) && !ranking.MayChange && !lessIsAsked)
            return Escalate(decision, action.Queue ?? Queues.Overflow, DueMinutes, now) with { Explanation = "Everybody qualified who is here was asked." };

        return decision with
        {
            Outcome = RoutingOutcome.Waiting,
            Explanation = advocates.Count + turn.Unseen == 0
                ? "No advocate is here now; it waits for the crowd."
                : $"No qualified advocate is free now; it waits for the crowd{(lessIsAsked ? ", and less is asked of them later" : "")}.",
        };
    }

    // Somebody much better may have a place again soon.
    private static Choice Choose(RoutingTurn turn, RoutableMention mention, RuleAction action, Ranking ranking)
    {
        var policy = turn.Rules.Policy;
        return ranking.MayChange && IsPatient(turn, mention, action)
            && turn.Advocates.RankNext(mention, action, shown: 1, policy) is [var next] && next.Total - policy.WaitWorth > ranking.Candidates[0].Total
            ? new Choice(next.PersonId, Waits: true)
            : Choice.WhoeverIsFree;
    }

    private static Decision OfferTo(Decision decision, RoutingTurn turn, RuleAction action, Candidate taker, Candidate best, List<Guid> others)
    {
        turn.Advocates.Take(taker, action.PlacesTaken, 1);
        foreach (var other in others)
            turn.Advocates.Take(turn.Advocates.Find(other)!, action.PlacesTaken, 1);
        return decision with
        {
            Outcome = RoutingOutcome.Offered,
            OfferTo = taker.Id,
            AlsoOfferTo = others.Count > 0 ? others : null,
            OfferUntil = turn.Now + Minutes(action.OfferMinutes, OfferTime),
            Explanation = (others.Count > 0 ? "Several are asked at once, and whoever claims first has it. " : "") + (taker == best
                ? $"{best.Name} is the best qualified of those who are here and have time."
                : $"{taker.Name} is well qualified, and {best.Name} is needed more for another mention that came at the same time."),
        };
    }

    // The best after the first who have room.
    private static List<Guid> Others(Ranking ranking, Candidate first, int most) =>
        [.. ranking.Candidates.Where(c => c.Excluded is null && c.PersonId != first.Id).Take(most).Select(c => c.PersonId)];

    private static Decision WaitFor(Decision decision, Candidate next, DateTimeOffset now) => decision with
    {
        Outcome = RoutingOutcome.Waiting,
        WaitsFor = next.Id,
        LookAgainAt = now + NextPlace,
        Explanation = $"{next.Name} knows this best and is busy; it waits for a place of theirs, free to be claimed by anybody meanwhile.",
    };

    // Who is chosen is always shown.
    private static Decision WithCandidate(Decision decision, RoutingTurn turn, RoutableMention mention, RuleAction action, Candidate chosen) =>
        decision.Candidates.Any(c => c.PersonId == chosen.Id)
            ? decision
            : decision with
            {
                Candidates = [.. decision.Candidates, .. Matcher.Rank(mention, action, [chosen], policy: turn.Rules.Policy).Candidates],
                CandidatesLeftOut = decision.CandidatesLeftOut - 1,
            };

    // How long it is with the crowd; not at all before it was first opened.
    private static TimeSpan Waited(RoutableMention mention, RuleAction action, DateTimeOffset now) =>
        mention.OverflowAt is { } overflow ? now - (overflow - Minutes(action.OverflowMinutes, OverflowTime)) : TimeSpan.Zero;

    private static DateTimeOffset OverflowAt(RoutingTurn turn, RoutableMention mention, RuleAction action) =>
        mention.OverflowAt ?? turn.Now + Minutes(action.OverflowMinutes, OverflowTime);

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

    /// <summary>What the priority is the sum of; null where it was given before, or is 0.</summary>
    public IReadOnlyList<PriorityPart>? PriorityParts { get; init; }

    /// <summary>For an escalation: the queue.</summary>
    public string? Queue { get; init; }

    /// <summary>For an escalation: when staff should have answered.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>For an offer: to whom; of several, the first who was chosen.</summary>
    public Guid? OfferTo { get; init; }

    /// <summary>For an offer to several at once: to whom else, the best first; null for nobody.</summary>
    public IReadOnlyList<Guid>? AlsoOfferTo { get; init; }

    /// <summary>For an offer: to all of whom, the first who was chosen first.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> OfferedTo => OfferTo is { } first ? [first, .. AlsoOfferTo ?? []] : [];

    /// <summary>For an offer: until when.</summary>
    public DateTimeOffset? OfferUntil { get; init; }

    /// <summary>For a mention that waits although somebody is free: for whom.</summary>
    public Guid? WaitsFor { get; init; }

    /// <summary>For the crowd: how long a claim lasts, in minutes; null for as long as claims last here.</summary>
    public double? ClaimMinutes { get; init; }

    /// <summary>For the crowd: how many places of an advocate's capacity it takes; null for one.</summary>
    public int? Places { get; init; }

    /// <summary>The same as a number.</summary>
    [JsonIgnore]
    public int PlacesTaken => Places ?? 1;

    /// <summary>For a mention that waits: when the router looks again, if sooner than usual.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>For the crowd: what was asked less of advocates by then, step by step; null for nothing.</summary>
    public IReadOnlyList<AppliedStep>? Relaxed { get; init; }

    /// <summary>For the crowd: when staff get it.</summary>
    public DateTimeOffset? OverflowAt { get; init; }

    /// <summary>For the crowd: whether staff approve the reply before it is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequireApproval { get; init; }

    /// <summary>The best of those who were looked at, the excluded last: at most 5, or as many as it may be offered to at once, and whoever else mattered.</summary>
    public IReadOnlyList<CandidateScore> Candidates { get; init; } = [];

    /// <summary>How many more were looked at.</summary>
    public int CandidatesLeftOut { get; init; }

    /// <summary>What it was made from; null in decisions that were stored before inputs were.</summary>
    public DecisionInputs? Inputs { get; init; }

    /// <summary>The same decision with an offer to these alone, of those whom it chose; at least one.</summary>
    internal Decision OnlyTo(IReadOnlyList<Guid> people) => this with
    {
        OfferTo = people[0], AlsoOfferTo = people.Count > 1 ? [.. people.Skip(1)] : null, Inputs = Inputs! with { OnlyTo = people },
    };
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
