using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class ExportCommandTests
{
    [Test]
    public async Task Each_mention_is_an_object_with_status_score_and_decision()
    {
        await using var installation = new Installation();
        installation.Write("mentions.jsonl", """
            {"id":"1","network":"example","author":{"handle":"zoe","name":"Zoë"},"text":"Hello, do you ship the blue lamp to Ireland?"}
            {"id":"2","network":"example","author":{"handle":"amir"},"text":"Your lamp caught fire on my desk."}
            {"id":"3","network":"example","author":{"handle":"eve"},"text":"RT @zoe: Hello, do you ship"}
            """);
        await installation.IngestAsync("mentions.jsonl");

        var mentions = (await installation.ExportAsync()).ToDictionary(m => (string)m["externalId"]!);

        Assert.That(mentions.Keys, Is.EquivalentTo(["1", "2", "3"]));
        Assert.That(mentions.Values.Select(m => Guid.TryParse((string?)m["id"], out _)), Is.All.True);
        Assert.That(mentions.Values.Select(m => (string?)m["network"]), Is.All.EqualTo("example"));
        Assert.That(mentions["1"]["text"]!.GetValue<string>(), Is.EqualTo("Hello, do you ship the blue lamp to Ireland?"));
        Assert.That((string?)mentions["1"]["author"]!["name"], Is.EqualTo("Zoë"));
        Assert.That(Outcome(mentions["1"]), Is.EqualTo(("open", "waiting", "everything-else")));
        Assert.That(Outcome(mentions["2"]), Is.EqualTo(("escalated", "escalated", "safety-and-law")));
        Assert.That(Outcome(mentions["3"]), Is.EqualTo(("ignored", "ignored", "reposts")));
        Assert.That((string?)mentions["2"]["queue"], Is.EqualTo("staff"));
        foreach (var mention in mentions.Values)
        {
            Assert.That((string?)mention["score"]!["modelVersion"], Is.Not.Empty);
            Assert.That(mention["score"]!["heads"]!.AsArray().Select(h => (string)h!["head"]!), Is.SupersetOf(new[] { "language", "sentiment", "anger", "toxicity", "topic" }));
            Assert.That((string?)mention["decision"]!["explanation"], Is.Not.Empty);
        }
    }

    [Test]
    public async Task Nothing_stored_is_nothing_printed()
    {
        await using var installation = new Installation();

        var result = await installation.RunAsync("export", "mentions");

        Assert.That((result.ExitCode, result.Output, result.Errors), Is.EqualTo((0, "", "")));
    }

    private static (string? Status, string? Outcome, string? Rule) Outcome(JsonNode mention) =>
        ((string?)mention["status"], (string?)mention["decision"]!["outcome"], (string?)mention["decision"]!["rule"]);
}
