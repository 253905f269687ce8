using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class CorrectionTests : ServerTests
{
    [Test]
    public async Task Staff_correct_and_confirm_and_read_it_all_page_by_page()
    {
        var staff = await AgentAsync();
        var id = await OpenMentionAsync(staff);
        var given = (await staff.MentionAsync(id))["score"]!["heads"]!.AsArray().Single(h => (string?)h!["head"] == "sentiment")!;

        Assert.That((await staff.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "refund" })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await staff.PostAsync($"mentions/{id}/corrections", new { head = "sentiment", label = (string)given["label"]! })).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var first = await staff.GetAsync("corrections?limit=1");
        var second = await staff.GetAsync($"corrections?limit=1&after={first["next"]}");
        var items = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(c => c!).ToList();
        Assert.That(items.Select(c => ((Guid)c["mentionId"]!, (string?)c["head"], (string?)c["label"], (string?)c["personName"])),
            Is.EqualTo([(id, "topic", "refund", "Olga"), (id, "sentiment", (string?)given["label"], "Olga")]));
        Assert.That((string?)items[1]["given"], Is.EqualTo((string?)given["label"]));
        Assert.That((string?)items[0]["text"], Does.Contain("Ireland"));
        Assert.That((string?)items[0]["modelVersion"], Is.Not.Empty);
        Assert.That((await staff.MentionAsync(id))["history"]!.AsArray().Select(h => (string?)h!["kind"]), Does.Contain("score.corrected").And.Contain("score.confirmed"));
    }

    [Test]
    public async Task Advocates_speak_of_what_they_claimed()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        var advocate = await AdvocateAsync();
        PushTests.IsProblem(await advocate.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "refund" }), HttpStatusCode.Conflict);

        await advocate.ClaimAsync(id);

        Assert.That((await advocate.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "refund" })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await advocate.GetAsync("corrections")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("mood", "grumpy", "head: \"mood\" is unknown; one of language, sentiment")]
    [TestCase("sentiment", "grumpy", "label: \"grumpy\" is unknown; one of negative, neutral, positive is expected.")]
    [TestCase(null, null, "head: \"\" is unknown")]
    public async Task What_is_unknown_is_a_problem_that_names_what_is_known(string? head, string? label, string words)
    {
        var staff = await AgentAsync();
        var answer = await staff.PostAsync($"mentions/{await OpenMentionAsync(staff)}/corrections", new { head, label });
        PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer.Detail, Does.StartWith(words));
    }

    [Test]
    public async Task Another_brands_mention_is_not_there()
    {
        var id = await OpenMentionAsync(await AgentAsync());
        NewBrand();
        var stranger = await AgentAsync();
        PushTests.IsProblem(await stranger.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "refund" }), HttpStatusCode.NotFound);
        Assert.That((await stranger.GetAsync("corrections"))["items"]!.AsArray(), Is.Empty);
        PushTests.IsProblem(await stranger.GetAsync("corrections?limit=0"), HttpStatusCode.BadRequest);
    }
}
