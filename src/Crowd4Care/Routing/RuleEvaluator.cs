using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing;

/// <summary>
/// Says which rule a mention falls under. Pure: the same mention and rules give the same answer. A mention passes hundreds of rules: nothing
/// is made on the way but what the answer needs.
/// </summary>
public static class RuleEvaluator
{
    /// <summary>Stands for the mention's own topic in a required skill.</summary>
    public const string OwnTopic = "topic:*";

    private static readonly RuleAction OfferToAnybody = new() { Action = RuleActionKind.Offer };

    /// <summary>The first rule that decides, with the priority and the skills of all that added to them on the way.</summary>
    public static RuleMatch Evaluate(RuleSet rules, RoutableMention mention) => Evaluate(rules, mention, offersOnly: false);

    /// <summary>
    /// How to offer a mention that is with the crowd already: rules that would take it away again don't count, so that staff can
    /// hand back what a rule had escalated.
    /// </summary>
    public static RuleMatch EvaluateOffer(RuleSet rules, RoutableMention mention) => Evaluate(rules, mention, offersOnly: true);

    private static RuleMatch Evaluate(RuleSet rules, RoutableMention mention, bool offersOnly)
    {
        List<PriorityPart> parts = [.. rules.Priority?.PartsOf(mention) ?? []];
        List<RequiredSkill>? skills = null;
        var facts = new Facts(mention, mention.Language, rules.Names);
        for (var i = 0; i < rules.Rules.Count; i++)
        {
            var rule = rules.Rules[i];
            if (offersOnly && rule.Then.Action is RuleActionKind.Escalate or RuleActionKind.Ignore || rule.When is not null && !Holds(rule.When, facts))
                continue;

            if (rule.Then.Priority != 0)
                parts.Add(new PriorityPart(rule.Id, rule.Then.Priority));
            if (rule.Then.Decides)
                return new RuleMatch(rule.Id, With(rule.Then, skills), parts);
            if (rule.Then.Skills is { Count: > 0 } added)
                (skills ??= []).AddRange(added);
        }

        return new RuleMatch(null, With(OfferToAnybody, skills), parts);
    }

    private static RuleAction With(RuleAction action, List<RequiredSkill>? added) =>
        added is null || action.Action != RuleActionKind.Offer
            ? action
            : action with { Skills = [.. (action.Skills ?? []).Concat(added).GroupBy(s => s.Skill).Select(same => same.MaxBy(s => s.AtLeast)!)] };

    private static bool Holds(Condition condition, in Facts facts) =>
        (condition.Repost is null || condition.Repost == facts.Row.IsRepost)
        && (condition.OwnPost is null || condition.OwnPost == facts.Mention.IsOwnPost)
        && (condition.Reply is null || condition.Reply == facts.Row.InReplyTo is not null)
        && (condition.Language is null || IsOneOf(condition.Language, facts.Language))
        && (condition.Network is null || IsOneOf(condition.Network, facts.Row.Network))
        && (condition.Score is null || Holds(condition.Score, facts.Mention.Score.Heads))
        && (condition.Author is null || Holds(condition.Author, facts))
        && (condition.Conversation is null || Holds(condition.Conversation, facts.Mention))
        && (condition.Time is null || Holds(condition.Time, facts))
        && (condition.Text is null || Holds(condition.Text, facts.Row.Text))
        && (condition.Not is null || !Holds(condition.Not, facts))
        && (condition.All is null || HoldAll(condition.All, facts))
        && (condition.Any is null || HoldsAny(condition.Any, facts));

    private static bool HoldAll(IReadOnlyList<Condition> conditions, in Facts facts)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!Holds(conditions[i], facts))
                return false;
        }

        return true;
    }

    private static bool HoldsAny(IReadOnlyList<Condition> conditions, in Facts facts)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (Holds(conditions[i], facts))
                return true;
        }

        return false;
    }

    private static bool Holds(ScoreCondition condition, IReadOnlyList<Score> heads)
    {
        var score = Find(heads, condition.Head);
        if (condition.Unsure is { } unsure && (score?.Unsure ?? false) != unsure)
            return false;
        if (condition.Label is not { } label)
            return true;
        if (condition.AtLeast is null && condition.Below is null)
            return score?.Label == label;

        var probability = score is null ? 0 : score.Label == label ? score.Probability : score.Others?.GetValueOrDefault(label) ?? 0;
        return (condition.AtLeast is null || probability >= condition.AtLeast) && (condition.Below is null || probability < condition.Below);
    }

    private static Score? Find(IReadOnlyList<Score> heads, string head)
    {
        for (var i = 0; i < heads.Count; i++)
        {
            if (heads[i].Head == head)
                return heads[i];
        }

        return null;
    }

    private static bool Holds(AuthorCondition condition, in Facts facts) =>
        (condition.FollowersAtLeast is null || facts.Row.AuthorFollowers >= condition.FollowersAtLeast)
        && (condition.Verified is null || condition.Verified == facts.Row.AuthorVerified)
        && (condition.Bot is null || condition.Bot == facts.Row.AuthorBot)
        && (condition.ContactedBefore is null || condition.ContactedBefore == facts.Mention.AnsweredAuthorBefore.Count > 0)
        && (condition.List is null || facts.Names.IsListed(condition.List, facts.Row.AuthorHandle))
        && (condition.Handles is null || IsHandle(condition.Handles, facts.Row.AuthorHandle));

    private static bool Holds(ConversationCondition condition, RoutableMention mention) =>
        (condition.Reopened is null || condition.Reopened == mention.IsReopened)
        && (condition.TurnsAtLeast is null || mention.Turns >= condition.TurnsAtLeast)
        && (condition.TurnsBelow is null || mention.Turns < condition.TurnsBelow);

    private static bool Holds(TimeCondition condition, in Facts facts) =>
        (condition.Within is null || facts.Names.IsOpen(condition.Within, facts.Mention.Now))
        && (condition.Outside is null || !facts.Names.IsOpen(condition.Outside, facts.Mention.Now));

    private static bool Holds(TextCondition condition, string text) =>
        (condition.ContainsAny is null || TextPattern.ContainsAny(text, condition.ContainsAny))
        && (condition.ContainsAll is null || TextPattern.ContainsAll(text, condition.ContainsAll))
        && (condition.Expression is null || TextPattern.Matches(text, condition.Expression));

    private static bool IsOneOf(IReadOnlyList<string> words, string word)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (string.Equals(words[i], word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsHandle(IReadOnlyList<string> handles, string handle)
    {
        for (var i = 0; i < handles.Count; i++)
        {
            if (handles[i].AsSpan().TrimStart('@').Equals(handle, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // What is asked again and again, looked up once.
    private readonly record struct Facts(RoutableMention Mention, string Language, RuleNames Names)
    {
        public MentionRow Row => Mention.Row;
    }
}

/// <summary>A mention with what rules can ask of it.</summary>
public sealed record RoutableMention
{
    private readonly DateTimeOffset? now;

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

    /// <summary>Whether its author writes again after an answer in the same conversation.</summary>
    public bool IsReopened { get; init; }

    /// <summary>Mentions of its conversation, itself included, and our posted replies: at least 1.</summary>
    public int Turns { get; init; } = 1;

    /// <summary>When it is decided; unless given, when it was received.</summary>
    public DateTimeOffset Now
    {
        get => now ?? Row.ReceivedAt;
        init => now = value;
    }

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
/// <param name="PriorityParts">What adds to the mention's priority.</param>
public sealed record RuleMatch(string? RuleId, RuleAction Action, IReadOnlyList<PriorityPart> PriorityParts)
{
    /// <summary>The sum of the parts.</summary>
    public int Priority { get; } = PriorityParts.Sum(part => part.Points);

    /// <summary>What the action asks less by now; null for nothing.</summary>
    public IReadOnlyList<AppliedStep>? Relaxed { get; init; }
}
