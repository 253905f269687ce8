using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Routing;

public sealed class RuleSetWarningsTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Heads = new() { ["topic"] = ["billing", "technical"], ["anger"] = ["anger", "calm"] };

    [Test]
    public void The_built_in_rules_have_none() => Assert.That(RuleSetCheck.Read(RuleSetStore.DefaultDocument).Warnings, Is.Empty);

    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.8,"below":0.7}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.7,"below":0.7}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger","below":0}}""")]
    [TestCase("""{"all":[{"score":{"head":"topic","label":"billing"}},{"score":{"head":"topic","label":"technical"}}]}""")]
    [TestCase("""{"all":[{"score":{"head":"topic","unsure":true}},{"score":{"head":"topic","label":"billing","unsure":false}}]}""")]
    [TestCase("""{"all":[{"language":["de"]},{"language":["en","fr"]}]}""")]
    [TestCase("""{"network":["bluesky"],"all":[{"all":[{"network":["mastodon"]}]}]}""")]
    [TestCase("""{"repost":true,"not":{"repost":true}}""")]
    [TestCase("""{"repost":true,"all":[{"repost":false}]}""")]
    [TestCase("""{"conversation":{"turnsAtLeast":3,"turnsBelow":3}}""")]
    [TestCase("""{"conversation":{"turnsBelow":1}}""")]
    [TestCase("""{"author":{"handles":["@a"]},"all":[{"author":{"handles":["b"]}}]}""")]
    [TestCase("""{"author":{"list":"vip","handles":["stranger"]}}""")]
    [TestCase("""{"author":{"contactedBefore":true},"not":{"author":{"contactedBefore":true}}}""")]
    [TestCase("""{"text":{"containsAll":["fire","smoke"]},"not":{"text":{"containsAll":["Fire"]}}}""")]
    [TestCase("""{"text":{"containsAny":["fire"]},"not":{"text":{"containsAny":["smoke","fire"]}}}""")]
    [TestCase("""{"text":{"matches":"a+"},"not":{"text":{"matches":"a+"}}}""")]
    [TestCase("""{"time":{"within":"office","outside":"office"}}""")]
    [TestCase("""{"not":{}}""")]
    [TestCase("""{"not":{"not":{"reply":true,"all":[{"reply":false}]}}}""")]
    [TestCase("""{"language":["de"],"any":[{"language":["en"]},{"language":["fr"]}]}""")]
    public void A_condition_that_can_never_hold_is_told(string when) => Assert.That(Paths($$"""[{"id":"a","when":{{when}},"then":{"action":"offer"} }]"""), Is.EqualTo(new[] { "$.rules[0].when" }));

    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.7,"below":0.8}}""")]
    [TestCase("""{"all":[{"score":{"head":"anger","label":"anger","atLeast":0.7}},{"score":{"head":"anger","label":"calm","below":0.2}}]}""")]
    [TestCase("""{"all":[{"score":{"head":"topic","label":"Billing"}},{"score":{"head":"anger","label":"calm"}}]}""")]
    [TestCase("""{"all":[{"language":["de","EN"]},{"language":["en","fr"]}]}""")]
    [TestCase("""{"any":[{"language":["de"]},{"language":["en"]}]}""")]
    [TestCase("""{"not":{"all":[{"language":["de"]},{"language":["en"]}]}}""")]
    [TestCase("""{"author":{"list":"vip","handles":["ANA"]}}""")]
    [TestCase("""{"text":{"containsAll":["fire"]},"not":{"text":{"containsAll":["fire","smoke"]}}}""")]
    [TestCase("""{"text":{"containsAny":["fire","smoke"]},"not":{"text":{"containsAny":["fire"]}}}""")]
    [TestCase("""{"text":{"containsAll":["on"]},"not":{"text":{"containsAll":["on fire"]}}}""")]
    [TestCase("""{"author":{"followersAtLeast":0},"not":{"author":{"followersAtLeast":5}}}""")]
    [TestCase("""{"time":{"within":"office"},"not":{"time":{"within":"hotline"}}}""")]
    [TestCase("""{"conversation":{"turnsBelow":2}}""")]
    [TestCase("""{"repost":false,"reply":false,"ownPost":false}""")]
    [TestCase("""{"language":["de"],"any":[{"language":["en"]},{"repost":true}]}""")]
    [TestCase("""{}""")]
    public void A_condition_that_may_hold_is_not(string when) => Assert.That(Paths($$"""[{"id":"a","when":{{when}},"then":{"action":"offer"} }]"""), Is.Empty);

    [TestCase("null", """{"reply":true}""")]
    [TestCase("{}", """{"reply":true}""")]
    [TestCase("""{"reply":true}""", """{"reply":true}""")]
    [TestCase("""{"reply":true}""", """{"reply":true,"repost":true}""")]
    [TestCase("""{"reply":true}""", """{"all":[{"all":[{"repost":true},{"reply":true}]}]}""")]
    [TestCase("""{"language":["DE","en"]}""", """{"language":["de"]}""")]
    [TestCase("""{"author":{"followersAtLeast":100}}""", """{"author":{"followersAtLeast":100}}""")]
    [TestCase("""{"author":{"followersAtLeast":100}}""", """{"author":{"followersAtLeast":101}}""")]
    [TestCase("""{"author":{"list":"vip"}}""", """{"author":{"handles":["@ana"]}}""")]
    [TestCase("""{"conversation":{"turnsBelow":5}}""", """{"conversation":{"turnsBelow":3}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.5}}""", """{"score":{"head":"anger","label":"anger","atLeast":0.7,"below":0.9}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger"}}""", """{"score":{"head":"anger","label":"anger"},"reply":true}""")]
    [TestCase("""{"text":{"containsAny":["fire","smoke"]}}""", """{"text":{"containsAny":["Smoke"]}}""")]
    [TestCase("""{"text":{"containsAny":["fire","smoke"]}}""", """{"text":{"containsAll":["smoke","lawyer"]}}""")]
    [TestCase("""{"text":{"matches":"a+"}}""", """{"text":{"matches":"a+"},"reply":true}""")]
    [TestCase("""{"any":[{"reply":true},{"repost":true}]}""", """{"repost":true}""")]
    [TestCase("""{"any":[{"reply":true},{"repost":true}]}""", """{"any":[{"repost":true},{"reply":true,"language":["de"]}]}""")]
    [TestCase("""{"not":{"language":["de"]}}""", """{"language":["en"]}""")]
    [TestCase("""{"not":{"reply":true}}""", """{"reply":false}""")]
    [TestCase("""{"not":{"author":{"verified":true}}}""", """{"author":{"verified":false}}""")]
    [TestCase("""{"author":{"bot":true}}""", """{"author":{"bot":true,"verified":true}}""")]
    [TestCase("""{"not":{"language":["de","en"],"reply":true}}""", """{"not":{"language":["de","en","fr"],"reply":true}}""")]
    [TestCase("""{"time":{"outside":"office"}}""", """{"not":{"time":{"within":"office"}}}""")]
    public void A_rule_behind_one_that_takes_all_it_matches_is_told(string earlier, string later) =>
        Assert.That(Paths(Two(earlier, "offer", later, "offer")), Is.EqualTo(new[] { "$.rules[1]" }));

    [TestCase("""{"reply":true}""", """{}""")]
    [TestCase("""{"reply":true,"repost":true}""", """{"reply":true}""")]
    [TestCase("""{"language":["de"]}""", """{"language":["de","en"]}""")]
    [TestCase("""{"author":{"followersAtLeast":101}}""", """{"author":{"followersAtLeast":100}}""")]
    [TestCase("""{"author":{"handles":["ana"]}}""", """{"author":{"list":"vip"}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.7}}""", """{"score":{"head":"anger","label":"anger","atLeast":0.5}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":0.5}}""", """{"score":{"head":"anger","label":"anger"}}""")]
    [TestCase("""{"score":{"head":"anger","label":"anger"}}""", """{"score":{"head":"anger","label":"ANGER"}}""")]
    [TestCase("""{"text":{"containsAny":["smoke"]}}""", """{"text":{"containsAny":["fire","smoke"]}}""")]
    [TestCase("""{"text":{"containsAny":["fire"]}}""", """{"text":{"containsAny":["on fire"]}}""")]
    [TestCase("""{"text":{"matches":"a+"}}""", """{"text":{"matches":"a"}}""")]
    [TestCase("""{"any":[{"reply":true},{"repost":true}]}""", """{"any":[{"repost":true},{"ownPost":true}]}""")]
    [TestCase("""{"not":{"language":["de"],"reply":true}}""", """{"language":["de"]}""")]
    [TestCase("""{"not":{"author":{"followersAtLeast":5}}}""", """{"author":{"followersAtLeast":4}}""")]
    [TestCase("""{"author":{"verified":false}}""", """{"not":{"author":{"verified":true}}}""")]
    public void A_rule_that_may_be_reached_is_not(string earlier, string later) => Assert.That(Paths(Two(earlier, "offer", later, "offer")), Is.Empty);

    [TestCase("offer", "escalate", true)]
    [TestCase("escalate", "escalate", true)]
    [TestCase("ignore", "escalate", true)]
    [TestCase("escalate", "ignore", true)]
    [TestCase("offer", "setPriority", true)]
    [TestCase("setPriority", "escalate", false)]
    public void Who_decides_hides_what_comes_after(string earlier, string later, bool hidden) =>
        Assert.That(Paths(Two("{}", earlier, "{}", later)), Is.EqualTo(hidden ? new[] { "$.rules[1]" } : []));

    [TestCase("escalate")]
    [TestCase("ignore")]
    public void A_mention_that_staff_hand_back_reaches_offers_behind_what_took_it_away(string earlier) =>
        Assert.That(Paths(Two("{}", earlier, "{}", "offer")), Is.Empty);

    [Test]
    public void The_hidden_rule_is_told_who_hides_it() =>
        Assert.That(Warnings(Two("{}", "offer", "{}", "offer")).Single().Message, Does.Contain("\"first\"").And.Contain("$.rules[0]"));

    [Test]
    public void An_unknown_head_or_label_is_told_when_heads_are_known()
    {
        const string rules = """
            [{"id":"a","when":{"any":[{"score":{"head":"mood","label":"glad"}},{"not":{"score":{"head":"topic","label":"shipping"}}},{"score":{"head":"topic","label":"billing"}}]},
              "then":{"action":"offer"}}]
            """;
        Assert.That(Paths(rules), Is.Empty);
        var warnings = RuleSetWarnings.Of(RuleSetCheck.Read($$"""{"rules":{{rules}} }""").RuleSet!, Heads);
        Assert.That(warnings.Select(w => w.Path), Is.EqualTo(new[] { "$.rules[0].when.any[0].score.head", "$.rules[0].when.any[1].not.score.label" }));
        Assert.That(warnings[1].Message, Does.Contain("billing, technical"));
    }

    [Test]
    public void Names_that_no_rule_uses_are_told()
    {
        var reading = RuleSetCheck.Read(
            """
            {"lists":{"vip":["a"],"press":["b"],"friends":[]},"calendars":{"office":{"timeZone":"UTC","days":{}}},
             "rules":[{"id":"a","when":{"any":[{"author":{"list":"vip"}},{"not":{"author":{"list":"friends"}}}]},"then":{"action":"offer"}}]}
            """);
        Assert.That(reading.Warnings.Select(w => w.Path), Is.EqualTo(new[] { "$.lists.press", "$.lists.friends", "$.calendars.office" }));
    }

    [Test]
    public void A_rule_on_an_empty_list_never_matches()
    {
        var reading = RuleSetCheck.Read("""{"lists":{"vip":[]},"rules":[{"id":"a","when":{"author":{"list":"vip"}},"then":{"action":"offer"}}]}""");
        Assert.That(reading.Warnings.Select(w => w.Path), Is.EqualTo(new[] { "$.lists.vip", "$.rules[0].when" }));
    }

    [Test]
    public void A_document_with_mistakes_has_no_warnings() => Assert.That(RuleSetCheck.Read("{}").Warnings, Is.Empty);

    private static string Two(string earlier, string earlierAction, string later, string laterAction) =>
        $$"""[{"id":"first","when":{{earlier}},"then":{"action":"{{earlierAction}}"} },{"id":"second","when":{{later}},"then":{"action":"{{laterAction}}"} }]""";

    private static IEnumerable<string> Paths(string rules) => Warnings(rules).Select(w => w.Path);

    private static IEnumerable<RuleSetWarning> Warnings(string rules)
    {
        var reading = RuleSetCheck.Read(Document(rules));
        Assert.That(reading.Mistakes, Is.Empty);
        return reading.Warnings.Where(w => w.Path.StartsWith("$.rules", StringComparison.Ordinal));
    }

    private static string Document(string rules) =>
        $$"""
        {"lists":{"vip":["ana","@ben"]},
         "calendars":{"office":{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:30"]} },"hotline":{"timeZone":"UTC","days":{} } },
         "rules":{{rules}} }
        """;
}
