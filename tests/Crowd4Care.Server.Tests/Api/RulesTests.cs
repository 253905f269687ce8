using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class RulesTests : ServerTests
{
    internal const string OfferAll = """{ "name": "All to the crowd", "rules": [{ "id": "all", "then": { "action": "offer" } }] }""";

    [Test]
    public async Task Published_rules_decide_what_comes_after()
    {
        var admin = await AdminAsync();
        const string rules = """{ "rules": [{ "id": "ships", "when": { "text": { "containsAny": ["Ireland"] } }, "then": { "action": "escalate", "queue": "shipping" } }] }""";

        var published = await admin.PostTextAsync("rules", rules);
        Assert.That((published.Status, (int?)published["version"]), Is.EqualTo((HttpStatusCode.OK, 1)), published.ToString());

        var id = (await admin.PushAsync(Some.Post())).Single();
        var mention = await admin.MentionAsync(id, "escalated");
        var decision = mention["decisions"]![0]!["decision"]!;
        Assert.That(((int?)decision["ruleSetVersion"], (string?)decision["rule"], (string?)decision["queue"]), Is.EqualTo((1, "ships", "shipping")));
        var current = await admin.GetAsync("rules");
        Assert.That(((int?)current["version"], (string?)current["document"]!["rules"]![0]!["id"]), Is.EqualTo((1, "ships")));
    }

    [Test]
    public async Task Without_published_rules_the_built_in_ones_are_in_force()
    {
        var current = await (await AgentAsync()).GetAsync("rules");

        Assert.That((int?)current["version"], Is.Zero);
        Assert.That(current["document"]!["rules"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task What_is_read_can_be_published_again()
    {
        var admin = await AdminAsync();
        var current = await admin.GetAsync("rules");

        var published = await admin.PostTextAsync("rules", current["document"]!.ToJsonString());

        Assert.That((int?)published["version"], Is.EqualTo(1), published.ToString());
    }

    [Test]
    public async Task A_valid_document_is_only_validated()
    {
        var agent = await AgentAsync();

        Assert.That((await agent.PostTextAsync("rules/validate", OfferAll)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((int?)(await agent.GetAsync("rules"))["version"], Is.Zero);
    }

    [Test]
    public async Task What_can_hardly_be_meant_is_told_and_may_be_published()
    {
        const string document = """
            { "lists": { "vip": ["a"] },
              "rules": [{ "id": "a", "when": { "score": { "head": "mood", "label": "glad" } }, "then": { "action": "offer" } },
                        { "id": "b", "when": { "score": { "head": "topic", "label": "no-such-topic", "atLeast": 0.9, "below": 0.1 } }, "then": { "action": "offer" } },
                        { "id": "c", "then": { "action": "offer" } }, { "id": "d", "then": { "action": "offer" } }] }
            """;
        var admin = await AdminAsync();

        var answer = await admin.PostTextAsync("rules/validate", document);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            answer["warnings"]!.AsArray().Select(w => (string?)w!["path"]),
            Is.EqualTo(new[] { "$.rules[0].when.score.head", "$.rules[1].when.score.label", "$.lists.vip", "$.rules[1].when", "$.rules[3]" }), answer.Text);
        Assert.That((int?)(await admin.PostTextAsync("rules", document))["version"], Is.EqualTo(1));
    }

    [Test]
    public async Task The_built_in_rules_have_no_warnings()
    {
        var agent = await AgentAsync();

        var answer = await agent.PostTextAsync("rules/validate", (await agent.GetAsync("rules"))["document"]!.ToJsonString());

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent), answer.Text);
    }

    [TestCase("", "$")]
    [TestCase("null", "$")]
    [TestCase("{ \"rules\": [", "$.rules[0]")]
    [TestCase("""{ "rules": [] }""", "$.rules")]
    [TestCase("""{ "rules": [{ "id": "a", "then": { "action": "explode" } }] }""", "$.rules[0].then.action")]
    [TestCase("""{ "rules": [{ "id": "a", "whenever": {}, "then": { "action": "offer" } }] }""", "$.rules[0].whenever")]
    [TestCase("""{ "rules": [{ "id": "a", "then": { "action": "offer" } }, { "id": "a", "then": { "action": "offer" } }] }""", "$.rules[1].id")]
    [TestCase("""{ "rules": [{ "id": "a", "when": { "score": { "head": "anger", "label": "anger", "atLeast": 7 } }, "then": { "action": "offer" } }] }""", "$.rules[0].when.score.atLeast")]
    [TestCase("""{ "rules": [{ "id": "a", "when": { "text": { "matches": "(" } }, "then": { "action": "offer" } }] }""", "$.rules[0].when.text.matches")]
    [TestCase("""{ "rules": [{ "id": "a", "then": { "action": "offer", "skills": [{ "skill": "Spanish" }] } }] }""", "$.rules[0].then.skills[0].skill")]
    public async Task A_wrong_document_is_refused_with_the_path(string document, string path)
    {
        var admin = await AdminAsync();

        foreach (var answer in new[] { await admin.PostTextAsync("rules/validate", document), await admin.PostTextAsync("rules", document) })
        {
            PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
            Assert.That(answer["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo([path]), answer.Text);
        }

        Assert.That((int?)(await admin.GetAsync("rules"))["version"], Is.Zero);
    }

    [Test]
    public async Task All_mistakes_are_named_at_once()
    {
        const string document = """{ "rules": [{ "id": "", "then": { "action": "offer", "priority": 5000 } }, { "id": "b", "when": { "all": [] }, "then": { "action": "offer" } }] }""";

        var answer = await (await AdminAsync()).PostTextAsync("rules/validate", document);

        Assert.That(answer["errors"]!.AsObject().Select(e => e.Key), Is.EquivalentTo(["$.rules[0].id", "$.rules[0].then.priority", "$.rules[1].when.all"]));
    }
}
