using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Routing;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

public sealed class RouterTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    [Test]
    public void The_best_is_offered_it_for_the_time_that_the_rule_gives()
    {
        var best = Some.Candidate(skills: ("topic:billing", 1));
        var decision = Decide(Offers("offerMinutes", 7), Some.Mention(), Some.Candidate(), best);
        Assert.That((decision.Outcome, decision.OfferTo, decision.OfferUntil), Is.EqualTo((RoutingOutcome.Offered, (Guid?)best.Id, (DateTimeOffset?)Now.AddMinutes(7))));
    }

    [Test]
    public void A_rule_lets_several_be_asked_at_once_the_best_of_them()
    {
        var (best, good, fair) = (Some.Candidate(skills: ("topic:billing", 1)), Some.Candidate(skills: ("topic:billing", 0.7)), Some.Candidate(skills: ("topic:billing", 0.1)));
        var decision = Decide(Offers("offerTo", 2), Some.Mention(), fair, good, best);
        Assert.That(decision.OfferedTo, Is.EqualTo(new[] { best.Id, good.Id }));
        Assert.That((best.Load, good.Load, fair.Load), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public void Only_those_who_have_room_are_asked_at_once()
    {
        var (free, full) = (Some.Candidate(), Some.Candidate(capacity: 1, load: 1));
        Assert.That(Decide(Offers("offerTo", 10), Some.Mention(), full, free).OfferedTo, Is.EqualTo(new[] { free.Id }));
    }

    [Test]
    public void All_who_are_asked_at_once_are_explained()
    {
        var decision = Decide(Offers("offerTo", 10), Some.Mention(), [.. Enumerable.Range(0, 300).Select(_ => Some.Candidate())]);
        Assert.That(decision.OfferedTo.Distinct().ToList(), Has.Count.EqualTo(10));
        Assert.That(decision.OfferedTo, Is.SubsetOf(decision.Candidates.Select(c => c.PersonId)));
    }

    [Test]
    public void A_decision_says_how_long_a_claim_lasts() =>
        Assert.That(Decide(Offers("claimMinutes", 45), Some.Mention(), Some.Candidate()).ClaimMinutes, Is.EqualTo(45));

    [Test]
    public void A_decision_that_was_stored_before_offers_to_several_is_still_read()
    {
        var ana = Some.Id();
        var old = Sql.FromJson<Decision>($$"""{"outcome":"offered","ruleSetVersion":3,"explanation":"Best.","priority":0,"offerTo":"{{ana}}","candidates":[]}""");
        Assert.That(old.OfferedTo, Is.EqualTo(new[] { ana }));
        var again = Sql.FromJson<Decision>(Sql.ToJson(old with { AlsoOfferTo = [Some.Id()] }));
        Assert.That(again.OfferedTo.Count(), Is.EqualTo(2));
        Assert.That(Sql.ToJson(old), Does.Not.Contain("alsoOfferTo").And.Not.Contain("offeredTo"));
    }

    [TestCase(22, 8, "quiet hours until 08:00")]
    public void Who_has_quiet_hours_is_not_asked_and_it_waits(int from, int until, string reason)
    {
        var ends = new QuietHours(from * 60, until * 60, "Europe/Berlin").EndsAt(new DateTimeOffset(2026, 5, 1, 23, 0, 0, TimeSpan.FromHours(2)));
        var decision = Decide(Offers(), Open() with { OverflowAt = Now.AddHours(1), OfferedBefore = new Dictionary<Guid, string> { [Some.Id()] = "passed" } }, Some.Candidate() with { QuietUntil = ends });
        Assert.That((decision.Outcome, decision.Candidates[0].Excluded), Is.EqualTo((RoutingOutcome.Waiting, reason)));
    }

    [Test]
    public void Who_has_reached_the_limit_of_the_day_is_not_asked_not_even_within_a_turn()
    {
        var ana = Some.Candidate(capacity: 5) with { DailyLimit = 3, LeftToday = 2 };
        var index = AdvocateIndex.Of([ana]);
        var decisions = Enumerable.Range(0, 3).Select(_ => Router.Decide(new RoutingTurn(Offers(), 1, index, Now), Some.Mention())).ToList();
        Assert.That(decisions.Select(d => d.Outcome), Is.EqualTo(new[] { RoutingOutcome.Offered, RoutingOutcome.Offered, RoutingOutcome.Waiting }));
        Assert.That(decisions[2].Candidates[0].Excluded, Is.EqualTo("reached the daily limit of 3"));
    }

    [Test]
    public void A_large_community_heeds_quiet_hours_and_limits_too()
    {
        var crowd = Enumerable.Range(0, 300).Select(i => Some.Candidate() with
        {
            QuietUntil = i % 2 == 0 ? Now.AddHours(1) : null, DailyLimit = 1, LeftToday = i % 4 == 1 ? 0 : 1,
        }).ToArray();
        var index = AdvocateIndex.Of(crowd);
        var offered = Enumerable.Range(0, 100).SelectMany(_ => Router.Decide(new RoutingTurn(Offers(), 1, index, Now), Some.Mention()).OfferedTo).ToList();
        Assert.That(offered, Is.EquivalentTo(crowd.Where(c => c.QuietUntil is null && c.LeftToday == 1).Select(c => c.Id)));
    }

    [Test]
    public void A_mention_without_anybody_here_waits()
    {
        var decision = Decide(Offers("overflowMinutes", 20), Some.Mention());
        Assert.That((decision.Outcome, decision.OverflowAt, decision.OfferTo), Is.EqualTo((RoutingOutcome.Waiting, (DateTimeOffset?)Now.AddMinutes(20), (Guid?)null)));
    }

    [Test]
    public void A_mention_waits_while_those_who_could_take_it_are_full() =>
        Assert.That(Decide(Offers(), Some.Mention(), Some.Candidate(capacity: 1, load: 1)).Outcome, Is.EqualTo(RoutingOutcome.Waiting));

    [Test]
    public void A_new_mention_that_nobody_here_is_qualified_for_waits() =>
        Assert.That(Decide(Offers(), Some.Mention(), Some.Candidate(skills: ("lang:en", 0))).Outcome, Is.EqualTo(RoutingOutcome.Waiting));

    [Test]
    public void An_open_mention_overflows_to_staff_when_its_time_is_over()
    {
        var decision = Decide(Offers(), Open() with { OverflowAt = Now }, Some.Candidate());
        Assert.That((decision.Outcome, decision.Queue), Is.EqualTo((RoutingOutcome.Escalated, Queues.Overflow)));
        Assert.That(decision.DueAt, Is.GreaterThan(Now));
    }

    [Test]
    public void The_rule_names_the_queue_of_the_overflow()
    {
        var rules = Rules("""[{"id":"a","then":{"action":"offer","queue":"technical"}}]""");
        Assert.That(Decide(rules, Open() with { OverflowAt = Now }).Queue, Is.EqualTo("technical"));
    }

    [Test]
    public void Just_before_its_time_a_mention_is_still_offered() =>
        Assert.That(Decide(Offers(), Open() with { OverflowAt = Now.AddMilliseconds(1) }, Some.Candidate()).Outcome, Is.EqualTo(RoutingOutcome.Offered));

    [Test]
    public void The_time_of_overflow_is_that_of_the_first_decision() =>
        Assert.That(Decide(Offers("overflowMinutes", 60), Open() with { OverflowAt = Now.AddMinutes(3) }).OverflowAt, Is.EqualTo(Now.AddMinutes(3)));

    [Test]
    public void When_everybody_was_asked_it_goes_to_staff_at_once()
    {
        var asked = Some.Candidate();
        var mention = Open() with { OverflowAt = Now.AddHours(1), OfferedBefore = new Dictionary<Guid, string> { [asked.Id] = "passed" } };
        var decision = Decide(Offers(), mention, asked);
        Assert.That((decision.Outcome, decision.Queue), Is.EqualTo((RoutingOutcome.Escalated, Queues.Overflow)));
    }

    [TestCase(OfferStore.Claimed)]
    [TestCase(OfferStore.GivenBack)]
    public void What_somebody_had_and_gave_back_waits_for_another(string state)
    {
        var had = Some.Candidate();
        var mention = Open() with { OverflowAt = Now.AddHours(1), OfferedBefore = new Dictionary<Guid, string> { [had.Id] = state } };
        var decision = Decide(Offers(), mention, had);
        Assert.That((decision.Outcome, decision.Candidates[0].Excluded), Is.EqualTo((RoutingOutcome.Waiting, "gave it back")));
    }

    [Test]
    public void When_one_who_was_not_asked_is_only_full_it_waits()
    {
        var asked = Some.Candidate();
        var mention = Open() with { OverflowAt = Now.AddHours(1), OfferedBefore = new Dictionary<Guid, string> { [asked.Id] = "expired" } };
        Assert.That(Decide(Offers(), mention, asked, Some.Candidate(capacity: 1, load: 1)).Outcome, Is.EqualTo(RoutingOutcome.Waiting));
    }

    [Test]
    public void What_staff_handed_back_is_not_escalated_by_a_rule_again()
    {
        var rules = Rules("""[{"id":"angry","then":{"action":"escalate"}},{"id":"crowd","then":{"action":"offer"}}]""");
        var candidate = Some.Candidate();
        var decision = Decide(rules, Open(), candidate);
        Assert.That((decision.Outcome, decision.Rule), Is.EqualTo((RoutingOutcome.Offered, "crowd")));
    }

    [Test]
    public void An_open_mention_keeps_its_priority()
    {
        var rules = Rules("""[{"id":"a","then":{"action":"offer","priority":5}}]""");
        Assert.That(Decide(rules, Some.Mention(Some.Row(MentionStatus.Open) with { Priority = 60 })).Priority, Is.EqualTo(60));
    }

    [Test]
    public void A_rule_gives_it_to_staff_with_queue_priority_and_due_time()
    {
        var rules = Rules("""[{"id":"a","then":{"action":"escalate","queue":"legal","priority":7,"dueMinutes":15}}]""");
        var decision = Decide(rules, Some.Mention(), Some.Candidate());
        Assert.That(
            (decision.Outcome, decision.Queue, decision.Priority, decision.DueAt, decision.Rule),
            Is.EqualTo((RoutingOutcome.Escalated, "legal", 7, (DateTimeOffset?)Now.AddMinutes(15), "a")));
    }

    [Test]
    public void A_rule_that_ignores_says_why()
    {
        var decision = Decide(Rules("""[{"id":"a","then":{"action":"ignore","reason":"Only noise."}}]"""), Some.Mention(), Some.Candidate());
        Assert.That((decision.Outcome, decision.Explanation), Is.EqualTo((RoutingOutcome.Ignored, "Only noise.")));
    }

    [Test]
    public void A_batch_spreads_over_those_who_are_here()
    {
        var candidates = Enumerable.Range(0, 5).Select(_ => Some.Candidate(capacity: 4)).ToArray();
        var chosen = Enumerable.Range(0, 10).Select(_ => Decide(Offers(), Some.Mention(), candidates).OfferTo).ToList();
        Assert.That(chosen.GroupBy(c => c).Select(g => g.Count()), Is.All.EqualTo(2));
    }

    [Test]
    public void A_batch_fills_nobody_over_their_capacity()
    {
        var candidates = new[] { Some.Candidate(capacity: 2, skills: ("topic:billing", 1)), Some.Candidate(capacity: 3, load: 1) };
        var rules = RuleSetCheck.Read("""{"matching":{"waitMinutes":0},"rules":[{"id":"crowd","then":{"action":"offer"}}]}""").RuleSet!;
        var decisions = Enumerable.Range(0, 20).Select(_ => Decide(rules, Some.Mention(), candidates)).ToList();
        Assert.That(decisions.Count(d => d.Outcome == RoutingOutcome.Offered), Is.EqualTo(4));
        Assert.That(candidates.Select(c => c.Load), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public void A_decision_keeps_the_best_candidates_and_counts_the_others()
    {
        var decision = Decide(Offers(), Some.Mention(), [.. Enumerable.Range(0, 70).Select(_ => Some.Candidate())]);
        Assert.That((decision.Candidates.Count, decision.CandidatesLeftOut), Is.EqualTo((5, 65)));
    }

    [Test]
    public void Every_decision_explains_itself()
    {
        var decisions = new[]
        {
            Decide(Offers(), Some.Mention()), Decide(Offers(), Some.Mention(), Some.Candidate()), Decide(Offers(), Open() with { OverflowAt = Now }),
            Decide(Rules("""[{"id":"a","then":{"action":"ignore"}}]"""), Some.Mention()), Decide(Rules("""[{"id":"a","then":{"action":"escalate"}}]"""), Some.Mention()),
        };
        Assert.That(decisions.Select(d => d.Explanation), Is.All.Not.Empty);
    }

    private static RoutableMention Open() => Some.Mention(Some.Row(MentionStatus.Open));

    private static RuleSet Offers(string? property = null, int minutes = 0) =>
        Rules(property is null ? """[{"id":"crowd","then":{"action":"offer"}}]""" : $$"""[{"id":"crowd","then":{"action":"offer","{{property}}":{{minutes}} } }]""");

    private static RuleSet Rules(string rules) => RuleSetCheck.Read($$"""{"rules":{{rules}}}""").RuleSet!;

    private static Decision Decide(RuleSet rules, RoutableMention mention, params Candidate[] candidates) =>
        Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of(candidates), Now), mention);
}
