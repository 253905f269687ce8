using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TurnRouterTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private readonly Candidate expert = Some.Candidate("expert", capacity: 1, load: 1, skills: ("topic:billing", 1));
    private readonly Candidate helper = Some.Candidate("helper", capacity: 5, skills: ("topic:billing", 0.4));

    [Test]
    public void A_mention_waits_for_somebody_much_better_who_is_full()
    {
        var decision = Decide(Some.Mention());
        Assert.That((decision.Outcome, decision.WaitsFor, decision.OfferTo), Is.EqualTo((RoutingOutcome.Waiting, (Guid?)expert.Id, (Guid?)null)));
        Assert.That(decision.Explanation, Does.StartWith("expert knows this best and is busy"));
        Assert.That(decision.LookAgainAt, Is.EqualTo(Now.AddSeconds(5)));
        Assert.That(helper.Load, Is.Zero);
    }

    [Test]
    public void Nobody_waits_for_one_who_is_hardly_better() =>
        Assert.That(Decide(Some.Mention(), Policy("\"waitWorth\":0.5")).OfferTo, Is.EqualTo(helper.Id));

    [Test]
    public void Nobody_waits_where_the_brand_does_not_want_it() =>
        Assert.That(Decide(Some.Mention(), Policy("\"waitMinutes\":0")).OfferTo, Is.EqualTo(helper.Id));

    [Test]
    public void Nobody_waits_for_who_is_away()
    {
        expert.IsAway = true;
        Assert.That(Decide(Some.Mention()).OfferTo, Is.EqualTo(helper.Id));
    }

    [Test]
    public void Nobody_waits_for_who_was_asked_before()
    {
        var mention = Open(waited: 1) with { OfferedBefore = new Dictionary<Guid, string> { [expert.Id] = "passed" } };
        Assert.That(Decide(mention).OfferTo, Is.EqualTo(helper.Id));
    }

    [TestCase(14, true)]
    [TestCase(15, false)]
    public void Patience_has_an_end(int minutes, bool waits) =>
        Assert.That(Decide(Open(minutes)).WaitsFor is not null, Is.EqualTo(waits));

    [Test]
    public void A_place_that_is_free_again_is_given()
    {
        expert.Load = 0;
        Assert.That(Decide(Open(waited: 5)).OfferTo, Is.EqualTo(expert.Id));
    }

    [Test]
    public void One_of_many_waits_for_the_next_place_and_the_others_are_offered()
    {
        var decisions = TurnRouter.Decide(Turn(Policy("")), Enumerable.Range(0, 4).Select(_ => Some.Mention()));
        Assert.That(decisions.Count(d => d.WaitsFor == expert.Id), Is.EqualTo(1));
        Assert.That(decisions.Count(d => d.OfferTo == helper.Id), Is.EqualTo(3));
        Assert.That(helper.Load, Is.EqualTo(3));
    }

    [Test]
    public void The_most_urgent_does_not_lose_its_place_by_waiting_together()
    {
        var first = Open(waited: 20);
        var decisions = TurnRouter.Decide(Turn(Policy("")), [first, Some.Mention(), Some.Mention()]);
        Assert.That(decisions[0].OfferTo, Is.EqualTo(helper.Id), "it waited long enough");
    }

    [Test]
    public void Offers_of_a_turn_are_those_of_every_mention_alone_while_there_is_room()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            Candidate[] people = [.. Enumerable.Range(0, 5).Select(_ => Some.Candidate(capacity: 40, skills: ("topic:billing", random.NextDouble())))];
            Candidate[] same = [.. people.Select(p => p with { })];
            RoutableMention[] mentions = [.. Enumerable.Range(0, 10).Select(_ => Some.Mention())];
            var together = TurnRouter.Decide(new RoutingTurn(Policy(""), 1, AdvocateIndex.Of(people), Now), mentions);
            var alone = new RoutingTurn(Policy(""), 1, AdvocateIndex.Of(same), Now);
            Assert.That(together.Select(d => d.OfferTo), Is.EqualTo(mentions.Select(m => Router.Decide(alone, m).OfferTo)));
        }
    }

    [Test]
    public void Nobody_gets_more_than_they_have_room_for_and_the_same_turn_decides_the_same()
    {
        var random = new Random(4);
        for (var i = 0; i < 500; i++)
        {
            Candidate[] people = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Person(random))];
            RoutableMention[] mentions = [.. Enumerable.Range(0, random.Next(1, 15)).Select(_ => Mention(random))];
            var (first, second) = (Play(people, mentions), Play(people, mentions));
            Assert.That(first.Select(d => (d.OfferTo, d.WaitsFor)), Is.EqualTo(second.Select(d => (d.OfferTo, d.WaitsFor))));
            foreach (var person in people)
            {
                Assert.That(first.Where(d => d.OfferTo == person.Id).Sum(d => d.PlacesTaken), Is.LessThanOrEqualTo(Math.Max(0, person.Capacity - person.Load)));
                Assert.That(first.Where(d => d.WaitsFor == person.Id).All(d => d.PlacesTaken > person.Capacity - person.Load), "who has room is not waited for");
            }
        }
    }

    private static Decision[] Play(Candidate[] people, RoutableMention[] mentions) =>
        TurnRouter.Decide(new RoutingTurn(Heavy, 1, AdvocateIndex.Of(people.Select(p => p with { })), Now), mentions);

    private static Candidate Person(Random random)
    {
        var capacity = random.Next(1, 4);
        return Some.Candidate(capacity: capacity, load: random.Next(capacity + 1), isAway: random.Next(8) == 0, skills: [("topic:billing", random.NextDouble()), ("topic:delivery", random.NextDouble())]);
    }

    private static RoutableMention Mention(Random random) =>
        Some.Mention(score: Some.Score((Heads.Language, "en", 1), (Heads.Topic, random.Next(2) == 0 ? "billing" : "delivery", 0.9)));

    // Deliveries take two places.
    private static readonly RuleSet Heavy = RuleSetCheck.Read(
        """{"rules":[{"id":"delivery","when":{"score":{"head":"topic","label":"delivery","atLeast":0.5}},"then":{"action":"offer","places":2}},{"id":"crowd","then":{"action":"offer"}}]}""").RuleSet!;

    private static RuleSet Policy(string matching) => RuleSetCheck.Read($$"""{"matching":{ {{matching}} },"rules":[{"id":"crowd","then":{"action":"offer"} }]}""").RuleSet!;

    private static RoutableMention Open(int waited) =>
        Some.Mention(Some.Row(MentionStatus.Open), Some.Score((Heads.Language, "en", 1), (Heads.Topic, "billing", 0.9))) with { OverflowAt = Now.AddMinutes(30 - waited) };

    private RoutingTurn Turn(RuleSet rules) => new(rules, 1, AdvocateIndex.Of([expert, helper]), Now);

    private Decision Decide(RoutableMention mention, RuleSet? rules = null) => Router.Decide(Turn(rules ?? Policy("")), mention);
}
