using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class AccessTests : ServerTests
{
    [TestCase("me")]
    [TestCase("feed")]
    [TestCase("mentions")]
    [TestCase("queue")]
    [TestCase("rules")]
    [TestCase("leaderboard")]
    public async Task Strangers_are_told_to_sign_in(string path)
    {
        PushTests.IsProblem(await Server.Api().GetAsync(path), HttpStatusCode.Unauthorized);
        PushTests.IsProblem(await Server.Api("c4c_made-up").GetAsync(path), HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_stranger_changes_nothing()
    {
        var id = await OpenMentionAsync(await AgentAsync());

        PushTests.IsProblem(await Server.Api().PostAsync("mentions", Some.Post()), HttpStatusCode.Unauthorized);
        PushTests.IsProblem(await Server.Api().PostAsync($"mentions/{id}/claim"), HttpStatusCode.Unauthorized);
    }

    [TestCase("queue")]
    [TestCase("advocates")]
    [TestCase("rules")]
    public async Task Lists_of_staff_are_not_for_advocates(string path) =>
        PushTests.IsProblem(await (await AdvocateAsync()).GetAsync(path), HttpStatusCode.Forbidden);

    [Test]
    public async Task Work_of_staff_is_not_for_advocates()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();

        PushTests.IsProblem(await advocate.PostAsync("mentions", Some.Post()), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/hand-back"), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await advocate.PostTextAsync("rules", "{}"), HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Only_admins_see_and_replay_failures()
    {
        var agent = await AgentAsync();
        PushTests.IsProblem(await agent.GetAsync("failures"), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await agent.PostAsync("failures/route-mentions_error/replay"), HttpStatusCode.Forbidden);

        var admin = await AdminAsync();
        var failures = await admin.GetAsync("failures");
        Assert.That(((bool?)failures["kept"], failures["queues"]!.AsArray().Count), Is.EqualTo((false, 0)));
        PushTests.IsProblem(await admin.PostAsync("failures/route-mentions_error/replay"), HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Only_admins_publish_rules()
    {
        var agent = await AgentAsync();

        PushTests.IsProblem(await agent.PostTextAsync("rules", RulesTests.OfferAll), HttpStatusCode.Forbidden);
        Assert.That((int?)(await agent.GetAsync("rules"))["version"], Is.Zero);
    }

    [Test]
    public async Task Another_brands_mention_does_not_exist()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        NewBrand();
        var stranger = await AdminAsync();

        PushTests.IsProblem(await stranger.GetAsync($"mentions/{id}"), HttpStatusCode.NotFound);
        foreach (var act in new[] { "claim", "escalate", "hand-back", "resolve" })
            PushTests.IsProblem(await stranger.PostAsync($"mentions/{id}/{act}"), HttpStatusCode.NotFound);
        PushTests.IsProblem(await stranger.PostAsync($"mentions/{id}/reply", new { fence = 1, text = "Hello" }), HttpStatusCode.NotFound);
        PushTests.IsProblem(await stranger.PostAsync($"mentions/{id}/notes", new { text = "Hello" }), HttpStatusCode.NotFound);
        Assert.That((await stranger.GetAsync("mentions"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await stranger.GetAsync("feed"))["open"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task What_is_not_there_is_a_problem_too()
    {
        var agent = await AgentAsync();

        PushTests.IsProblem(await agent.GetAsync($"mentions/{Guid.Empty}"), HttpStatusCode.NotFound);
        PushTests.IsProblem(await agent.GetAsync("mentions/seven"), HttpStatusCode.NotFound);
        PushTests.IsProblem(await agent.GetAsync("nothing"), HttpStatusCode.NotFound);
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_is_for_everybody(string path) =>
        Assert.That((await Server.Api().GetAsync(path)).Status, Is.EqualTo(HttpStatusCode.OK));
}
