namespace Crowd4Care.Routing.Backtest;

/// <summary>Adds up what two rule sets do with mentions. Pure; two tallies of different mentions can be put together in any order.</summary>
internal sealed class BacktestTally
{
    private readonly Counts targets = new();
    private readonly Counts rules = new();
    private readonly Counts queues = new();
    private readonly Counts skills = new();
    private readonly Counts escalations = new();
    private readonly Counts unqualified = new();
    private readonly Counts languagesMissed = new();
    private readonly Counts hours = new();
    private readonly ChangedMentions changes = new();
    private readonly CrowdLoad load = new();
    private int mentions;
    private int unscored;
    private int priorityChanged;

    /// <summary>Makes an empty one in which every rule that decides stands with a zero.</summary>
    public static BacktestTally Of(params ReadOnlySpan<RuleSet> sets)
    {
        var tally = new BacktestTally();
        foreach (var set in sets)
        {
            foreach (var rule in set.Rules.Where(r => r.Then.Decides))
                tally.rules.Add(rule.Id, 0, 0);
        }

        return tally;
    }

    /// <summary>Counts a mention.</summary>
    public BacktestTally Add(RoutableMention mention, in Outcome before, in Outcome after)
    {
        mentions++;
        if (before.Priority != after.Priority)
            priorityChanged++;
        if (before.Action != after.Action && before.Action.Text != after.Action.Text)
            changes.Add(mention, before, after);
        load.Saw(mention);
        Add(mention, before, 1, 0);
        Add(mention, after, 0, 1);
        return this;
    }

    /// <summary>Counts mentions without a score.</summary>
    public void AddUnscored(int count) => unscored += count;

    /// <summary>Adds what another has counted.</summary>
    public BacktestTally Merge(BacktestTally other)
    {
        foreach (var (mine, theirs) in Pairs(other))
            mine.Merge(theirs);
        changes.Merge(other.changes);
        load.Merge(other.load);
        (mentions, unscored, priorityChanged) = (mentions + other.mentions, unscored + other.unscored, priorityChanged + other.priorityChanged);
        return this;
    }

    /// <summary>What was counted.</summary>
    public BacktestReport ToReport(BacktestPeriod period, int version, int deleted, (double Minutes, int Answers) answerTime, TimeSpan took) => new()
    {
        Mentions = mentions,
        Seconds = Math.Round(took.TotalSeconds, 3),
        Changed = changes.Count,
        PriorityChanged = priorityChanged,
        RuleSetVersion = version,
        Period = period,
        LeftOut = new BacktestLeftOut(deleted, unscored),
        ByTarget = targets.ToReport(),
        ByRule = rules.ToReport(),
        Changes = changes.ToReport(),
        ByQueue = queues.ToReport(),
        BySkill = skills.ToReport(),
        ByHour = [.. Enumerable.Range(0, 24).Select(h => new BacktestHour(h, hours[Hour(h)].Before, hours[Hour(h)].After))],
        EscalationRate = new BeforeAfterShare(Share(escalations[""].Before), Share(escalations[""].After)),
        NoCandidate = unqualified[""],
        LanguagesMissed = languagesMissed.ToReport().Where(l => l.Value.After > 0).OrderByDescending(l => l.Value.After).ToDictionary(l => l.Key, l => l.Value.After),
        Waiting = new BacktestWaiting(Math.Round(answerTime.Minutes, 2), answerTime.Answers, load.ToReport(answerTime.Minutes)),
    };

    private void Add(RoutableMention mention, in Outcome outcome, int before, int after)
    {
        targets.Add(outcome.Action.Target, before, after);
        rules.Add(outcome.Rule ?? BacktestReport.NoRule, before, after);
        if (outcome.Action.IsEscalation)
            escalations.Add("", before, after);
        if (outcome.Action.Queue is { } queue && outcome.Qualified is null or { Capacity: 0 })
            queues.Add(queue, before, after);
        if (outcome.Qualified is not { } qualified)
            return;

        hours.Add(Hour(mention.Row.CreatedAt.UtcDateTime.Hour), before, after);
        foreach (var skill in outcome.Action.Skills(mention.Topic))
            skills.Add(skill, before, after);
        if (qualified.LanguageMissed)
            languagesMissed.Add(mention.Language, before, after);
        if (qualified.Capacity == 0)
            unqualified.Add("", before, after);
        else
            load.Add(mention, qualified.Capacity, before, after);
    }

    private IEnumerable<(Counts Mine, Counts Theirs)> Pairs(BacktestTally other) =>
    [
        (targets, other.targets), (rules, other.rules), (queues, other.queues), (skills, other.skills), (escalations, other.escalations),
        (unqualified, other.unqualified), (languagesMissed, other.languagesMissed), (hours, other.hours),
    ];

    private double Share(int count) => mentions == 0 ? 0 : Math.Round((double)count / mentions, 6);

    private static string Hour(int hour) => HourNames[hour];

    private static readonly string[] HourNames = [.. Enumerable.Range(0, 24).Select(h => h.ToString("00", System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>Numbers of both rule sets by name.</summary>
internal sealed class Counts
{
    private readonly Dictionary<string, (int Before, int After)> counts = new(StringComparer.Ordinal);

    public BeforeAfter this[string name] => counts.TryGetValue(name, out var count) ? new(count.Before, count.After) : new(0, 0);

    public void Add(string name, int before, int after)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _);
        count = (count.Before + before, count.After + after);
    }

    public void Merge(Counts other)
    {
        foreach (var (name, (before, after)) in other.counts)
            Add(name, before, after);
    }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyDictionary<string, BeforeAfter> ToReport() =>
        counts.OrderByDescending(c => Math.Max(c.Value.Before, c.Value.After)).ThenBy(c => c.Key, StringComparer.Ordinal)
            .ToDictionary(c => c.Key, c => new BeforeAfter(c.Value.Before, c.Value.After));
}
