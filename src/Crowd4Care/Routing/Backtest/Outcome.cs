using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing.Backtest;

/// <summary>What a rule set would do with a mention.</summary>
/// <param name="Rule">The rule that decides; null when none matches.</param>
/// <param name="Action">What it does.</param>
/// <param name="Priority">The mention's priority.</param>
/// <param name="Qualified">Who could take it; null when it isn't offered.</param>
internal readonly record struct Outcome(string? Rule, ActionFacts Action, int Priority, Qualified? Qualified);

/// <summary>What is to be known of a rule's action, worked out once for all mentions that it decides on.</summary>
internal sealed class ActionFacts
{
    private readonly IReadOnlyList<string> required;

    public ActionFacts(RuleAction action)
    {
        (Action, IsOffer, IsEscalation) = (action, action.Action == RuleActionKind.Offer, action.Action == RuleActionKind.Escalate);
        Queue = IsOffer ? action.Queue ?? Queues.Overflow : IsEscalation ? action.Queue ?? Queues.Staff : null;
        var kind = JsonNamingPolicy.CamelCase.ConvertName(action.Action.ToString());
        Target = IsEscalation ? $"{kind}:{Queue}" : kind;
        required = [.. (action.Skills ?? []).Select(s => s.Skill).Where(s => s != RuleEvaluator.OwnTopic).Distinct()];
        // Why something needs no answer is said to people; it changes nothing for the mention.
        var whole = action with { Reason = null, Queue = Queue };
        // As the router takes what a rule leaves out: writing it down changes nothing.
        if (IsOffer)
        {
            whole = whole with
            {
                Language = action.Language ?? true,
                OfferMinutes = action.OfferMinutes ?? Router.OfferTime.TotalMinutes,
                OfferTo = action.OfferTo ?? 1,
                Places = action.PlacesTaken,
                OverflowMinutes = action.OverflowMinutes ?? Router.OverflowTime.TotalMinutes,
            };
        }

        if (IsEscalation)
            whole = whole with { DueMinutes = action.DueMinutes ?? Router.DueMinutes };
        Text = JsonSerializer.Serialize(whole, RuleSet.Json);
    }

    /// <summary>The action.</summary>
    public RuleAction Action { get; }

    /// <summary>Whether it gives the mention to the crowd.</summary>
    public bool IsOffer { get; }

    /// <summary>Whether it gives the mention to staff.</summary>
    public bool IsEscalation { get; }

    /// <summary><c>offer</c>, <c>escalate:&lt;queue&gt;</c>, <c>ignore</c>.</summary>
    public string Target { get; }

    /// <summary>Where staff find it, for an offer after nobody took it; null when they don't.</summary>
    public string? Queue { get; }

    /// <summary>All that the action says, the same for actions that do the same.</summary>
    public string Text { get; }

    /// <summary>The skills that an offer of a mention asks for: its topic, then what the rule requires.</summary>
    public IEnumerable<string> Skills(string topic)
    {
        var own = Skill.Topic(topic);
        return topic.Length == 0 ? required : required.Contains(own) ? required : required.Prepend(own);
    }
}
