using System.Text.Json.Nodes;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;
using Crowd4Care.Server.Desk.Admin.RulesEditor;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class RuleWordsTests
{
    [TestCase("null", "always")]
    [TestCase("""{ "score": { "head": "anger", "label": "anger", "atLeast": 0.8 }, "language": ["de", "en"] }""", "anger ≥ 80 % and the language is German or English")]
    [TestCase("""{ "score": { "head": "topic", "label": "order-status" } }""", "topic is order status")]
    [TestCase("""{ "score": { "head": "topic", "label": "billing", "atLeast": 0.25, "below": 0.5, "unsure": true } }""", "topic billing ≥ 25 % and < 50 % (unsure)")]
    [TestCase("""{ "score": { "head": "topic", "unsure": true } }""", "topic is unsure")]
    [TestCase("""{ "any": [{ "repost": true }, { "not": { "network": ["bluesky"] } }, { "reply": true, "ownPost": false }] }""",
        "it is a repost or the network is not Bluesky or (it answers another post and somebody else than the brand wrote it)")]
    [TestCase("""{ "not": { "any": [{ "repost": true }, { "reply": true }] } }""", "not (it is a repost or it answers another post)")]
    [TestCase("""{ "text": { "containsAny": ["a", "b", "c", "d", "e"] } }""", "the text has “a”, “b”, “c” or 2 more")]
    [TestCase("""{ "author": { "followersAtLeast": 20000, "list": "press" } }""", "the author has at least 20,000 followers and the author is on the list “press”")]
    [TestCase("""{ "weather": "rain" }""", "what the text says (rain)")]
    public void When_a_rule_matches_is_said_in_words(string when, string expected) =>
        Assert.That(RuleWords.When(ConditionNode.Of(new JsonObject { ["when"] = JsonNode.Parse(when) })), Is.EqualTo(expected));

    [TestCase("""{ "action": "escalate", "queue": "complaints", "dueMinutes": 60, "priority": 60 }""", "goes to staff, queue complaints, due in 1 h, priority +60")]
    [TestCase("""{ "action": "offer", "skills": [{ "skill": "topic:technical", "atLeast": 0.5 }], "offerMinutes": 5, "overflowMinutes": 90, "queue": "technical", "language": false }""",
        "offered to the crowd, topic:technical ≥ 50 %, in any language, 5 min to take it, to staff (technical) after 90 min")]
    [TestCase("""{ "action": "ignore", "reason": "It is spam." }""", "needs no answer: It is spam")]
    [TestCase("""{ "action": "setPriority", "priority": -5 }""", "adds -5 to the priority and goes on with the next rule")]
    [TestCase("""{ "action": "explode" }""", "does what the text says (explode)")]
    [TestCase("7", "nothing that can be read here")]
    public void What_a_rule_does_is_said_in_words(string then, string expected) => Assert.That(RuleWords.Then(JsonNode.Parse(then)), Is.EqualTo(expected));

    [Test]
    public void Every_part_has_words_of_its_own() =>
        Assert.That(ConditionPart.All.Select(RuleWords.Part), Is.Unique.And.None.Contains("."));

    [Test]
    public void Every_built_in_rule_is_said()
    {
        var document = RuleDocument.Read(RuleSetStore.DefaultDocument)!;
        var said = Enumerable.Range(0, document.Count).Select(i => $"{RuleWords.When(ConditionNode.Of(document.Rule(i)))} → {RuleWords.Then(document.Rule(i)!["then"])}");
        Assert.That(said, Is.Unique.And.None.Contains("the text says"));
    }
}
