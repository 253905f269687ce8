using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

public sealed class DefaultRulesTests
{
    private static readonly RuleSetReading Reading = RuleSetCheck.Read(RuleSetStore.DefaultDocument);

    [Test]
    public void They_are_valid() => Assert.That(Reading.Mistakes, Is.Empty);

    [Test]
    public void An_angry_customer_goes_to_staff()
    {
        var decision = Decide(Some.Row(), (Heads.Anger, "anger", 0.9), (Heads.Sentiment, "negative", 0.9));
        Assert.That((decision.Outcome, decision.Queue), Is.EqualTo((RoutingOutcome.Escalated, Queues.Staff)));
    }

    [Test]
    public void A_customer_who_is_loudly_happy_does_not() =>
        Assert.That(Decide(Some.Row(), (Heads.Anger, "anger", 0.9), (Heads.Sentiment, "positive", 0.9)).Outcome, Is.EqualTo(RoutingOutcome.Offered));

    [Test]
    public void An_offensive_text_goes_to_staff() =>
        Assert.That(Decide(Some.Row(), (Heads.Toxicity, Heads.Toxic, 0.95)).Outcome, Is.EqualTo(RoutingOutcome.Escalated));

    [Test]
    public void Danger_goes_to_staff_before_anger_does()
    {
        var decision = Decide(Some.Row(text: "Your charger caught fire!"), (Heads.Anger, "anger", 0.9));
        Assert.That((decision.Rule, decision.Outcome), Is.EqualTo(("safety-and-law", RoutingOutcome.Escalated)));
    }

    [Test]
    public void Spam_is_ignored() => Assert.That(Decide(Some.Row(text: "Crypto giveaway, join now")).Outcome, Is.EqualTo(RoutingOutcome.Ignored));

    [Test]
    public void The_brands_own_post_is_ignored() =>
        Assert.That(Decide(Some.Mention() with { IsOwnPost = true }).Outcome, Is.EqualTo(RoutingOutcome.Ignored));

    [Test]
    public void A_repost_is_ignored() => Assert.That(Decide(Some.Row(isRepost: true)).Outcome, Is.EqualTo(RoutingOutcome.Ignored));

    [Test]
    public void A_technical_fault_goes_to_who_knows_the_matter()
    {
        var expert = Some.Candidate(skills: ("topic:technical", 0.8));
        var mention = Some.Mention(score: Some.Score((Heads.Topic, "technical", 0.9)));
        var decision = Router.Decide(new RoutingTurn(Reading.RuleSet!, 0, AdvocateIndex.Of([Some.Candidate(), expert]), Some.Noon), mention);
        Assert.That((decision.Rule, decision.OfferTo), Is.EqualTo(("technical", (Guid?)expert.Id)));
    }

    [Test]
    public void An_ordinary_question_goes_to_the_crowd() => Assert.That(Decide(Some.Row()).Outcome, Is.EqualTo(RoutingOutcome.Offered));

    [Test]
    public void Reach_raises_the_priority() => Assert.That(Decide(Some.Row(followers: 50_000)).Priority, Is.GreaterThan(Decide(Some.Row()).Priority));

    private static Decision Decide(MentionRow row, params (string Head, string Label, double Probability)[] heads) => Decide(Some.Mention(row, Some.Score(heads)));

    private static Decision Decide(RoutableMention mention) => Router.Decide(new RoutingTurn(Reading.RuleSet!, 0, AdvocateIndex.Of([Some.Candidate()]), Some.Noon), mention);
}
