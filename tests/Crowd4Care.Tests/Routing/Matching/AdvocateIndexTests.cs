using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Matching;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AdvocateIndexTests
{
    private const int Shown = 5;

    private static readonly string[] Topics = ["billing", "delivery", "technical", "product", "rare", "other"];
    private static readonly string[] Languages = ["en", "de", "fr", "ja"];

    private readonly Random random = new(5);

    [TestCase(300)]
    [TestCase(3000)]
    public void Finds_whom_the_matcher_finds_among_all(int advocates)
    {
        var everybody = Enumerable.Range(0, advocates).Select(_ => Advocate()).ToList();
        var index = AdvocateIndex.Of(everybody);
        for (var i = 0; i < 400; i++)
            AssertSame(index, everybody);
    }

    [Test]
    public void Stays_true_while_people_come_go_learn_work_and_rest()
    {
        var everybody = Enumerable.Range(0, 1500).Select(_ => Advocate()).ToList();
        var index = AdvocateIndex.Of(everybody);
        for (var i = 0; i < 3000; i++)
        {
            Change(index, everybody);
            if (i % 10 == 0)
                AssertSame(index, everybody);
        }
    }

    [Test]
    public void A_skill_may_become_common_and_scarce_again()
    {
        var everybody = Enumerable.Range(0, 1000).Select(_ => Advocate()).ToList();
        var index = AdvocateIndex.Of(everybody);
        foreach (var knows in (bool[])[true, false, true])
        {
            for (var i = 0; i < everybody.Count; i++)
            {
                var skills = everybody[i].Skills.Where(s => s.Key != "product:new").ToDictionary();
                if (knows && i % 3 != 0)
                    skills["product:new"] = 0.5;
                everybody[i] = everybody[i] with { Skills = skills };
                index.Put(everybody[i]);
                if (i % 100 == 0)
                    AssertSame(index, everybody, new RequiredSkill { Skill = "product:new", AtLeast = 0.5 });
            }
        }
    }

    [Test]
    public void Nobody_is_found_who_fails_a_hard_condition()
    {
        var everybody = Enumerable.Range(0, 2000).Select(_ => Advocate()).ToList();
        var index = AdvocateIndex.Of(everybody);
        for (var i = 0; i < 500; i++)
        {
            var (mention, offer) = (Mention(everybody), Offer());
            if (index.Rank(mention, offer, Shown).Best is not { } best)
                continue;
            Assert.That(best.Capacity - best.Load, Is.GreaterThanOrEqualTo(offer.Places ?? 1));
            Assert.That((best.IsAway, best.QuietUntil), Is.EqualTo((false, (DateTimeOffset?)null)));
            Assert.That(best.LeftToday, Is.Not.EqualTo(0));
            Assert.That(best.Trust, Is.GreaterThanOrEqualTo(offer.Trust));
            Assert.That(mention.OfferedBefore, Does.Not.ContainKey(best.Id));
            if (offer.Language != false && mention.Language != Heads.Undetermined)
                Assert.That(best.Proficiency($"lang:{mention.Language}", 0), Is.GreaterThan(0));
            foreach (var skill in offer.Skills ?? [])
                Assert.That(best.Proficiency(skill.Skill == RuleEvaluator.OwnTopic ? $"topic:{mention.Topic}" : skill.Skill, 0), Is.GreaterThanOrEqualTo(skill.AtLeast).And.GreaterThan(0));
        }
    }

    [Test]
    public void Equal_advocates_take_turns()
    {
        var everybody = Enumerable.Range(0, 400).Select(_ => Some.Candidate(capacity: 3)).ToList();
        var index = AdvocateIndex.Of(everybody);
        for (var i = 0; i < 800; i++)
            index.Take(index.Rank(Some.Mention(), Any, Shown).Best!, 1, 1);
        Assert.That(everybody.Select(c => c.Load), Is.All.EqualTo(2));
    }

    [Test]
    public void When_all_who_could_are_full_it_may_change_and_is_said()
    {
        var everybody = Enumerable.Range(0, 400).Select(_ => Some.Candidate(capacity: 1, load: 1)).ToList();
        var ranking = AdvocateIndex.Of(everybody).Rank(Some.Mention(), Any, Shown);
        Assert.That((ranking.Best, ranking.MayChange, ranking.Candidates[0].Excluded), Is.EqualTo(((Candidate?)null, true, "is full (1 of 1)")));
    }

    [Test]
    public void Several_places_that_some_could_have_free_may_be_waited_for()
    {
        var everybody = Enumerable.Range(0, 400).Select(i => Some.Candidate(capacity: i % 2 == 0 ? 1 : 3, load: i % 2 == 0 ? 0 : 2)).ToList();
        var index = AdvocateIndex.Of(everybody);
        var ranking = index.Rank(Some.Mention(), Any with { Places = 2 }, Shown);
        Assert.That((ranking.Best, ranking.MayChange, ranking.Candidates[0].Excluded), Is.EqualTo(((Candidate?)null, true, "needs 2 places, 1 free")));
        ranking = index.Rank(Some.Mention(), Any with { Places = 4 }, Shown);
        Assert.That((ranking.Best, ranking.MayChange), Is.EqualTo(((Candidate?)null, false)));
    }

    [Test]
    public void When_nobody_could_it_will_not_change()
    {
        var ranking = AdvocateIndex.Of(Enumerable.Range(0, 400).Select(_ => Some.Candidate())).Rank(Some.Mention(), Any with { Trust = 4 }, Shown);
        Assert.That((ranking.Best, ranking.MayChange, ranking.LeftOut), Is.EqualTo(((Candidate?)null, false, 400)));
    }

    [Test]
    public void What_a_turn_counted_is_forgotten_at_its_end()
    {
        var ana = Some.Candidate(capacity: 2, load: 1);
        var index = AdvocateIndex.Of([ana]);
        index.Take(ana, 1, 1);
        Assert.That(index.Rank(Some.Mention(), Any, Shown).Best, Is.Null);
        Assert.That(index.LoadBefore(ana), Is.EqualTo(1));
        index.EndTurn();
        Assert.That((ana.Load, ana.OffersNow), Is.EqualTo((1, 0)));
        Assert.That(index.Rank(Some.Mention(), Any, Shown).Best, Is.SameAs(ana));
    }

    private static RuleAction Any { get; } = new() { Action = RuleActionKind.Offer };

    private void AssertSame(AdvocateIndex index, List<Candidate> everybody, params RequiredSkill[] skills)
    {
        var (mention, offer) = (Mention(everybody), Offer());
        if (skills.Length > 0)
            offer = offer with { Skills = skills };
        var (found, expected) = (index.Rank(mention, offer, Shown), Matcher.Rank(mention, offer, everybody, Shown));
        Assert.That(found.Best?.Id, Is.EqualTo(expected.Best?.Id));
        Assert.That(found.MayChange, Is.EqualTo(expected.MayChange));
        Assert.That(Qualified(found), Is.EqualTo(Qualified(expected)));
        Assert.That(found.Candidates.Count + found.LeftOut, Is.EqualTo(everybody.Count));

        // Who is full counts for what they know alone.
        var knowledge = MatchPolicy.Default with { Free = 0 };
        var places = offer.Places ?? 1;
        var full = everybody.Where(c => c.Capacity >= places && c.Capacity - c.Load == places - 1).Select(c => c with { Load = c.Capacity - places });
        Assert.That(
            index.RankNext(mention, offer, Shown, MatchPolicy.Default).Select(c => (c.PersonId, c.Total)),
            Is.EqualTo(Qualified(Matcher.Rank(mention, offer, full, Shown, knowledge))));
    }

    private static IEnumerable<(Guid, double?)> Qualified(Ranking ranking) => ranking.Candidates.Where(c => c.Excluded is null).Select(c => (c.PersonId, c.Total));

    private void Change(AdvocateIndex index, List<Candidate> everybody)
    {
        var at = random.Next(everybody.Count);
        var one = everybody[at];
        switch (random.Next(6))
        {
            case 0:
                index.Remove(one.Id);
                everybody.RemoveAt(at);
                break;
            case 1:
                everybody.Add(Advocate());
                index.Put(everybody[^1]);
                break;
            case 2:
                index.SetAway(one.Id, random.Next(2) == 0);
                break;
            case 3:
                everybody[at] = Advocate() with { Id = one.Id, Login = one.Login };
                index.Put(everybody[at]);
                break;
            case 4 when one.Load < one.Capacity:
                index.Take(one, 1, random.Next(2));
                break;
            default:
                index.SetLoad(one.Id, random.Next(one.Capacity + 1), Some.Noon.AddMinutes(random.Next(100)));
                break;
        }
    }

    private Candidate Advocate()
    {
        var skills = new List<(string, double)>();
        foreach (var language in Languages.Where(_ => random.Next(3) == 0))
            skills.Add(($"lang:{language}", random.Next(11) / 10.0));
        foreach (var topic in Topics.Where(t => t != "other" && random.Next(t == "rare" ? 100 : 4) == 0))
            skills.Add(($"topic:{topic}", random.Next(1, 101) / 100.0));
        var capacity = random.Next(1, 6);
        return Some.Candidate(
            capacity: capacity, load: random.Next(capacity + 1), trust: random.Next(5), lastOfferAt: random.Next(3) == 0 ? null : Some.Noon.AddMinutes(random.Next(50)),
            isAway: random.Next(5) == 0) with
        {
            Skills = skills.DistinctBy(s => s.Item1).ToDictionary(s => s.Item1, s => s.Item2),
            QuietUntil = random.Next(6) == 0 ? Some.Noon.AddHours(1) : null,
            DailyLimit = 3,
            LeftToday = random.Next(3) == 0 ? random.Next(3) : null,
        };
    }

    private RoutableMention Mention(List<Candidate> everybody)
    {
        var one = everybody[random.Next(everybody.Count)];
        var mention = Some.Mention(
            Some.Row(handle: random.Next(3) == 0 ? one.Login : "somebody"),
            Some.Score((Heads.Language, random.Next(10) == 0 ? Heads.Undetermined : Languages[random.Next(4)], 0.9), (Heads.Topic, Topics[random.Next(Topics.Length)], 0.9)));
        return mention with
        {
            AnsweredAuthorBefore = Enumerable.Range(0, random.Next(3)).Select(_ => everybody[random.Next(everybody.Count)].Id).Distinct().ToDictionary(id => id, _ => 1),
            OfferedBefore = Enumerable.Range(0, random.Next(3)).Select(_ => everybody[random.Next(everybody.Count)].Id).Distinct().ToDictionary(id => id, _ => "passed"),
        };
    }

    private RuleAction Offer() => new()
    {
        Action = RuleActionKind.Offer,
        Trust = random.Next(3) == 0 ? random.Next(5) : 0,
        Places = random.Next(3) == 0 ? random.Next(1, 7) : null,
        Language = random.Next(5) == 0 ? false : null,
        Skills = random.Next(4) switch
        {
            0 => [new RequiredSkill { Skill = RuleEvaluator.OwnTopic, AtLeast = random.Next(10) / 10.0 }],
            1 => [new RequiredSkill { Skill = $"topic:{Topics[random.Next(Topics.Length)]}", AtLeast = 0.5 }],
            _ => null,
        },
        Prefer = random.Next(4) switch
        {
            0 => [new PreferredSkill { Skill = "topic:rare", Weight = 0.3 }],
            1 => [new PreferredSkill { Skill = $"topic:{Topics[random.Next(Topics.Length)]}" }, new PreferredSkill { Skill = "lang:ja", Weight = random.Next(1, 11) / 10.0 }],
            _ => null,
        },
    };
}
