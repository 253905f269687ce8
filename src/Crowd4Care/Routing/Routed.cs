using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Routing;

/// <summary>A mention with its decision, ready to be stored.</summary>
/// <param name="DecisionId">The decision's id.</param>
/// <param name="Mention">As it was read.</param>
/// <param name="Decision">What the router chose.</param>
/// <param name="Row">The decision's row.</param>
/// <param name="Change">What changes in the mention; null for one that stays open.</param>
internal sealed record Routed(Guid DecisionId, RoutableMention Mention, Decision Decision, PreparedRow Row, MentionChange? Change)
{
    public Guid MentionId => Mention.Row.Id;

    /// <summary>Whether the mention was never routed before.</summary>
    public bool IsFirst => Mention.Row.Status == MentionStatus.Classified;

    public bool IsNews => IsFirst || Decision.Outcome != RoutingOutcome.Waiting;

    public static Routed Make(Guid decisionId, RoutableMention mention, Decision decision) =>
        new(decisionId, mention, decision, RoutingStore.ToRow(decisionId, mention.Row.Id, decision), ToChange(mention.Row, decision));

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
