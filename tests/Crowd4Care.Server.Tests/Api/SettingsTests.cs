using System.Net;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Api;

public sealed class SettingsTests : ServerTests
{
    [Test]
    public async Task An_admin_reads_and_replaces_the_brands_settings()
    {
        var admin = await AdminAsync();
        var before = await admin.GetAsync("settings");
        Assert.That((int?)before["effective"]!["undoSeconds"]!["value"], Is.EqualTo(10), before.ToString());
        Assert.That((string?)before["effective"]!["undoSeconds"]!["source"], Is.EqualTo("default"));
        Assert.That(before["set"]!["undoSeconds"], Is.Null);

        var after = await admin.PutAsync("settings", new { name = "Lumen", undoSeconds = 25, signature = "— {name}, volunteer" });
        Assert.That(after.Status, Is.EqualTo(HttpStatusCode.OK), after.ToString());
        Assert.That(((int?)after["effective"]!["undoSeconds"]!["value"], (string?)after["effective"]!["undoSeconds"]!["source"]), Is.EqualTo((25, "brand")));
        Assert.That((string?)(await admin.GetAsync("settings"))["set"]!["signature"], Is.EqualTo("— {name}, volunteer"));
    }

    [Test]
    public async Task Mistakes_are_named_and_nothing_is_saved()
    {
        var admin = await AdminAsync();
        var refused = await admin.PutAsync("settings", new { name = "", claimMinutes = 0 });
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.Detail, Does.Contain("name: The brand needs a name.").And.Contains("claimMinutes: 0 is not possible; 1 to 1440 minutes are."));
        Assert.That((string?)refused["errors"]!["claimMinutes"]![0], Does.StartWith("0 is not possible"));
        Assert.That((string?)(await admin.GetAsync("settings"))["set"]!["name"], Is.EqualTo(Brand));
    }

    [Test]
    public async Task Others_than_admins_see_no_settings()
    {
        Assert.That((await (await AgentAsync()).GetAsync("settings")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await AdvocateAsync()).PutAsync("settings", new { name = "Mine" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
