using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing.Matching;

public sealed class MatcherTests
{
    private static readonly RuleAction Offer = new() { Action = RuleActionKind.Offer };

    [TestCase("passed", "declined it")]
    [TestCase("expired", "did not react to the offer")]
    [TestCase("claimed", "gave it back")]
    [TestCase("given back", "gave it back")]
    [TestCase("ran out", "let the claim run out")]
    public void Who_was_asked_before_is_not_asked_again(string became, string reason)
    {
        var candidate = Some.Candidate();
        var mention = Some.Mention() with { OfferedBefore = new Dictionary<Guid, string> { [candidate.Id] = became } };
        Assert.That(Judge(mention, Offer, candidate), Is.EqualTo((reason, false)));
    }

    [Test]
    public void Nobody_answers_their_own_post() =>
        Assert.That(Judge(Some.Mention(Some.Row(handle: "Anna")), Offer, Some.Candidate("anna")), Is.EqualTo(("wrote it", false)));

    [Test]
    public void Who_is_not_trusted_enough_is_left_out() =>
        Assert.That(Judge(Some.Mention(), Offer with { Trust = 3 }, Some.Candidate(trust: 2)), Is.EqualTo(("trust 2 is under 3", false)));

    [Test]
    public void Who_does_not_speak_the_language_is_left_out() =>
        Assert.That(Judge(Some.Mention(score: Some.Score((Heads.Language, "pt", 0.9))), Offer, Some.Candidate()), Is.EqualTo(("does not speak pt", false)));

    [TestCase(Heads.Undetermined)]
    [TestCase("")]
    public void A_mention_of_no_known_language_may_go_to_anybody(string language) =>
        Assert.That(Judge(Some.Mention(score: Some.Score((Heads.Language, language, 0.9))), Offer, Some.Candidate()).Reason, Is.Null);

    [Test]
    public void A_rule_may_do_without_the_language() =>
        Assert.That(Judge(Some.Mention(score: Some.Score((Heads.Language, "pt", 0.9))), Offer with { Language = false }, Some.Candidate()).Reason, Is.Null);

    [TestCase(0.49, "product:router-x 0.49 is under 0.5")]
    [TestCase(0.5, null)]
    public void A_required_skill_has_a_least_level(double level, string? reason) =>
        Assert.That(Judge(Some.Mention(), Requires("product:router-x", 0.5), Some.Candidate(skills: ("product:router-x", level))).Reason, Is.EqualTo(reason));

    [Test]
    public void A_required_skill_that_nobody_declared_is_lacking() =>
        Assert.That(Judge(Some.Mention(), Requires("product:router-x", 0), Some.Candidate()).Reason, Is.EqualTo("product:router-x 0 is under 0"));

    [Test]
    public void The_own_topic_of_a_mention_may_be_required()
    {
        var mention = Some.Mention(score: Some.Score((Heads.Topic, "billing", 0.9)));
        Assert.That(Judge(mention, Requires(RuleEvaluator.OwnTopic, 0.5), Some.Candidate(skills: ("topic:billing", 0.6))).Reason, Is.Null);
        Assert.That(Judge(mention, Requires(RuleEvaluator.OwnTopic, 0.5), Some.Candidate(skills: ("topic:delivery", 0.6))).Reason, Does.StartWith("topic:billing"));
    }

    [Test]
    public void Who_is_away_may_come_back() => Assert.That(Judge(Some.Mention(), Offer, Some.Candidate(isAway: true)), Is.EqualTo(("is away", true)));

    [Test]
    public void Who_is_full_may_have_time_later() =>
        Assert.That(Judge(Some.Mention(), Offer, Some.Candidate(capacity: 2, load: 2)), Is.EqualTo(("is full (2 of 2)", true)));

    [TestCase(3, 1, null, false)]
    [TestCase(3, 2, "needs 2 places, 1 free", true)]
    [TestCase(2, 4, "needs 2 places, 0 free", true)]
    [TestCase(1, 0, "needs 2 places, 1 in all", false)]
    public void Who_has_too_few_places_free_is_left_out(int capacity, int load, string? reason, bool mayChange) =>
        Assert.That(Judge(Some.Mention(), Offer with { Places = 2 }, Some.Candidate(capacity: capacity, load: load)), Is.EqualTo((reason, mayChange)));

    [Test]
    public void Who_never_has_so_many_places_is_not_waited_for_when_away() =>
        Assert.That(Judge(Some.Mention(), Offer with { Places = 2 }, Some.Candidate(capacity: 1, isAway: true)), Is.EqualTo(("needs 2 places, 1 in all", false)));

    [Test]
    public void Who_knows_the_topic_comes_first()
    {
        var knows = Some.Candidate(skills: ("topic:billing", 0.9));
        Assert.That(Order(Some.Mention(), Some.Candidate(), knows, Some.Candidate(skills: ("topic:billing", 0.5)))[0], Is.EqualTo(knows.Id));
    }

    [Test]
    public void Who_speaks_the_language_better_comes_first()
    {
        var native = Some.Candidate(skills: ("lang:en", 1));
        Assert.That(Order(Some.Mention(), Some.Candidate(skills: ("lang:en", 0.4)), native)[0], Is.EqualTo(native.Id));
    }

    [Test]
    public void Who_answered_this_customer_before_comes_first()
    {
        var known = Some.Candidate();
        var mention = Some.Mention() with { AnsweredAuthorBefore = new Dictionary<Guid, int> { [known.Id] = 2 } };
        Assert.That(Order(mention, Some.Candidate(), known)[0], Is.EqualTo(known.Id));
    }

    [Test]
    public void Who_has_more_time_comes_first()
    {
        var free = Some.Candidate(capacity: 4, load: 1);
        Assert.That(Order(Some.Mention(), Some.Candidate(capacity: 4, load: 2), free)[0], Is.EqualTo(free.Id));
    }

    [Test]
    public void Equal_sums_go_to_who_has_been_idle_longest()
    {
        var never = Some.Candidate();
        var longAgo = Some.Candidate(lastOfferAt: Some.Noon.AddHours(-2));
        var lately = Some.Candidate(lastOfferAt: Some.Noon.AddMinutes(-2));
        var justNow = Some.Candidate(offersNow: 1);
        Assert.That(Order(Some.Mention(), justNow, lately, longAgo, never), Is.EqualTo(new[] { never.Id, longAgo.Id, lately.Id, justNow.Id }));
    }

    [Test]
    public void Of_full_equals_the_lower_id_comes_first()
    {
        var candidates = Enumerable.Range(0, 10).Select(_ => Some.Candidate()).ToArray();
        Assert.That(Order(Some.Mention(), candidates), Is.EqualTo(candidates.Select(c => c.Id).Order()));
    }

    [Test]
    public void The_order_in_which_they_are_given_changes_nothing()
    {
        var random = new Random(3);
        var candidates = Enumerable.Range(0, 50)
            .Select(i => Some.Candidate(capacity: 1 + i % 4, load: i % 3, offersNow: i % 5, isAway: i % 11 == 0, skills: ("topic:billing", i % 7 / 7.0)))
            .ToArray();
        var expected = Order(Some.Mention(), candidates);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(candidates);
            Assert.That(Order(Some.Mention(), candidates), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Those_who_can_not_take_it_come_last()
    {
        var away = Some.Candidate(isAway: true, skills: ("topic:billing", 1));
        Assert.That(Order(Some.Mention(), away, Some.Candidate(), Some.Candidate())[^1], Is.EqualTo(away.Id));
    }

    [Test]
    public void The_parts_explain_the_sum()
    {
        var score = Matcher.Rank(Some.Mention(), Offer, [Some.Candidate(skills: ("topic:billing", 0.7))]).Candidates[0];
        Assert.That(score.Parts.Sum(p => p.Value), Is.EqualTo(score.Total).Within(1e-6));
        Assert.That(score.Total, Is.InRange(0, 1));
    }

    private static RuleAction Requires(string skill, double level) => Offer with { Skills = [new RequiredSkill { Skill = skill, AtLeast = level }] };

    private static (string? Reason, bool MayChange) Judge(RoutableMention mention, RuleAction offer, Candidate candidate)
    {
        var score = Matcher.Rank(mention, offer, [candidate]).Candidates[0];
        Assert.That(score.Total is null, Is.EqualTo(score.Excluded is not null));
        return (score.Excluded, score.MayChange);
    }

    private static Guid[] Order(RoutableMention mention, params Candidate[] candidates) => [.. Matcher.Rank(mention, Offer, candidates).Candidates.Select(c => c.PersonId)];
}
