using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

public sealed class RelaxationTests
{
    private static readonly string[] Skills = ["topic:billing", "product:router", "product:phone", "lang:en", "lang:de"];

    [Test]
    public void Each_step_asks_less_from_its_time_on()
    {
        var action = Read("""
            {"action":"offer","trust":3,"skills":[{"skill":"product:router","atLeast":0.8},{"skill":"product:phone","atLeast":0.1}],
             "relax":[{"afterMinutes":5,"lowerBy":0.3},{"afterMinutes":10,"drop":["product:router"],"trust":1},{"afterMinutes":20,"anyLanguage":true}]}
            """);
        Assert.That(Asked(action, 4.9), Is.EqualTo("product:router 0.8, product:phone 0.1, trust 3, language"));
        Assert.That(Asked(action, 5), Is.EqualTo("product:router 0.5, product:phone 0, trust 3, language"));
        Assert.That(Asked(action, 12), Is.EqualTo("product:phone 0, trust 1, language"));
        Assert.That(Asked(action, 60), Is.EqualTo("product:phone 0, trust 1"));
    }

    [Test]
    public void Waiting_only_ever_widens_the_circle()
    {
        var random = new Random(7);
        var widened = 0;
        for (var i = 0; i < 3000; i++)
        {
            var everybody = Enumerable.Range(0, 30).Select(_ => Advocate(random)).ToList();
            var mention = Some.Mention(score: Some.Score((Heads.Language, random.Next(2) == 0 ? "en" : "de", 0.9), (Heads.Topic, "billing", 0.9)));
            var action = Action(random);
            HashSet<Guid> before = [];
            for (var minutes = 0; minutes <= 40; minutes += 5)
            {
                var now = Matcher.Rank(mention, action.After(TimeSpan.FromMinutes(minutes)), everybody).Candidates.Where(c => c.Excluded is null).Select(c => c.PersonId).ToHashSet();
                Assert.That(before.IsSubsetOf(now), $"{minutes} minutes: {System.Text.Json.JsonSerializer.Serialize(action, RuleSet.Json)}");
                widened += minutes > 0 && now.Count > before.Count ? 1 : 0;
                before = now;
            }
        }

        Assert.That(widened, Is.GreaterThan(1000), "nothing was tried");
    }

    [Test]
    public void A_mention_is_offered_to_who_qualifies_by_the_time_that_it_waited()
    {
        var rules = RuleSetCheck.Read("""
            {"rules":[{"id":"router","then":{"action":"offer","skills":[{"skill":"product:router","atLeast":0.8}],"relax":[{"afterMinutes":10,"lowerBy":0.5}]}}]}
            """).RuleSet!;
        var fair = Some.Candidate(skills: ("product:router", 0.4));
        var waiting = Some.Mention(Some.Row(MentionStatus.Open)) with { OverflowAt = Some.Noon.AddMinutes(30) };

        var early = Decide(rules, waiting with { Now = Some.Noon.AddMinutes(9) }, fair);
        Assert.That((early.Outcome, early.Explanation), Is.EqualTo((RoutingOutcome.Waiting, "No qualified advocate is free now; it waits for the crowd, and less is asked of them later.")));
        Assert.That(early.Candidates[0].Excluded, Is.EqualTo("product:router 0.4 is under 0.8"));
        var late = Decide(rules, waiting with { Now = Some.Noon.AddMinutes(10) }, fair);
        Assert.That((late.Outcome, late.OfferTo), Is.EqualTo((RoutingOutcome.Offered, (Guid?)fair.Id)));
        Assert.That(Replay.IsSame(Replay.Of(late, rules, waiting.Row, waiting.Score), late));
    }

    [Test]
    public void A_decision_names_the_steps_that_held_since_when_and_what_they_widened()
    {
        var rules = RuleSetCheck.Read("""
            {"rules":[{"id":"router","then":{"action":"offer","trust":3,"skills":[{"skill":"product:router","atLeast":0.8},{"skill":"product:phone"}],
              "relax":[{"afterMinutes":5,"lowerBy":0.5},{"afterMinutes":10,"drop":["product:phone"],"trust":1,"anyLanguage":true},{"afterMinutes":20,"trust":0}]}}]}
            """).RuleSet!;
        var fair = Some.Candidate(skills: ("product:router", 0.4));
        var waiting = Some.Mention(Some.Row(MentionStatus.Open)) with { OverflowAt = Some.Noon.AddMinutes(30) };
        Assert.That(Decide(rules, waiting with { Now = Some.Noon.AddMinutes(4) }, fair).Relaxed, Is.Null);

        var decision = Decide(rules, waiting with { Now = Some.Noon.AddMinutes(12) }, fair);
        Assert.That(decision.Relaxed!.Select(s => (s.Step, s.AfterMinutes, s.Since)), Is.EqualTo(new[] { (1, 5.0, Some.Noon.AddMinutes(5)), (2, 10.0, Some.Noon.AddMinutes(10)) }));
        Assert.That(decision.Relaxed![0].Widened, Is.EqualTo(new[] { "product:router 0.3 instead of 0.8" }));
        Assert.That(decision.Relaxed![1].Widened, Is.EqualTo(new[] { "product:phone is not needed", "any language", "trust 1 instead of 3" }));
        Assert.That(decision.OfferTo, Is.EqualTo(fair.Id));
        Assert.That(decision.Explanation, Does.EndWith(
            "Less is asked after 5 minutes (product:router 0.3 instead of 0.8), and after 10 minutes (product:phone is not needed, any language, trust 1 instead of 3)."));
        Assert.That(Replay.IsSame(Replay.Of(decision, rules, waiting.Row, waiting.Score), decision));
    }

    [Test]
    public void Who_were_asked_are_not_all_while_less_will_be_asked()
    {
        const string Rule = """{"id":"router","then":{"action":"offer","relax":[{"afterMinutes":10,"anyLanguage":true}]}}""";
        var rules = RuleSetCheck.Read($$"""{"rules":[{{Rule}}]}""").RuleSet!;
        var asked = Some.Candidate();
        var mention = Some.Mention(Some.Row(MentionStatus.Open)) with
        {
            OverflowAt = Some.Noon.AddMinutes(30), OfferedBefore = new Dictionary<Guid, string> { [asked.Id] = "passed" },
        };
        Assert.That(Decide(rules, mention with { Now = Some.Noon.AddMinutes(9) }, asked).Outcome, Is.EqualTo(RoutingOutcome.Waiting));
        Assert.That(Decide(rules, mention with { Now = Some.Noon.AddMinutes(10) }, asked).Outcome, Is.EqualTo(RoutingOutcome.Escalated));
    }

    private static Decision Decide(RuleSet rules, RoutableMention mention, params Candidate[] people) =>
        Router.Decide(new RoutingTurn(rules, 1, AdvocateIndex.Of(people.Select(p => p with { })), mention.Now), mention);

    private static RuleAction Read(string action) => RuleSetCheck.Read($$"""{"rules":[{"id":"one","then":{{action}}}]}""").RuleSet!.Rules[0].Then;

    private static string Asked(RuleAction action, double minutes)
    {
        var relaxed = action.After(TimeSpan.FromMinutes(minutes));
        return string.Join(", ", [
            .. relaxed.Skills!.Select(s => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s.Skill} {s.AtLeast:0.##}")), $"trust {relaxed.Trust}", .. relaxed.Language == false ? (string[])[] : ["language"],
        ]);
    }

    private static Candidate Advocate(Random random) => Some.Candidate(trust: random.Next(5)) with
    {
        Skills = Skills.Where(_ => random.Next(2) == 0).ToDictionary(skill => skill, _ => random.Next(11) / 10.0),
    };

    private static RuleAction Action(Random random) => new()
    {
        Action = RuleActionKind.Offer,
        Trust = random.Next(5),
        Skills = [.. Skills.Take(3).Where(_ => random.Next(2) == 0).Select(skill => new RequiredSkill { Skill = skill, AtLeast = random.Next(11) / 10.0 })],
        Relax =
        [
            .. Enumerable.Range(1, random.Next(1, 4)).Select(step => new RelaxationStep
            {
                AfterMinutes = 10 * step,
                LowerBy = random.Next(3) == 0 ? 0 : random.Next(6) / 10.0,
                Drop = random.Next(3) == 0 ? [Skills[random.Next(3)]] : null,
                AnyLanguage = random.Next(4) == 0,
                Trust = random.Next(3) == 0 ? random.Next(4) : null,
            }),
        ],
    };
}
