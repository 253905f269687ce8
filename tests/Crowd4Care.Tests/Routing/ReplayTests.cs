using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReplayTests
{
    private static readonly string[] Topics = ["billing", "delivery", "technical"];

    private readonly Random random = new(11);

    // The larger community is searched by its index.
    [TestCase(0, 20)]
    [TestCase(6, 400)]
    [TestCase(400, 60)]
    public void A_stored_decision_is_made_again_from_its_inputs(int advocates, int turns)
    {
        var outcomes = new HashSet<RoutingOutcome>();
        var waitedFor = 0;
        for (var i = 0; i < turns; i++)
        {
            var rules = Rules();
            RoutableMention[] mentions = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Mention())];
            Candidate[] people = [.. Enumerable.Range(0, advocates).Select(_ => Person())];
            mentions = [.. mentions.Select(m => Known(m, people) with { Now = Some.Noon.AddMinutes(i) })];
            var decisions = TurnRouter.Decide(new RoutingTurn(rules, 7, AdvocateIndex.Of(people), Some.Noon.AddMinutes(i)), mentions);
            foreach (var (mention, decided) in mentions.Zip(decisions))
            {
                var decision = random.Next(20) == 0 && decided.OfferTo is not null ? Router.TooLate(decided, Some.Noon.AddMinutes(i)) : decided;
                var stored = Sql.FromJson<Decision>(Sql.ToJson(decision));
                var again = Replay.Of(stored, rules, mention.Row with { Status = MentionStatus.Resolved, Priority = 99, Version = 8 }, mention.Score);
                Assert.That(Sql.ToJson(again), Is.EqualTo(Sql.ToJson(decision)));
                outcomes.Add(decision.Outcome);
                waitedFor += decision.WaitsFor is null ? 0 : 1;
            }
        }

        if (advocates > 0)
            Assert.That((outcomes.Count, waitedFor > 0), Is.EqualTo((4, true)), "everything that can come of it was among them");
    }

    [Test]
    public void Another_rule_set_or_other_facts_are_noticed()
    {
        var rules = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer"}}]}""").RuleSet!;
        var mention = Some.Mention();
        var decision = Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of([Some.Candidate("ana"), Some.Candidate("ben", load: 1)]), Some.Noon), mention);
        Assert.That(Replay.IsSame(Replay.Of(decision, rules, mention.Row, mention.Score), decision), Is.True);
        var others = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer","offerMinutes":9}}]}""").RuleSet!;
        Assert.That(Replay.IsSame(Replay.Of(decision, others, mention.Row, mention.Score), decision), Is.False);
        var changed = decision with { Candidates = [.. decision.Candidates.Select(c => c with { Facts = c.Facts! with { Load = 3 } })] };
        Assert.That(Replay.IsSame(Replay.Of(changed, rules, mention.Row, mention.Score), changed), Is.False);
    }

    // Rules may leave it to the program what counts how much, and another version of the program may have other defaults.
    [Test]
    public void What_counted_how_much_stands_in_the_decision()
    {
        var silent = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer"}}]}""").RuleSet!;
        var first = silent with { Matching = new MatchPolicy { Topic = 0.6, Language = 0.2, Contact = 0.1, Free = 0.1, WaitWorth = 0.03 } };
        var other = silent with { Matching = new MatchPolicy { Topic = 0.1, Language = 0.2, Contact = 0.3, Free = 0.4 } };
        var mention = Some.Mention();
        foreach (var rules in new[] { first, other })
        {
            var decision = Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of([Some.Candidate("ana"), Some.Candidate("ben", load: 1)]), Some.Noon), mention);
            var stored = Sql.FromJson<Decision>(Sql.ToJson(decision));
            Assert.That(Replay.IsSame(Replay.Of(stored, silent, mention.Row, mention.Score), decision), Is.True);
            var before = decision with { Inputs = decision.Inputs! with { Matching = null } };
            Assert.That(Replay.Of(before, silent, mention.Row, mention.Score).Candidates[0].Total, rules == first ? Is.EqualTo(decision.Candidates[0].Total) : Is.Not.EqualTo(decision.Candidates[0].Total));
        }
    }

    [Test]
    public void Why_not_somebody_who_is_not_shown_is_answered_by_what_is_known_now()
    {
        var rules = RuleSetCheck.Read("""{"rules":[{"id":"crowd","then":{"action":"offer","skills":[{"skill":"topic:billing","atLeast":0.5}]}}]}""").RuleSet!;
        var mention = Some.Mention(score: Some.Score((Heads.Language, "en", 1), (Heads.Topic, "billing", 0.9)));
        var decision = Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of([Some.Candidate("ana", skills: ("topic:billing", 0.9))]), Some.Noon), mention);
        var weak = Replay.WhyNot(decision, rules, mention.Row, mention.Score, Some.Candidate("ben", skills: ("topic:billing", 0.3)));
        Assert.That(weak.Excluded, Is.EqualTo("topic:billing 0.3 is under 0.5"));
        var fair = Replay.WhyNot(decision, rules, mention.Row, mention.Score, Some.Candidate("eva", skills: ("topic:billing", 0.6)));
        Assert.That(fair.Total, Is.LessThan(decision.Candidates[0].Total!.Value));
    }

    [Test]
    public void A_decision_without_inputs_is_not_replayed()
    {
        var mention = Some.Mention();
        var old = new Decision { Outcome = RoutingOutcome.Waiting, RuleSetVersion = 1, Explanation = "", Priority = 0 };
        Assert.That(() => Replay.Of(old, RuleSetCheck.Read(RuleSetStore.DefaultDocument).RuleSet!, mention.Row, mention.Score), Throws.ArgumentException);
    }

    private RuleSet Rules()
    {
        var skills = random.Next(3) == 0 ? ",\"skills\":[{\"skill\":\"topic:*\",\"atLeast\":0.4}]" : "";
        var wait = random.Next(3) == 0 ? 0 : 15;
        return RuleSetCheck.Read(
            $$"""
            {
              "priority": { "anger": 20, "reach": 3 },
              "matching": { "waitMinutes": {{wait}} },
              "calendars": { "office": { "timeZone": "Europe/Berlin", "days": { "friday": ["08:00-14:30"] } } },
              "rules": [
                { "id": "own", "when": { "ownPost": true }, "then": { "action": "ignore" } },
                { "id": "known", "when": { "author": { "contactedBefore": true } }, "then": { "action": "setPriority", "priority": 10 } },
                { "id": "again", "when": { "conversation": { "reopened": true }, "time": { "within": "office" } }, "then": { "action": "escalate", "priority": 5 } },
                { "id": "long", "when": { "conversation": { "turnsAtLeast": 6 } }, "then": { "action": "escalate", "queue": "long" } },
                { "id": "crowd", "then": { "action": "offer", "trust": {{random.Next(3)}}, "overflowMinutes": 60 {{skills}} } }
              ]
            }
            """).RuleSet!;
    }

    private Candidate Person()
    {
        var capacity = random.Next(1, 4);
        return Some.Candidate(
            capacity: capacity, load: random.Next(capacity + 1), trust: random.Next(4), isAway: random.Next(8) == 0, lastOfferAt: random.Next(2) == 0 ? null : Some.Noon.AddMinutes(-random.Next(90)),
            skills: [.. Topics.Where(_ => random.Next(2) == 0).Select(t => ($"topic:{t}", Math.Round(random.NextDouble(), 2)))]);
    }

    private RoutableMention Mention()
    {
        var isOpen = random.Next(2) == 0;
        return Some.Mention(
            Some.Row(isOpen ? MentionStatus.Open : MentionStatus.Classified, followers: random.Next(5000)) with { Priority = random.Next(50) },
            Some.Score((Heads.Language, random.Next(6) == 0 ? "de" : "en", 0.9), (Heads.Topic, Topics[random.Next(3)], 0.9), (Heads.Anger, Heads.Anger, random.NextDouble()))) with
        {
            IsOwnPost = random.Next(20) == 0,
            IsReopened = random.Next(10) == 0,
            Turns = random.Next(1, 8),
            OverflowAt = isOpen ? Some.Noon.AddMinutes(random.Next(400)) : null,
        };
    }

    private RoutableMention Known(RoutableMention mention, Candidate[] people)
    {
        Dictionary<Guid, T> Some<T>(Func<T> value) => people.Where(_ => random.Next(people.Length + 3) < 2).ToDictionary(p => p.Id, _ => value());
        return mention with
        {
            Row = people.Length > 0 && random.Next(10) == 0 ? mention.Row with { AuthorHandle = people[0].Login } : mention.Row,
            AnsweredAuthorBefore = Some(() => random.Next(1, 4)),
            OfferedBefore = mention.Row.Status == MentionStatus.Open ? Some(() => random.Next(2) == 0 ? "passed" : "expired") : new Dictionary<Guid, string>(),
        };
    }
}
