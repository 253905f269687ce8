using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

/// <summary>The import of many real mentions. They are not part of the repository: the test is skipped where they are missing.</summary>
public sealed class RealMentionsTests
{
    private const int Mentions = 25_792;

    [Test]
    public async Task All_are_routed_and_a_second_import_adds_nothing()
    {
        var file = Path.GetFullPath(Repository.Of("..", "shared", "data", "mentions", "mentions.jsonl.gz"));
        if (!File.Exists(file))
            Assert.Ignore("Needs shared/data/mentions/mentions.jsonl.gz next to the repository.");
        await using var installation = new Installation();

        var first = await installation.IngestAsync(file);
        TestContext.Out.WriteLine(first.ToJsonString());

        Assert.That((int)first["accepted"]! + (int)first["duplicates"]!, Is.EqualTo(Mentions));
        Assert.That((int)first["rejected"]!, Is.Zero);
        Assert.That((int)first["routed"]!, Is.EqualTo((int)first["accepted"]!));
        var exported = await installation.ExportAsync();
        Assert.That(exported, Has.Count.EqualTo((int)first["accepted"]!));
        Assert.That(exported.Select(m => (string?)m["status"]).Distinct(), Is.SubsetOf(new[] { "open", "escalated", "ignored" }));
        Assert.That(exported, Is.All.Matches<System.Text.Json.Nodes.JsonNode>(m => m["score"] is not null && m["decision"] is not null));

        var second = await installation.IngestAsync(file);

        Assert.That((int)second["accepted"]!, Is.Zero);
        Assert.That((int)second["duplicates"]!, Is.EqualTo(Mentions));
    }
}
