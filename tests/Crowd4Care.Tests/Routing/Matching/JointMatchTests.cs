using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Matching;

public sealed class JointMatchTests
{
    private static readonly RuleAction Offer = new() { Action = RuleActionKind.Offer };
    private static readonly RuleAction ForExperts = Offer with { Skills = [new RequiredSkill { Skill = RuleEvaluator.OwnTopic, AtLeast = 0.5 }] };

    [Test]
    public void A_scarce_specialist_is_kept_for_who_needs_one()
    {
        var expert = Some.Candidate(capacity: 1, skills: [("topic:billing", 1), ("topic:technical", 1)]);
        var helper = Some.Candidate(capacity: 1, skills: ("topic:billing", 0.9));
        Assert.That(Choose([Ask("billing"), Ask("technical", ForExperts)], expert, helper), Is.EqualTo(new Guid?[] { helper.Id, expert.Id }));
    }

    [Test]
    public void Work_is_spread_over_equals()
    {
        var people = Enumerable.Range(0, 4).Select(_ => Some.Candidate(capacity: 3)).ToArray();
        Assert.That(Choose([.. Enumerable.Repeat(0, 8).Select(_ => Ask("billing"))], people).GroupBy(id => id).Select(g => g.Count()), Is.All.EqualTo(2));
    }

    [Test]
    public void Nobody_gets_more_than_they_have_room_for()
    {
        var people = new[] { Some.Candidate(capacity: 3, load: 1), Some.Candidate(capacity: 1) };
        var chosen = Choose([.. Enumerable.Repeat(0, 9).Select(_ => Ask("billing"))], people);
        Assert.That(chosen.Count(id => id == people[0].Id), Is.EqualTo(2));
        Assert.That(chosen.Count(id => id == people[1].Id), Is.EqualTo(1));
    }

    [Test]
    public void The_last_place_goes_to_the_most_urgent()
    {
        var only = Some.Candidate(capacity: 1);
        Assert.That(Choose([Ask("billing"), Ask("billing", priority: 60)], only), Is.EqualTo(new Guid?[] { null, only.Id }));
    }

    [Test]
    public void Of_equals_the_first_gets_the_last_place()
    {
        var only = Some.Candidate(capacity: 1);
        Assert.That(Choose([Ask("billing"), Ask("billing")], only), Is.EqualTo(new Guid?[] { only.Id, null }));
    }

    [Test]
    public void A_mention_takes_as_many_places_as_its_rule_says()
    {
        var (large, small) = (Some.Candidate(capacity: 5, load: 1), Some.Candidate(capacity: 3));
        var chosen = Choose([.. Enumerable.Repeat(0, 4).Select(_ => Ask("billing", Offer with { Places = 2 }))], large, small);
        Assert.That((chosen.Count(id => id == large.Id), chosen.Count(id => id == small.Id)), Is.EqualTo((2, 1)));
    }

    [Test]
    public void What_takes_more_does_not_fill_anybody_over_and_the_places_left_are_used()
    {
        var only = Some.Candidate(capacity: 3);
        Assert.That(
            Choose([Ask("billing", priority: 50), Ask("billing", Offer with { Places = 2 }, priority: 40), Ask("billing"), Ask("billing")], only),
            Is.EqualTo(new Guid?[] { only.Id, only.Id, null, null }));
        Assert.That(
            Choose([Ask("billing", priority: 50), Ask("billing", priority: 45), Ask("billing", Offer with { Places = 2 }), Ask("billing")], only),
            Is.EqualTo(new Guid?[] { only.Id, only.Id, null, only.Id }));
    }

    [Test]
    public void A_mention_that_takes_two_waits_for_who_has_one_free()
    {
        var expert = Some.Candidate(capacity: 2, load: 1, skills: [("topic:billing", 1)]);
        var helper = Some.Candidate(capacity: 6, skills: ("topic:billing", 0.4));
        var choices = JointMatch.Choose([Ask("billing", Offer with { Places = 2 }), Ask("billing")], AdvocateIndex.Of([expert, helper]), MatchPolicy.Default);
        Assert.That(choices, Is.EqualTo(new[] { new Choice(expert.Id, Waits: true), new Choice(expert.Id, Waits: false) }));
    }

    [Test]
    public void Nothing_is_counted()
    {
        var one = Some.Candidate(capacity: 2);
        Choose([Ask("billing"), Ask("billing")], one);
        Assert.That((one.Load, one.OffersNow), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_specialist_who_is_full_is_waited_for_by_one_mention_and_no_more()
    {
        var expert = Some.Candidate(capacity: 1, load: 1, skills: [("topic:billing", 1)]);
        var helper = Some.Candidate(capacity: 3, skills: ("topic:billing", 0.4));
        var choices = JointMatch.Choose([Ask("billing"), Ask("billing")], AdvocateIndex.Of([expert, helper]), MatchPolicy.Default);
        Assert.That(choices, Is.EquivalentTo(new[] { new Choice(expert.Id, Waits: true), new Choice(helper.Id, Waits: false) }));
    }

    [Test]
    public void Who_is_not_patient_waits_for_nobody()
    {
        var expert = Some.Candidate(capacity: 1, load: 1, skills: [("topic:billing", 1)]);
        var helper = Some.Candidate(capacity: 3, skills: ("topic:billing", 0.4));
        Assert.That(Choose([Ask("billing") with { IsPatient = false }], expert, helper), Is.EqualTo(new Guid?[] { helper.Id }));
    }

    private static IReadOnlyList<Guid?> Choose(JointQuestion[] asked, params Candidate[] advocates) =>
        [.. JointMatch.Choose(asked, AdvocateIndex.Of(advocates), MatchPolicy.Default).Select(c => c.Waits ? null : c.To)];

    private static JointQuestion Ask(string topic, RuleAction? offer = null, int priority = 0) =>
        new(Some.Mention(score: Some.Score((Heads.Language, "en", 1), (Heads.Topic, topic, 0.9))), new RuleMatch("crowd", offer ?? Offer, [new PriorityPart("rule", priority)]), IsPatient: true);
}
