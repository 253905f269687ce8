using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class MentionListTests : ServerTests
{
    [Test]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var agent = await AgentAsync();
        var ids = await agent.PushAsync([.. Enumerable.Range(0, 25).Select(_ => Some.Post())]);

        var seen = new List<Guid>();
        var sizes = new List<int>();
        string? after = null;
        do
        {
            var page = await agent.GetAsync($"mentions?limit=10{after}");
            var items = page["items"]!.AsArray();
            sizes.Add(items.Count);
            seen.AddRange(items.Select(m => (Guid)m!["id"]!));
            after = page["next"] is { } next ? $"&after={next}" : null;
        }
        while (after is not null);

        Assert.That(seen, Is.Unique.And.EquivalentTo(ids));
        Assert.That(sizes, Is.EqualTo([10, 10, 5]));
    }

    [Test]
    public async Task A_status_narrows_the_list()
    {
        var agent = await AgentAsync();
        var ids = await agent.PushAsync(Some.Post(), Some.Danger());
        foreach (var id in ids)
            await agent.RoutedAsync(id);

        var escalated = await agent.GetAsync("mentions?status=escalated");

        Assert.That(escalated["items"]!.AsArray().Select(m => (Guid)m!["id"]!), Is.EqualTo([ids[1]]));
    }

    [TestCase("limit=0", "limit is 0")]
    [TestCase("limit=501", "limit is 501")]
    [TestCase("status=lost", "status \"lost\"")]
    public async Task A_wrong_value_is_named(string query, string named)
    {
        var answer = await (await AgentAsync()).GetAsync($"mentions?{query}");

        PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer.Detail, Does.Contain(named));
    }

    [TestCase("limit=many")]
    [TestCase("after=yesterday")]
    public async Task A_value_of_the_wrong_kind_is_a_problem(string query) =>
        PushTests.IsProblem(await (await AgentAsync()).GetAsync($"mentions?{query}"), HttpStatusCode.BadRequest);

    [Test]
    public async Task An_act_on_an_older_version_is_refused()
    {
        var agent = await AgentAsync();
        var id = await OpenMentionAsync(agent);
        var version = (await agent.GetAsync($"mentions/{id}")).ETag;
        Assert.That(version, Does.Match("^\"[0-9]+\"$"));

        var first = await agent.PostAsync($"mentions/{id}/claim", ifMatch: version);
        var second = await agent.PostAsync($"mentions/{id}/resolve", ifMatch: version);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK), first.ToString());
        PushTests.IsProblem(second, HttpStatusCode.PreconditionFailed);
        var now = await agent.GetAsync($"mentions/{id}");
        Assert.That(now.ETag, Is.Not.EqualTo(version));
        Assert.That(second.Detail, Does.Contain(now.ETag));
        Assert.That((await agent.PostAsync($"mentions/{id}/resolve", ifMatch: now.ETag)).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Reading_changes_no_version()
    {
        var agent = await AgentAsync();
        var id = await OpenMentionAsync(agent);

        Assert.That((await agent.GetAsync($"mentions/{id}")).ETag, Is.EqualTo((await agent.GetAsync($"mentions/{id}")).ETag));
    }
}
