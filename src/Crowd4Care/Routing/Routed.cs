using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Routing;

/// <summary>A mention with its decision, ready to be stored.</summary>
/// <param name="Mention">As it was read.</param>
/// <param name="Decision">What the router chose.</param>
/// <param name="Row">The decision's row.</param>
/// <param name="Change">What changes in the mention; null for one that stays open.</param>
/// <param name="Offers">The offers, one for each who is asked.</param>
/// <param name="Waiting">Its row on the waiting list; null for one that leaves the crowd.</param>
internal sealed record Routed(RoutableMention Mention, Decision Decision, PreparedRow Row, PreparedChange? Change, IReadOnlyList<PreparedOffer> Offers, PreparedRow? Waiting)
{
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(10);

    public Guid MentionId => Mention.Row.Id;

    /// <summary>Whether the mention was never routed before.</summary>
    public bool IsFirst => Mention.Row.Status == MentionStatus.Classified;

    public bool IsNews => IsFirst || Decision.Outcome != RoutingOutcome.Waiting;

    public static Routed Make(RoutableMention mention, Decision decision, DateTimeOffset now, TimeProvider clock)
    {
        var id = Ids.New(clock);
        return new(
            mention,
            decision,
            RoutingStore.ToRow(id, mention.Row.Id, decision),
            ToChange(mention.Row, decision) is { } change ? PreparedChange.Of(change) : null,
            [.. decision.OfferedTo.Select(person => ToOffer(Ids.New(clock), id, mention.Row.Id, person, decision, now))],
            decision.Outcome is RoutingOutcome.Waiting or RoutingOutcome.Offered
                ? new WaitingMention(mention.Row.Id, NextLookAt(decision, now), decision.OverflowAt!.Value, decision.ClaimMinutes, decision.PlacesTaken).ToRow() : null);
    }

    private static PreparedOffer ToOffer(Guid id, Guid decisionId, Guid mentionId, Guid person, Decision decision, DateTimeOffset now) => new(new Offer
    {
        Id = id, MentionId = mentionId, PersonId = person, DecisionId = decisionId, OfferedAt = now, ExpiresAt = decision.OfferUntil!.Value, Places = decision.PlacesTaken,
    });

    private static DateTimeOffset NextLookAt(Decision decision, DateTimeOffset now)
    {
        var next = decision.OfferUntil ?? decision.LookAgainAt ?? now + NextLook;
        return next < decision.OverflowAt || decision.OfferUntil is not null ? next : decision.OverflowAt!.Value;
    }

    private static MentionChange? ToChange(MentionRow mention, Decision decision)
    {
        var summary = new { decision.Rule, decision.RuleSetVersion, decision.Explanation, decision.Queue };
        return decision.Outcome switch
        {
            RoutingOutcome.Ignored => MentionChange.Ignored(mention.Id, summary),
            RoutingOutcome.Escalated => MentionChange.Escalated(mention.Id, decision.Queue!, decision.Priority, decision.DueAt!.Value, summary),
            _ when mention.Status == MentionStatus.Classified => MentionChange.Opened(mention.Id, decision.Priority, summary),
            _ => null,
        };
    }
}
