using System.Net;
using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class SkillsTests : ServerTests
{
    [Test]
    public async Task An_answer_that_is_resolved_shows_in_the_advocates_skills()
    {
        var staff = await AgentAsync();
        var id = await OpenMentionAsync(staff);
        var advocate = await AdvocateAsync();
        var me = (Guid)(await advocate.GetAsync("me"))["id"]!;
        var topic = "topic:" + (string)(await staff.MentionAsync(id))["score"]!["heads"]!.AsArray().Single(h => (string?)h!["head"] == "topic")!["label"]!;
        var before = await SkillAsync(staff, me, topic);

        var fence = await advocate.ClaimAsync(id);
        Assert.That((await advocate.PostAsync($"mentions/{id}/reply", new { fence, text = "Yes, we do.", byHand = true })).Status, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Accepted));
        await staff.MentionAsync(id, "answered");
        Assert.That((await staff.PostAsync($"mentions/{id}/resolve")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var after = await Poll.UntilAsync(_ => SkillAsync(advocate, me, topic), s => (int?)s?["outcomes"] == 1, $"an outcome of {topic}");
        Assert.That((double)after!["estimate"]!, Is.GreaterThan((double?)before?["estimate"] ?? 0.2));
        Assert.That((double)after["estimate"]!, Is.InRange((double)after["low"]!, (double)after["high"]!));
    }

    [Test]
    public async Task An_admin_pins_a_skill_and_lets_it_go()
    {
        var admin = await AdminAsync();
        var advocate = await AdvocateAsync();
        var me = (Guid)(await advocate.GetAsync("me"))["id"]!;

        Assert.That((await admin.PutAsync($"advocates/{me}/skills/topic:refund/pin", new { proficiency = 0.75 })).Status, Is.EqualTo(HttpStatusCode.NoContent));
        var pinned = await SkillAsync(advocate, me, "topic:refund");
        Assert.That(((double?)pinned!["proficiency"], (double?)pinned["pinned"], (string?)pinned["pinnedBy"]), Is.EqualTo(((double?)0.75, (double?)0.75, "Ada")));

        Assert.That((await admin.DeleteAsync($"advocates/{me}/skills/topic:refund/pin")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await SkillAsync(advocate, me, "topic:refund"), Is.Null);
        PushTests.IsProblem(await admin.DeleteAsync($"advocates/{me}/skills/topic:refund/pin"), HttpStatusCode.NotFound);
    }

    [TestCase("refund", 0.5, "skill: \"refund\" is not a skill")]
    [TestCase("topic:refund", 1.5, "proficiency is 1.5; 0 to 1 is expected.")]
    [TestCase("topic:refund", null, "proficiency is missing; 0 to 1 is expected.")]
    public async Task What_can_not_be_is_a_problem_that_says_why(string skill, double? proficiency, string words)
    {
        var admin = await AdminAsync();
        var me = (Guid)(await admin.GetAsync("me"))["id"]!;
        var answer = await admin.PutAsync($"advocates/{me}/skills/{skill}/pin", new { proficiency });
        PushTests.IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.That(answer.Detail, Does.StartWith(words));
    }

    [Test]
    public async Task Advocates_see_their_own_and_pin_nothing()
    {
        var (first, second) = (await AdvocateAsync("First"), await AdvocateAsync("Second"));
        var other = (Guid)(await second.GetAsync("me"))["id"]!;
        PushTests.IsProblem(await first.GetAsync($"advocates/{other}/skills"), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await first.PutAsync($"advocates/{other}/skills/topic:refund/pin", new { proficiency = 0.1 }), HttpStatusCode.Forbidden);
        PushTests.IsProblem(await (await AgentAsync()).PutAsync($"advocates/{other}/skills/topic:refund/pin", new { proficiency = 0.1 }), HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Another_brands_people_are_not_there()
    {
        var other = (Guid)(await (await AdvocateAsync()).GetAsync("me"))["id"]!;
        NewBrand();
        var stranger = await AdminAsync();
        PushTests.IsProblem(await stranger.GetAsync($"advocates/{other}/skills"), HttpStatusCode.NotFound);
        PushTests.IsProblem(await stranger.PutAsync($"advocates/{other}/skills/topic:refund/pin", new { proficiency = 0.1 }), HttpStatusCode.NotFound);
    }

    private static async Task<JsonNode?> SkillAsync(ApiClient who, Guid person, string skill) =>
        (await who.GetAsync($"advocates/{person}/skills")).Body!.AsArray().FirstOrDefault(s => (string?)s!["skill"] == skill);
}
