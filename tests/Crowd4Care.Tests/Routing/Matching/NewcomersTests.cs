using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Simulation;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Matching;

public sealed class NewcomersTests
{
    [TestCase(0, 0)]
    [TestCase(0.1, 1000)]
    [TestCase(0.5, 5000)]
    [TestCase(1, 10_000)]
    public void As_many_mentions_are_kept_for_them_as_the_brand_says(double share, int expected)
    {
        var policy = MatchPolicy.Default with { NewcomerShare = share };
        var kept = Enumerable.Range(0, 10_000).Count(_ => Newcomers.IsTheirTurn(policy, Some.Id()));
        Assert.That(kept, Is.EqualTo(expected).Within(250));
    }

    [Test]
    public void On_their_turn_one_who_qualifies_comes_before_the_best()
    {
        var (best, newcomer) = (Some.Candidate(skills: ("topic:billing", 1)), Some.Candidate(skills: (Newcomers.Mark, 1)));
        var decision = Decide(1, best, newcomer);
        Assert.That(decision.OfferTo, Is.EqualTo(newcomer.Id));
        Assert.That(decision.Candidates.Single(c => c.PersonId == best.Id).Excluded, Is.EqualTo("is no newcomer, and it is their turn"));
        Assert.That(Decide(0, best, newcomer).OfferTo, Is.EqualTo(best.Id));
    }

    [Test]
    public void Where_none_of_them_can_take_it_it_goes_to_the_best()
    {
        var (best, busy) = (Some.Candidate(skills: ("topic:billing", 1)), Some.Candidate(capacity: 1, load: 1, skills: (Newcomers.Mark, 1)));
        Assert.That(Decide(1, best, busy).OfferTo, Is.EqualTo(best.Id));
    }

    [Test]
    public void Newcomers_of_a_simulated_crowd_answer_more_the_more_is_kept_for_them()
    {
        var world = SimulationStudy.Make(new SimulationOptions { Advocates = 60, Mentions = 600 }, seed: 1);
        double[] shares = [.. new[] { 0, 0.2, 0.5 }.Select(share => EventSimulation.Run(world, new MatcherPolicy(MatchPolicy.Default with { NewcomerShare = share })).Count().NewcomerShare)];
        Assert.That(shares, Is.Ordered.And.Unique);
    }

    private static Decision Decide(double share, params Candidate[] people)
    {
        var rules = new RuleSet
        {
            Matching = MatchPolicy.Default with { NewcomerShare = share }, Rules = [new Rule { Id = "crowd", Then = new RuleAction { Action = RuleActionKind.Offer } }],
        };
        var mention = Some.Mention();
        var decision = Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of(people.Select(p => p with { })), Some.Noon), mention with { Now = Some.Noon });
        Assert.That(Replay.IsSame(Replay.Of(decision, rules, mention.Row, mention.Score), decision));
        return decision;
    }
}
