using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.Api;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Commands;

public sealed class BacktestCommandTests
{
    private const string EscalateAll = """{ "rules": [{ "id": "all", "then": { "action": "escalate" } }] }""";

    private Installation installation = null!;

    [SetUp]
    public void Install() => installation = new Installation();

    [TearDown]
    public async Task RemoveAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_draft_is_tried_on_what_was_imported_and_changes_nothing()
    {
        await installation.IngestAsync(installation.Write("posts.jsonl", Some.Posts(200, seed: 5)));
        var draft = installation.Write("rules.json", EscalateAll);

        var result = await installation.RunAsync("backtest", draft, "--json");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        var report = JsonNode.Parse(result.Output)!;
        var byTarget = report["byTarget"]!.AsObject();
        var staff = (Before: (int)byTarget["escalate:staff"]!["before"]!, After: (int)byTarget["escalate:staff"]!["after"]!);
        using var all = Assert.EnterMultipleScope();
        Assert.That((int)report["mentions"]!, Is.EqualTo(200));
        Assert.That((double)report["seconds"]!, Is.GreaterThan(0));
        Assert.That(byTarget.Select(t => t.Key), Is.EquivalentTo(["offer", "escalate:staff", "ignore"]));
        Assert.That((byTarget.Sum(t => (int)t.Value!["before"]!), staff.After), Is.EqualTo((200, 200)));
        // As the router decided when they came.
        Assert.That(staff.Before, Is.EqualTo((await installation.ExportAsync()).Count(m => (string?)m["status"] == "escalated")));
    }

    [Test]
    public async Task For_people_there_are_tables()
    {
        await installation.IngestAsync(installation.Write("posts.jsonl", Some.Posts(30, seed: 6)));

        var result = await installation.RunAsync("backtest", installation.Write("rules.json", EscalateAll));

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("30 mentions in ").And.Contain("TARGET").And.Contain("escalate:staff").And.Contain("from offer to escalate:staff"));
    }

    [Test]
    public async Task Without_mentions_it_says_so()
    {
        var result = await installation.RunAsync("backtest", installation.Write("rules.json", RulesTests.OfferAll), "--from", "2026-01-01", "--json");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That((int)JsonNode.Parse(result.Output)!["mentions"]!, Is.Zero);
    }

    [Test]
    public async Task Every_mistake_in_the_rules_is_named_with_its_path()
    {
        var rules = installation.Write("rules.json", """{ "rules": [{ "id": "", "then": { "action": "offer", "priority": 5000 } }, { "id": "b", "when": { "all": [] }, "then": { "action": "offer" } }] }""");

        var result = await installation.RunAsync("backtest", rules, "--json");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.ErrorLines.Select(l => l.Split(':')[0]), Is.EqualTo(["$.rules[0].id", "$.rules[0].then.priority", "$.rules[1].when.all"]));
    }

    [TestCase("no-such-file.json", "no-such-file.json")]
    [TestCase("acme", "rules.json", "--brand", "acme")]
    [TestCase("yesterday", "rules.json", "--from", "yesterday")]
    [TestCase("2026-02-01", "rules.json", "--from", "2026-02-01", "--to", "2026-01-01")]
    public async Task What_is_wrong_is_named_in_one_line(string named, params string[] arguments)
    {
        installation.Write("rules.json", RulesTests.OfferAll);

        var result = await installation.RunAsync(["backtest", .. arguments]);

        Assert.That((result.ExitCode, result.ErrorLines.Count, result.Output), Is.EqualTo((2, 1, "")), result.Errors);
        Assert.That(result.Errors, Does.Contain(named));
    }
}
