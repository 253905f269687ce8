using System.Net;
using System.Text.Json.Nodes;
using Crowd4Care.Server.Tests.Desk;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Health;

public sealed class HealthTests
{
    private const string Password = "a long password of hers";

    private Installation installation = null!;

    [SetUp]
    public void Start() => installation = new Installation();

    [TearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_server_of_its_own_is_ready()
    {
        var server = await installation.ServeAsync();
        var health = await Poll.UntilAsync(_ => ReadyAsync(server), h => (string?)h["status"] == "ok", "health");
        Assert.That(health["parts"]!.AsObject().Select(p => p.Key), Is.EqualTo(new[] { "bus", "classifier", "database", "state" }));
        Assert.That(health["parts"]!["database"]!["since"]!.GetValue<DateTimeOffset>(), Is.GreaterThan(DateTimeOffset.UnixEpoch));
    }

    [Test]
    public async Task With_Redis_away_it_works_says_so_and_names_no_address()
    {
        installation.Settings["State:Redis"] = "127.0.0.1:9";
        var server = await installation.ServeAsync();
        var health = await Poll.UntilAsync(_ => ReadyAsync(server), h => Part(h, "state") == "degraded" && Part(h, "bus") == "ok", "health");
        Assert.That((string?)health["status"], Is.EqualTo("degraded"));
        Assert.That(health.ToJsonString(), Does.Not.Contain("127.0.0.1"));
        Assert.That((string?)health["parts"]!["state"]!["do"], Does.Contain("State:Redis"));

        var advocate = server.Api(await installation.AddKeyAsync(Contracts.Role.Advocate, "Ines", "default", new Community.PersonSkill("lang:en", 1)));
        await advocate.GetAsync("me");
        var admin = server.Api(await installation.AddKeyAsync(Contracts.Role.Admin, "Ada", "default"));
        var id = (await admin.PushAsync(Some.Post())).Single();
        await admin.MentionAsync(id, "open");
        Assert.That((await admin.GetAsync("advocates")).ToString(), Does.Contain("\"present\":true"));
    }

    [Test]
    public async Task An_admin_reads_what_is_the_matter_and_what_waits()
    {
        installation.Settings["State:Redis"] = "127.0.0.1:9";
        await installation.AddAccountAsync(Contracts.Role.Admin, "ada", "Ada", Password);
        var server = await installation.ServeAsync();
        await using var window = await (await DeskWindow.OpenAsync(server.Address)).SignInAsync("ada", Password);
        await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();
        await Poll.UntilAsync(_ => ReadyAsync(server), h => Part(h, "state") == "degraded" && Part(h, "bus") == "ok", "health");
        await window.GoAsync("/admin/health");
        await Expect(window.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "a part is missing" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Shared state" })).ToContainTextAsync("State:Redis");
        await Expect(window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Replies on their way" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Health" })).ToHaveAttributeAsync("aria-current", "page");
        Assert.That(window.Complaints, Is.Empty);
    }

    private static async Task<JsonNode> ReadyAsync(RunningServer server)
    {
        var response = await server.Api().GetAsync("/health/ready");
        Assert.That(response.Status, Is.EqualTo(HttpStatusCode.OK));
        return response.Body!;
    }

    private static string? Part(JsonNode health, string name) => (string?)health["parts"]![name]!["status"];
}
