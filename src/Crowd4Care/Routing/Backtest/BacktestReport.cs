namespace Crowd4Care.Routing.Backtest;

/// <summary>
/// What a draft of the rules would have done with past mentions, beside what the published rules do with the same mentions. "Before" is the
/// published rule set, "after" the draft. Numbers are mentions unless it says otherwise.
/// </summary>
public sealed record BacktestReport
{
    /// <summary>Stands for "no rule matched" in <see cref="ByRule"/>: such a mention is offered to anybody.</summary>
    public const string NoRule = "(none)";

    /// <summary>How many were judged by both rule sets.</summary>
    public required int Mentions { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Those with another target, or whose deciding rule does something else: other skills, another due time.</summary>
    public required int Changed { get; init; }

    /// <summary>Those whose priority, added up over the rules on the way, is another one.</summary>
    public required int PriorityChanged { get; init; }

    /// <summary>The published version that the draft is compared with; 0 is the built-in rule set.</summary>
    public required int RuleSetVersion { get; init; }

    /// <summary>Which mentions were asked for.</summary>
    public required BacktestPeriod Period { get; init; }

    /// <summary>Mentions of the period that could not be judged.</summary>
    public required BacktestLeftOut LeftOut { get; init; }

    /// <summary>By what becomes of them: <c>offer</c>, <c>escalate:&lt;queue&gt;</c>, <c>ignore</c>.</summary>
    public required IReadOnlyDictionary<string, BeforeAfter> ByTarget { get; init; }

    /// <summary>By the id of the rule that decides; rules that decide nothing are there with zeros.</summary>
    public required IReadOnlyDictionary<string, BeforeAfter> ByRule { get; init; }

    /// <summary>What changed, by the target it had and the target it would have; the most frequent first. Together they are <see cref="Changed"/>.</summary>
    public required IReadOnlyList<BacktestChange> Changes { get; init; }

    /// <summary>By staff queue: what rules escalate, and what they offer though nobody qualifies, which ends in the overflow queue of its rule.</summary>
    public required IReadOnlyDictionary<string, BeforeAfter> ByQueue { get; init; }

    /// <summary>Offers by skill: the mention's own topic, and what the rule requires.</summary>
    public required IReadOnlyDictionary<string, BeforeAfter> BySkill { get; init; }

    /// <summary>Offers by the hour of the day (UTC) in which they were written: always 24.</summary>
    public required IReadOnlyList<BacktestHour> ByHour { get; init; }

    /// <summary>The share that rules give to staff, 0 to 1.</summary>
    public required BeforeAfterShare EscalationRate { get; init; }

    /// <summary>Offers that none of today's advocates qualifies for, present or not.</summary>
    public required BeforeAfter NoCandidate { get; init; }

    /// <summary>Offers of the draft that need a language which no advocate speaks, by language.</summary>
    public required IReadOnlyDictionary<string, int> LanguagesMissed { get; init; }

    /// <summary>How long offers would wait for a free advocate.</summary>
    public required BacktestWaiting Waiting { get; init; }
}

/// <summary>Mentions that can't be judged.</summary>
/// <param name="Deleted">Their authors deleted them; their words are gone.</param>
/// <param name="Unscored">They have no score, because they have just come.</param>
public sealed record BacktestLeftOut(int Deleted, int Unscored);

/// <summary>A number of mentions under both rule sets.</summary>
/// <param name="Before">With the published rules.</param>
/// <param name="After">With the draft.</param>
public sealed record BeforeAfter(int Before, int After);

/// <summary>A share of the mentions under both rule sets.</summary>
/// <param name="Before">With the published rules, 0 to 1.</param>
/// <param name="After">With the draft, 0 to 1.</param>
public sealed record BeforeAfterShare(double Before, double After);

/// <summary>Mentions that went one way and would go another.</summary>
/// <param name="From">The target with the published rules.</param>
/// <param name="To">The target with the draft; the same where the deciding rule only does it in another way.</param>
/// <param name="Mentions">How many.</param>
/// <param name="Examples">The newest of them, at most 10.</param>
public sealed record BacktestChange(string From, string To, int Mentions, IReadOnlyList<BacktestExample> Examples);

/// <summary>A mention to look at.</summary>
/// <param name="Id">Which.</param>
/// <param name="Text">Its first 140 characters.</param>
/// <param name="RuleBefore">The published rule that decides; null when none matches.</param>
/// <param name="RuleAfter">The rule of the draft; null when none matches.</param>
public sealed record BacktestExample(Guid Id, string Text, string? RuleBefore, string? RuleAfter);

/// <summary>Offers in an hour of the day.</summary>
/// <param name="Hour">The hour, 0 to 23, UTC.</param>
/// <param name="Before">With the published rules.</param>
/// <param name="After">With the draft.</param>
public sealed record BacktestHour(int Hour, int Before, int After);

/// <summary>How long offers would wait, see <see cref="WaitingTime"/> for what is assumed.</summary>
/// <param name="AnswerMinutes">How long an answer takes from claim to reply, on the average, in minutes.</param>
/// <param name="AnswersMeasured">From how many answers that is known; 0 when it is the assumed 10 minutes.</param>
/// <param name="ByTopic">By topic of the mention; <c>*</c> is all of them together.</param>
public sealed record BacktestWaiting(double AnswerMinutes, int AnswersMeasured, IReadOnlyDictionary<string, BacktestTopicWaiting> ByTopic);

/// <summary>The waiting times of a topic.</summary>
/// <param name="Before">With the published rules.</param>
/// <param name="After">With the draft.</param>
public sealed record BacktestTopicWaiting(WaitingTime Before, WaitingTime After);
