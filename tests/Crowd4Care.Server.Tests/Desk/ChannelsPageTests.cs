using Crowd4Care.Contracts;
using Crowd4Care.Networks;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>How the channels fare, as an admin sees it: live, in plain words, with what to do.</summary>
public sealed class ChannelsPageTests
{
    private const string Password = "correct horse battery";

    private readonly Installation installation = new();
    private RunningServer server = null!;
    private Guid channel;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        // Its stream leads to a closed port.
        channel = await installation.AddBlueskyAsync(new { keywords = new[] { "lamp" } });
        server = await installation.ServeAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_network_that_can_not_be_reached_is_told_with_what_to_do_and_what_was_said()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address, width: 390, height: 844);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/channels");
        var card = window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "listens for lamp" });
        await Expect(card.GetByText("Trying again")).ToBeVisibleAsync();
        await Expect(card.GetByText("Bluesky can’t be reached")).ToBeVisibleAsync();
        await Expect(card.Locator("code")).ToBeHiddenAsync();
        await card.GetByText("What was said").ClickAsync();
        await Expect(card.Locator("code")).ToContainTextAsync("127.0.0.1:9");
        await Expect(card.GetByText("1,232 of 1,232 left")).ToBeVisibleAsync();
        Assert.That(await window.TooWideAsync(), Is.Empty);
    }

    [Test]
    public async Task The_page_follows_without_being_loaded_again_and_keeps_what_is_open()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/channels");
        await window.Page.EvaluateAsync("() => { window.stillThere = true; }");
        var card = window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "listens for lamp" });
        await Expect(card.GetByText("Bluesky can’t be reached")).ToBeVisibleAsync();

        await (await installation.ServicesAsync()).GetRequiredService<ChannelHealthStore>()
            .ReportAsync(channel, ChannelHealthStore.Replies, new ChannelTrouble(TroubleKind.SignIn, "401 AuthenticationRequired: Invalid identifier or password"));
        await Expect(card.GetByText("Needs you")).ToBeVisibleAsync();
        await Expect(card.GetByText("Make a new app password on Bluesky")).ToBeVisibleAsync();
        Assert.That(await window.Page.EvaluateAsync<bool>("() => window.stillThere"), Is.True);
        Assert.That(window.Complaints, Is.Empty);
    }
}
