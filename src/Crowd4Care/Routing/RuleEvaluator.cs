using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing;

/// <summary>Says which rule a mention falls under. Pure: the same mention and rules give the same answer.</summary>
public static class RuleEvaluator
{
    /// <summary>Stands for the mention's own topic in a required skill.</summary>
    public const string OwnTopic = "topic:*";

    private static readonly RuleAction OfferToAnybody = new() { Action = RuleActionKind.Offer };

    /// <summary>The first rule that decides, and the priority from all that added to it on the way.</summary>
    public static RuleMatch Evaluate(RuleSet rules, RoutableMention mention) => Evaluate(rules, mention, _ => true);

    /// <summary>
    /// How to offer a mention that is with the crowd already: rules that would take it away again don't count, so that staff can
    /// hand back what a rule had escalated.
    /// </summary>
    public static RuleMatch EvaluateOffer(RuleSet rules, RoutableMention mention) =>
        Evaluate(rules, mention, action => action is RuleActionKind.Offer or RuleActionKind.SetPriority);

    private static RuleMatch Evaluate(RuleSet rules, RoutableMention mention, Predicate<RuleActionKind> counts)
    {
        var priority = 0;
        foreach (var rule in rules.Rules)
        {
            if (!counts(rule.Then.Action) || rule.When is not null && !Holds(rule.When, mention))
                continue;

            priority += rule.Then.Priority;
            if (rule.Then.Action != RuleActionKind.SetPriority)
                return new RuleMatch(rule.Id, rule.Then, priority);
        }

        return new RuleMatch(null, OfferToAnybody, priority);
    }

    private static bool Holds(Condition condition, RoutableMention mention) =>
        (condition.All is null || condition.All.All(c => Holds(c, mention)))
        && (condition.Any is null || condition.Any.Any(c => Holds(c, mention)))
        && (condition.Not is null || !Holds(condition.Not, mention))
        && (condition.Score is null || Holds(condition.Score, mention.Score))
        && (condition.Language is null || condition.Language.Contains(mention.Language, StringComparer.OrdinalIgnoreCase))
        && (condition.Network is null || condition.Network.Contains(mention.Row.Network, StringComparer.OrdinalIgnoreCase))
        && (condition.Author is null || Holds(condition.Author, mention.Row))
        && (condition.Text is null || Holds(condition.Text, mention.Row.Text))
        && (condition.Repost is null || condition.Repost == mention.Row.IsRepost)
        && (condition.OwnPost is null || condition.OwnPost == mention.IsOwnPost)
        && (condition.Reply is null || condition.Reply == mention.Row.InReplyTo is not null);

    private static bool Holds(ScoreCondition condition, MentionScore score)
    {
        if (condition.Unsure is { } unsure && (score.Of(condition.Head)?.Unsure ?? false) != unsure)
            return false;
        if (condition.Label is null)
            return true;
        if (condition.AtLeast is null && condition.Below is null)
            return score.LabelOf(condition.Head) == condition.Label;

        var probability = score.ProbabilityOf(condition.Head, condition.Label);
        return (condition.AtLeast is null || probability >= condition.AtLeast) && (condition.Below is null || probability < condition.Below);
    }

    private static bool Holds(AuthorCondition condition, MentionRow mention) =>
        (condition.FollowersAtLeast is null || mention.AuthorFollowers >= condition.FollowersAtLeast)
        && (condition.Handles is null || condition.Handles.Any(h => string.Equals(h.TrimStart('@'), mention.AuthorHandle, StringComparison.OrdinalIgnoreCase)));

    private static bool Holds(TextCondition condition, string text) =>
        (condition.ContainsAny is null || condition.ContainsAny.Any(p => TextPattern.Contains(text, p)))
        && (condition.ContainsAll is null || condition.ContainsAll.All(p => TextPattern.Contains(text, p)))
        && (condition.Matches is null || TextPattern.Matches(text, condition.Matches));
}

/// <summary>A mention with what rules can ask of it.</summary>
public sealed record RoutableMention
{
    /// <summary>The mention.</summary>
    public required MentionRow Row { get; init; }

    /// <summary>Its score.</summary>
    public required MentionScore Score { get; init; }

    /// <summary>Whether the brand's own account wrote it.</summary>
    public bool IsOwnPost { get; init; }

    /// <summary>People who answered this author before, with the number of answers.</summary>
    public IReadOnlyDictionary<Guid, int> AnsweredAuthorBefore { get; init; } = new Dictionary<Guid, int>();

    /// <summary>People who had an offer of this mention before, with what became of it.</summary>
    public IReadOnlyDictionary<Guid, string> OfferedBefore { get; init; } = new Dictionary<Guid, string>();

    /// <summary>When staff get it if nobody takes it; null before it was first opened.</summary>
    public DateTimeOffset? OverflowAt { get; init; }

    /// <summary>The scored language.</summary>
    public string Language => Score.LabelOf(Heads.Language);

    /// <summary>The scored topic.</summary>
    public string Topic => Score.LabelOf(Heads.Topic);
}

/// <summary>The rule that decides.</summary>
/// <param name="RuleId">Its id; null when no rule matched and the mention is offered to anybody who speaks its language.</param>
/// <param name="Action">What it does.</param>
/// <param name="Priority">The sum of the priorities on the way.</param>
public sealed record RuleMatch(string? RuleId, RuleAction Action, int Priority);
