using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Routing;
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
        var decisions = Enumerable.Range(0, 20).Select(_ => Decide(Offers(), Some.Mention(), candidates)).ToList();
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
        Router.Decide(rules, 1, mention, AdvocateIndex.Of(candidates), Now);
}
