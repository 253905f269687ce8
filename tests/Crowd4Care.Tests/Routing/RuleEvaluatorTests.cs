using System.Globalization;
using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

public sealed class RuleEvaluatorTests
{
    private static readonly RoutableMention Usual = Some.Mention();

    [Test]
    public void The_first_rule_that_matches_wins() =>
        Assert.That(Evaluate("""[{"id":"never","when":{"repost":true},"then":{"action":"ignore"}},{"id":"a","then":{"action":"escalate"}},{"id":"b","then":{"action":"offer"}}]""").RuleId, Is.EqualTo("a"));

    [Test]
    public void Without_a_matching_rule_the_mention_is_offered_to_anybody()
    {
        var match = Evaluate("""[{"id":"never","when":{"repost":true},"then":{"action":"ignore"}}]""");
        Assert.That((match.RuleId, match.Action.Action), Is.EqualTo(((string?)null, RuleActionKind.Offer)));
    }

    [Test]
    public void Priorities_add_up_on_the_way_to_the_decision()
    {
        var match = Evaluate(
            """
            [{"id":"a","then":{"action":"setPriority","priority":5}},
             {"id":"never","when":{"repost":true},"then":{"action":"setPriority","priority":1000}},
             {"id":"b","then":{"action":"setPriority","priority":-2}},
             {"id":"c","then":{"action":"offer","priority":10}},
             {"id":"later","then":{"action":"setPriority","priority":500}}]
            """);
        Assert.That((match.RuleId, match.Priority), Is.EqualTo(("c", 13)));
    }

    [Test]
    public void For_an_open_mention_only_rules_that_offer_count()
    {
        var rules = Rules("""[{"id":"a","then":{"action":"escalate","priority":60}},{"id":"b","then":{"action":"ignore"}},{"id":"c","then":{"action":"offer","priority":1}}]""");
        var match = RuleEvaluator.EvaluateOffer(rules, Usual);
        Assert.That((match.RuleId, match.Priority), Is.EqualTo(("c", 1)));
    }

    [TestCase("""{}""", true)]
    [TestCase("""{"all":[{"reply":false},{"repost":false}]}""", true)]
    [TestCase("""{"all":[{"reply":false},{"repost":true}]}""", false)]
    [TestCase("""{"any":[{"reply":true},{"repost":false}]}""", true)]
    [TestCase("""{"any":[{"reply":true},{"repost":true}]}""", false)]
    [TestCase("""{"not":{"repost":true}}""", true)]
    [TestCase("""{"not":{"repost":false}}""", false)]
    [TestCase("""{"not":{"not":{"repost":false}}}""", true)]
    [TestCase("""{"reply":false,"repost":true}""", false)]
    [TestCase("""{"all":[{"any":[{"repost":true},{"not":{"reply":true}}]},{"ownPost":false}]}""", true)]
    public void Conditions_are_put_together(string when, bool holds) => Assert.That(Holds(when, Usual), Is.EqualTo(holds));

    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.7}}""", true)]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.71}}""", false)]
    [TestCase("""{"score":{"head":"anger","label":"anger","below":0.7}}""", false)]
    [TestCase("""{"score":{"head":"anger","label":"anger","below":0.71}}""", true)]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.5,"below":0.9}}""", true)]
    [TestCase("""{"score":{"head":"anger","label":"anger"}}""", true)]
    [TestCase("""{"score":{"head":"anger","label":"calm"}}""", false)]
    [TestCase("""{"score":{"head":"anger","label":"calm","below":0.1}}""", true)]
    [TestCase("""{"score":{"head":"no-such-head","label":"x"}}""", false)]
    [TestCase("""{"score":{"head":"no-such-head","label":"x","atLeast":0.1}}""", false)]
    public void A_score_is_compared(string when, bool holds) =>
        Assert.That(Holds(when, Some.Mention(score: Some.Score((Heads.Anger, "anger", 0.7)))), Is.EqualTo(holds));

    [Test]
    public void The_probability_of_a_label_that_is_not_the_first_counts()
    {
        var score = new MentionScore
        {
            ModelVersion = "m",
            Heads = [new Score { Head = "topic", Label = "billing", Probability = 0.6, Others = new Dictionary<string, double> { ["technical"] = 0.4 } }],
        };
        Assert.That(Holds("""{"score":{"head":"topic","label":"technical","atLeast":0.4}}""", Some.Mention(score: score)), Is.True);
    }

    [TestCase("""{"language":["de","EN"]}""", true)]
    [TestCase("""{"language":["de"]}""", false)]
    [TestCase("""{"network":["bluesky","Scripted"]}""", true)]
    [TestCase("""{"network":["bluesky"]}""", false)]
    [TestCase("""{"author":{"handles":["@Customer"]}}""", true)]
    [TestCase("""{"author":{"handles":["somebody"]}}""", false)]
    [TestCase("""{"author":{"followersAtLeast":1}}""", false)]
    [TestCase("""{"author":{}}""", true)]
    [TestCase("""{"text":{"containsAny":["modem","ROUTER"]}}""", true)]
    [TestCase("""{"text":{"containsAny":["rout"]}}""", false)]
    [TestCase("""{"text":{"containsAll":["router","connection"]}}""", true)]
    [TestCase("""{"text":{"containsAll":["router","modem"]}}""", false)]
    [TestCase("""{"text":{"matches":"^my\\s+router"}}""", true)]
    [TestCase("""{"text":{"matches":"^router"}}""", false)]
    public void A_mention_is_looked_at(string when, bool holds) => Assert.That(Holds(when, Usual), Is.EqualTo(holds));

    [TestCase(true, true, false)]
    [TestCase(false, false, true)]
    [TestCase(null, false, false)]
    public void What_the_network_says_of_the_author_counts_where_it_says_something(bool? said, bool holdsForTrue, bool holdsForFalse)
    {
        var mention = Some.Mention(Some.Row() with { AuthorVerified = said, AuthorBot = said });
        Assert.That(Holds("""{"author":{"verified":true}}""", mention), Is.EqualTo(holdsForTrue));
        Assert.That(Holds("""{"author":{"verified":false}}""", mention), Is.EqualTo(holdsForFalse));
        Assert.That(Holds("""{"author":{"bot":true}}""", mention), Is.EqualTo(holdsForTrue));
        Assert.That(Holds("""{"author":{"bot":false}}""", mention), Is.EqualTo(holdsForFalse));
    }

    [TestCase(19_999, false)]
    [TestCase(20_000, true)]
    public void Followers_are_counted(int followers, bool holds) =>
        Assert.That(Holds("""{"author":{"followersAtLeast":20000}}""", Some.Mention(Some.Row(followers: followers))), Is.EqualTo(holds));

    [TestCase("""{"reply":true}""")]
    [TestCase("""{"repost":true}""")]
    [TestCase("""{"ownPost":true}""")]
    public void Kinds_of_posts_are_told_apart(string when)
    {
        var special = Some.Mention(Some.Row(isRepost: true, inReplyTo: "parent")) with { IsOwnPost = true };
        Assert.That(Holds(when, special), Is.True);
        Assert.That(Holds(when, Usual), Is.False);
    }

    [TestCase("customer", true)]
    [TestCase("CUSTOMER", true)]
    [TestCase("another", true)]
    [TestCase("somebody", false)]
    public void An_author_is_looked_up_in_a_list(string handle, bool holds) =>
        Assert.That(Holds("""{"author":{"list":"vip"}}""", Some.Mention(Some.Row(handle: handle))), Is.EqualTo(holds));

    [Test]
    public void Nobody_is_on_an_empty_list() => Assert.That(Holds("""{"author":{"list":"nobody"}}""", Usual), Is.False);

    [Test]
    public void An_author_whom_we_answered_is_known()
    {
        var known = Usual with { AnsweredAuthorBefore = new Dictionary<Guid, int> { [Some.Id()] = 1 } };
        Assert.That((Holds("""{"author":{"contactedBefore":true}}""", known), Holds("""{"author":{"contactedBefore":false}}""", known)), Is.EqualTo((true, false)));
        Assert.That((Holds("""{"author":{"contactedBefore":true}}""", Usual), Holds("""{"author":{"contactedBefore":false}}""", Usual)), Is.EqualTo((false, true)));
    }

    [TestCase("""{"conversation":{"reopened":true}}""", true)]
    [TestCase("""{"conversation":{"reopened":false}}""", false)]
    [TestCase("""{"conversation":{"turnsAtLeast":3}}""", true)]
    [TestCase("""{"conversation":{"turnsAtLeast":4}}""", false)]
    [TestCase("""{"conversation":{"turnsBelow":4}}""", true)]
    [TestCase("""{"conversation":{"turnsBelow":3}}""", false)]
    [TestCase("""{"conversation":{"reopened":true,"turnsAtLeast":2,"turnsBelow":5}}""", true)]
    public void A_conversation_is_looked_at(string when, bool holds) =>
        Assert.That(Holds(when, Usual with { IsReopened = true, Turns = 3 }), Is.EqualTo(holds));

    [Test]
    public void A_mention_alone_is_the_first_turn() =>
        Assert.That(Holds("""{"conversation":{"reopened":false,"turnsAtLeast":1,"turnsBelow":2}}""", Usual), Is.True);

    // Noon in London is 13:00 in Berlin, in summer 14:00.
    [TestCase("""{"time":{"within":"office"}}""", "2026-01-05T12:00Z", true)]
    [TestCase("""{"time":{"outside":"office"}}""", "2026-01-05T12:00Z", false)]
    [TestCase("""{"time":{"within":"office"}}""", "2026-01-04T12:00Z", false)]
    [TestCase("""{"time":{"outside":"office"}}""", "2026-01-04T12:00Z", true)]
    [TestCase("""{"time":{"within":"office","outside":"lunch"}}""", "2026-01-05T12:00Z", false)]
    [TestCase("""{"time":{"within":"office","outside":"lunch"}}""", "2026-07-06T12:00Z", true)]
    public void The_time_of_the_decision_is_looked_at(string when, string now, bool holds) =>
        Assert.That(Holds(when, Usual with { Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture) }), Is.EqualTo(holds));

    [Test]
    public void Without_another_time_a_mention_is_decided_when_it_was_received() => Assert.That(Usual.Now, Is.EqualTo(Usual.Row.ReceivedAt));

    [Test]
    public void Skills_add_up_on_the_way_to_an_offer()
    {
        var match = Evaluate(
            """
            [{"id":"a","then":{"action":"addSkill","skills":[{"skill":"product:tv","atLeast":0.2},{"skill":"topic:billing","atLeast":0.6}],"priority":3}},
             {"id":"never","when":{"repost":true},"then":{"action":"addSkill","skills":[{"skill":"product:phone"}]}},
             {"id":"b","then":{"action":"offer","skills":[{"skill":"topic:billing","atLeast":0.5},{"skill":"region:north"}],"trust":2}},
             {"id":"later","then":{"action":"addSkill","skills":[{"skill":"product:radio"}]}}]
            """);
        Assert.That((match.RuleId, match.Priority, match.Action.Trust), Is.EqualTo(("b", 3, 2)));
        Assert.That(
            match.Action.Skills!.Select(s => (s.Skill, s.AtLeast)),
            Is.EquivalentTo(new[] { ("topic:billing", 0.6), ("region:north", 0.0), ("product:tv", 0.2) }));
    }

    [Test]
    public void Added_skills_count_when_no_rule_matches_and_when_a_mention_is_open()
    {
        var rules = Rules("""[{"id":"a","then":{"action":"addSkill","skills":[{"skill":"product:tv"}]}},{"id":"b","then":{"action":"escalate"}}]""");
        Assert.That(RuleEvaluator.EvaluateOffer(rules, Usual).Action.Skills!.Single().Skill, Is.EqualTo("product:tv"));
    }

    [Test]
    public void Added_skills_mean_nothing_to_staff()
    {
        var match = Evaluate("""[{"id":"a","then":{"action":"addSkill","skills":[{"skill":"product:tv"}]}},{"id":"b","then":{"action":"escalate"}}]""");
        Assert.That((match.RuleId, match.Action.Skills), Is.EqualTo(("b", (IReadOnlyList<RequiredSkill>?)null)));
    }

    private static bool Holds(string when, RoutableMention mention) =>
        RuleEvaluator.Evaluate(Rules($$"""[{"id":"it","when":{{when}},"then":{"action":"ignore"} }]"""), mention).RuleId == "it";

    private static RuleMatch Evaluate(string rules) => RuleEvaluator.Evaluate(Rules(rules), Usual);

    private static RuleSet Rules(string rules)
    {
        var reading = RuleSetCheck.Read(
            $$"""
            {"lists":{"vip":["@Customer","another"],"nobody":[]},
             "calendars":{"office":{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:30"]} },"lunch":{"timeZone":"Europe/Berlin","days":{"monday":["13:00-14:00"]} } },
             "rules":{{rules}} }
            """);
        Assert.That(reading.Mistakes, Is.Empty);
        return reading.RuleSet!;
    }
}
