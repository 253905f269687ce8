using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class TemplatesTests : ServerTests
{
    [Test]
    public async Task Staff_keep_templates_and_everybody_of_the_brand_reads_them()
    {
        var agent = await AgentAsync();
        var added = await agent.PostAsync("templates", new { name = "Welcome", text = "Hello {author}", languages = new[] { "en" } });
        Assert.That(added.Status, Is.EqualTo(HttpStatusCode.Created), added.ToString());
        var changed = await agent.PutAsync($"templates/{added["id"]}", new { name = "Welcome", text = "Hi {author}", topics = new[] { "billing" } });
        Assert.That((changed.Status, (string?)changed["text"]), Is.EqualTo((HttpStatusCode.OK, "Hi {author}")));

        var advocate = await AdvocateAsync();
        var list = await advocate.GetAsync("templates");
        Assert.That(list.Body!.AsArray().Select(t => (string?)t!["topics"]![0]), Is.EqualTo(new[] { "billing" }));
        Assert.That((await advocate.PostAsync("templates", new { name = "Mine", text = "No" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));

        Assert.That((await agent.DeleteAsync($"templates/{added["id"]}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await agent.DeleteAsync($"templates/{added["id"]}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_placeholder_that_means_nothing_is_refused()
    {
        var refused = await (await AgentAsync()).PostAsync("templates", new { name = "Welcome", text = "Hello {autor}" });
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.Detail, Does.Contain("{autor} is no placeholder"));
    }

    [Test]
    public async Task Only_staff_see_what_waits_for_approval()
    {
        Assert.That((await (await AgentAsync()).GetAsync("approvals")).Body!.AsArray(), Is.Empty);
        Assert.That((await (await AdvocateAsync()).GetAsync("approvals")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await AgentAsync("Olaf")).PostAsync($"approvals/{Guid.Empty}/approve")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_reply_can_not_be_held_for_hours()
    {
        var advocate = await AdvocateAsync();
        var refused = await advocate.PostAsync($"mentions/{Guid.Empty}/reply", new { fence = 1, text = "Hello", holdSeconds = 7200 });
        Assert.That(refused.Detail, Is.EqualTo("holdSeconds: 7200 is not between 0 and 300."));
    }
}
