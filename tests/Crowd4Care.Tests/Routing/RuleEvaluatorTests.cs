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

    private static bool Holds(string when, RoutableMention mention) =>
        RuleEvaluator.Evaluate(Rules($$"""[{"id":"it","when":{{when}},"then":{"action":"ignore"} }]"""), mention).RuleId == "it";

    private static RuleMatch Evaluate(string rules) => RuleEvaluator.Evaluate(Rules(rules), Usual);

    private static RuleSet Rules(string rules)
    {
        var reading = RuleSetCheck.Read($$"""{"rules":{{rules}}}""");
        Assert.That(reading.Mistakes, Is.Empty);
        return reading.RuleSet!;
    }
}
