using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Backtest;

public sealed class BacktestTallyTests
{
    private static readonly string[] Languages = ["en", "de", "xx"];
    private static readonly string[] Topics = ["billing", "technical", ""];

    private static readonly ActionFacts[] Actions =
    [
        new(new RuleAction { Action = RuleActionKind.Offer }),
        new(new RuleAction { Action = RuleActionKind.Offer, Skills = [new RequiredSkill { Skill = RuleEvaluator.OwnTopic }] }),
        new(new RuleAction { Action = RuleActionKind.Escalate, Queue = "press" }),
        new(new RuleAction { Action = RuleActionKind.Ignore }),
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Parts_put_together_in_any_order_are_the_whole(int seed)
    {
        var random = new Random(seed);
        var mentions = Enumerable.Range(0, 300).Select(_ => Any(random)).ToList();

        var whole = Report(Tally(mentions));
        var parts = mentions.GroupBy(_ => random.Next(7)).Select(g => Tally([.. g])).OrderBy(_ => random.Next()).Aggregate((one, other) => one.Merge(other));

        Assert.That(Sql.ToJson(Report(parts)), Is.EqualTo(Sql.ToJson(whole)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Everything_adds_up(int seed)
    {
        var random = new Random(seed);
        var report = Report(Tally([.. Enumerable.Range(0, 300).Select(_ => Any(random))]));

        using var all = Assert.EnterMultipleScope();
        Assert.That((report.ByTarget.Values.Sum(c => c.Before), report.ByTarget.Values.Sum(c => c.After)), Is.EqualTo((300, 300)));
        Assert.That((report.ByRule.Values.Sum(c => c.Before), report.ByRule.Values.Sum(c => c.After)), Is.EqualTo((300, 300)));
        Assert.That(report.Changes.Sum(c => c.Mentions), Is.EqualTo(report.Changed));
        Assert.That((report.ByHour.Sum(h => h.Before), report.ByHour.Sum(h => h.After)), Is.EqualTo((report.ByTarget["offer"].Before, report.ByTarget["offer"].After)));
        Assert.That(report.LanguagesMissed.Values.Sum(), Is.LessThanOrEqualTo(report.NoCandidate.After));
    }

    [Test]
    public void Required_skills_stand_beside_the_topic()
    {
        var facts = new ActionFacts(new RuleAction { Action = RuleActionKind.Offer, Skills = [new RequiredSkill { Skill = "product:router" }, new RequiredSkill { Skill = "topic:billing" }] });

        Assert.That(facts.Skills("technical"), Is.EqualTo(["topic:technical", "product:router", "topic:billing"]));
        Assert.That(facts.Skills("billing"), Is.EquivalentTo(["product:router", "topic:billing"]));
    }

    private static BacktestTally Tally(IReadOnlyList<(RoutableMention Mention, Outcome Before, Outcome After)> mentions) =>
        mentions.Aggregate(new BacktestTally(), (tally, m) => tally.Add(m.Mention, m.Before, m.After));

    private static BacktestReport Report(BacktestTally tally) => tally.ToReport(BacktestPeriod.Everything, 1, 0, (10, 0), TimeSpan.Zero);

    private static (RoutableMention Mention, Outcome Before, Outcome After) Any(Random random)
    {
        var score = Some.Score((Heads.Language, Languages[random.Next(3)], 0.9), (Heads.Topic, Topics[random.Next(3)], 0.9));
        var mention = Some.Mention(Some.Row() with { CreatedAt = Some.Noon.AddHours(random.Next(100)) }, score);
        return (mention, AnyOutcome(random, mention), AnyOutcome(random, mention));
    }

    private static Outcome AnyOutcome(Random random, RoutableMention mention)
    {
        var action = Actions[random.Next(Actions.Length)];
        return new Outcome($"rule-{random.Next(3)}", action, random.Next(2), !action.IsOffer ? null : mention.Language == "xx" ? new Qualified(0, true) : new Qualified(random.Next(3), false));
    }
}
