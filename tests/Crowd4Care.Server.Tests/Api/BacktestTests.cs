using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class BacktestTests : ServerTests
{
    private const string EscalateAll = """{ "rules": [{ "id": "all", "then": { "action": "escalate", "queue": "care" } }] }""";

    [Test]
    public async Task A_draft_is_compared_with_the_rules_in_force()
    {
        var admin = await AdminAsync();
        var id = (await admin.PushAsync(Some.Post())).Single();
        await admin.RoutedAsync(id);

        var report = await admin.PostTextAsync("rules/backtest", EscalateAll);

        Assert.That(report.Status, Is.EqualTo(HttpStatusCode.OK), report.ToString());
        using var all = Assert.EnterMultipleScope();
        Assert.That(((int?)report["mentions"], (int?)report["changed"]), Is.EqualTo((1, 1)));
        var change = report["changes"]![0]!;
        Assert.That(((string?)change["from"], (string?)change["to"], (Guid)change["examples"]![0]!["id"]!), Is.EqualTo(("offer", "escalate:care", id)));
        Assert.That((int?)(await admin.GetAsync("rules"))["version"], Is.Zero, "nothing is published");
    }

    [Test]
    public async Task Only_the_period_that_is_asked_for_counts()
    {
        var admin = await AdminAsync();
        await admin.RoutedAsync((await admin.PushAsync(Some.Post())).Single());

        Assert.That((int?)(await admin.PostTextAsync("rules/backtest?from=2020-01-01T00:00:00Z", EscalateAll))["mentions"], Is.EqualTo(1));
        Assert.That((int?)(await admin.PostTextAsync("rules/backtest?from=2020-01-01&to=2020-02-01", EscalateAll))["mentions"], Is.Zero);
        PushTests.IsProblem(await admin.PostTextAsync("rules/backtest?from=yesterday", EscalateAll), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Mistakes_are_refused_with_their_paths()
    {
        var answer = await (await AdminAsync()).PostTextAsync("rules/backtest", """{ "rules": [{ "id": "a", "then": { "action": "explode" } }] }""");

        PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo(["$.rules[0].then.action"]), answer.Text);
    }

    [Test]
    public async Task Only_admins_may()
    {
        foreach (var other in new[] { await AgentAsync(), await AdvocateAsync() })
            Assert.That((await other.PostTextAsync("rules/backtest", EscalateAll)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
