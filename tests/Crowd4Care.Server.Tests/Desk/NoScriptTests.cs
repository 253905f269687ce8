using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>With script switched off every action of a day works, each as a form and a page.</summary>
public sealed class NoScriptTests
{
    private FilledDesk desk = null!;
    private ApiClient staff = null!;

    [SetUp]
    public async Task StartAsync()
    {
        desk = await FilledDesk.StartAsync();
        staff = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Agent, "Watcher"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [Test]
    public async Task An_advocate_claims_answers_gives_back_hands_over_and_searches()
    {
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address, script: false);
        await window.SignInAsync(FilledDesk.Advocate, FilledDesk.Password);

        await window.GoAsync($"/mentions/{desk.Claimed}");
        await window.Conversation.Reply.FillAsync("Splashes are fine.");
        await window.Conversation.Send.ClickAsync();
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "Splashes are fine." })).ToBeVisibleAsync();
        await staff.MentionAsync(desk.Claimed, "answered");

        await window.GoAsync($"/mentions/{desk.Open}");
        await window.Conversation.PressAsync("Claim and answer");
        await staff.MentionAsync(desk.Open, "claimed");
        await window.Conversation.PressAsync("Give back");
        await staff.MentionAsync(desk.Open, "open");
        await window.GoAsync($"/mentions/{desk.Open}");
        await window.Conversation.PressAsync("Claim and answer");
        await window.Conversation.FoldAsync("Hand to staff", "Why should staff take it?", "A price.", "Hand it over");
        await staff.MentionAsync(desk.Open, "escalated");

        await window.GoAsync("/search");
        await window.Page.GetByRole(AriaRole.Searchbox).FillAsync("waterproof");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
    }

    [Test]
    public async Task An_advocate_passes_an_offer()
    {
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address, script: false);
        await window.SignInAsync(FilledDesk.Advocate, FilledDesk.Password);
        // Somebody who is at the desk is offered what comes.
        await using var present = await window.AnotherAsync();
        await present.GoAsync("/feed");
        await Expect(present.Heading("Hello, Ines")).ToBeVisibleAsync();
        await staff.PushAsync(Some.Post(text: "Where can I look at the spring catalogue?", author: "noa"));
        await Poll.UntilAsync(
            async _ =>
            {
                await window.GoAsync("/feed");
                return await window.Page.GetByText("Pass", new() { Exact = true }).CountAsync();
            },
            count => count > 0, "an offer");

        await window.Page.GetByText("Pass", new() { Exact = true }).First.ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "No reason" }).First.ClickAsync();

        await Expect(window.Page.GetByText("Passed on.")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_agent_takes_resolves_and_hands_back()
    {
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address, script: false);
        await window.SignInAsync(FilledDesk.Agent, FilledDesk.Password);

        await window.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "caught fire" }).ClickAsync();
        await window.Conversation.PressAsync("Take it");
        await staff.MentionAsync(desk.Escalated, "claimed");
        await window.Conversation.PressAsync("Resolve");
        await staff.MentionAsync(desk.Escalated, "resolved");

        await window.GoAsync($"/mentions/{desk.Taken}");
        await window.Conversation.FoldAsync("Hand back", "Advice for whoever answers", "It is only steam.", "Back to the crowd");
        await staff.MentionAsync(desk.Taken, "open");
    }
}
