using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class RuleVersionsTests : ServerTests
{
    private const string Mine = "{\n  \"rules\": [\n    { \"id\": \"mine\", \"then\": { \"action\": \"offer\" } }\n  ]\n}";

    [Test]
    public async Task A_draft_is_published_and_rolled_back()
    {
        var admin = await AdminAsync();
        Assert.That((int?)(await admin.PostTextAsync("rules", RulesTests.OfferAll))["version"], Is.EqualTo(1));

        Assert.That((int?)(await admin.PostTextAsync("rules/drafts", Mine))["version"], Is.EqualTo(2));
        Assert.That((int?)(await admin.GetAsync("rules"))["version"], Is.EqualTo(1));
        Assert.That((int?)(await admin.PostAsync("rules/versions/2/publish"))["version"], Is.EqualTo(3));
        Assert.That(await InForceAsync(admin), Is.EqualTo((3, "mine")));
        Assert.That((int?)(await admin.PostAsync("rules/versions/1/publish"))["version"], Is.EqualTo(4));
        Assert.That(await InForceAsync(admin), Is.EqualTo((4, "all")));

        var versions = (await (await AgentAsync()).GetAsync("rules/versions")).Body!.AsArray();
        Assert.That(
            versions.Select(v => ((int?)v!["version"], v["publishedAt"] is null, (bool?)v["inForce"], v["author"] is null)),
            Is.EqualTo(new (int?, bool, bool?, bool)[] { (4, false, true, false), (3, false, false, false), (2, true, false, false), (1, false, false, false) }));
    }

    [Test]
    public async Task A_version_is_shown_as_it_was_written()
    {
        var admin = await AdminAsync();
        await admin.PostTextAsync("rules/drafts", Mine);

        Assert.That((string?)(await admin.GetAsync("rules/versions/1"))["document"], Is.EqualTo(Mine));
        Assert.That((string?)(await admin.GetAsync("rules/versions/0"))["document"], Does.Contain("own-posts"));
    }

    [Test]
    public async Task Versions_are_compared_line_by_line()
    {
        var admin = await AdminAsync();
        await admin.PostTextAsync("rules/drafts", Mine);
        await admin.PostTextAsync("rules", Mine.Replace("offer", "escalate", StringComparison.Ordinal));

        var diff = await admin.GetAsync("rules/versions/1/diff?to=2");
        Assert.That(((int?)diff["from"], (int?)diff["to"]), Is.EqualTo((1, 2)));
        Assert.That(diff["lines"]!.AsArray().Select(l => ((string)l!)[..1]), Is.EqualTo(new[] { " ", " ", "-", "+", " ", " " }));
        Assert.That((int?)(await admin.GetAsync("rules/versions/1/diff"))["to"], Is.EqualTo(2));
    }

    [TestCase("rules/versions/7")]
    [TestCase("rules/versions/7/diff?to=0")]
    [TestCase("rules/versions/0/diff?to=7")]
    public async Task A_version_that_is_not_there_is_not_found(string path) => PushTests.IsProblem(await (await AgentAsync()).GetAsync(path), HttpStatusCode.NotFound);

    [Test]
    public async Task A_version_that_is_not_there_is_not_published() =>
        PushTests.IsProblem(await (await AdminAsync()).PostAsync("rules/versions/7/publish"), HttpStatusCode.NotFound);

    [Test]
    public async Task A_draft_with_mistakes_is_refused_with_all_of_them()
    {
        var answer = await (await AdminAsync()).PostTextAsync("rules/drafts", """{ "rules": [{ "id": "", "then": { "action": "offer", "trust": 9 } }] }""");

        PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer["errors"]!.AsObject().Select(e => e.Key), Is.EquivalentTo(["$.rules[0].id", "$.rules[0].then.trust"]));
    }

    [Test]
    public async Task Only_admins_change_something()
    {
        var agent = await AgentAsync();

        PushTests.IsProblem(await agent.PostTextAsync("rules/drafts", Mine), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await agent.PostAsync("rules/versions/0/publish"), HttpStatusCode.Forbidden);
        Assert.That((await agent.GetAsync("rules/versions")).Body!.AsArray(), Is.Empty);
    }

    private static async Task<(int?, string?)> InForceAsync(ApiClient client)
    {
        var current = await client.GetAsync("rules");
        return ((int?)current["version"], (string?)current["document"]!["rules"]![0]!["id"]);
    }
}
