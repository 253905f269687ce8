using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Replies that wait for staff: the writer in one browser, an agent in another.</summary>
public sealed class ApprovalTests
{
    private readonly Installation installation = new();
    private RunningServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        server = await installation.ServeAsync("--demo");
        await using var admin = await EnterAsync("Alex");
        await admin.GoAsync("/approvals");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Change whose replies wait" }).ClickAsync();
        await admin.Page.GetByLabel("Replies that wait for approval").SelectOptionAsync("5");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await admin.GoAsync("/approvals");
        await Expect(admin.Page.GetByText("Replies of all advocates wait here")).ToBeVisibleAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task A_reply_is_given_back_with_a_reason_mended_and_approved()
    {
        await using var agent = await EnterAsync("Sam");
        await agent.GoAsync("/approvals");
        await using var writer = await ReplyAsync("Turn it off, silly, for once and all.");
        await Expect(writer.Conversation.Answer).ToContainTextAsync("Waits for approval");

        // The demo's people write too, so the card is found by its text; the list grows by a button, as all lists do.
        var card = agent.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "silly" });
        await Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "new" }).Or(card).First).ToBeVisibleAsync();
        await agent.GoAsync("/approvals");
        await card.GetByText("Give back", new() { Exact = true }).ClickAsync();
        await card.GetByLabel("should Ana").FillAsync("Please be kind.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();

        await Expect(writer.Conversation.Answer).ToContainTextAsync("Please be kind.");
        await Expect(writer.Conversation.Reply).ToHaveValueAsync("Turn it off, silly, for once and all.");
        await writer.Conversation.Reply.FillAsync("Please turn it off for once.");
        await SendOf(writer).ClickAsync();
        await Expect(writer.Conversation.Answer).ToContainTextAsync("Waits for approval");

        await agent.GoAsync("/approvals");
        var mended = agent.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "off for once." });
        await mended.GetByRole(AriaRole.Button, new() { Name = "Approve" }).First.ClickAsync();
        await Expect(writer.Conversation.Turns.Filter(new() { HasText = "off for once." })).ToContainTextAsync("Posted");
        Assert.That(agent.Complaints.Concat(writer.Complaints), Is.Empty);
    }

    [Test]
    public async Task What_its_writer_takes_back_is_not_approved()
    {
        await using var writer = await ReplyAsync("An answer to be regretted.");
        await using var agent = await EnterAsync("Sam", script: false);
        await agent.GoAsync("/approvals");
        await writer.Conversation.PressAsync("Take it back");
        await Expect(writer.Conversation.Reply).ToHaveValueAsync("An answer to be regretted.");

        var card = agent.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "regretted" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).First.ClickAsync();
        await Expect(agent.Page.GetByText("took the reply back meanwhile")).ToBeVisibleAsync();
    }

    private static ILocator SendOf(DeskWindow window) => window.Page.GetByRole(AriaRole.Button, new() { Name = "Reply on Demo network" });

    private async Task<DeskWindow> ReplyAsync(string text)
    {
        var window = await EnterAsync("Ana");
        await window.ClaimAnyAsync();
        await window.Conversation.Reply.FillAsync(text);
        await SendOf(window).ClickAsync();
        return window;
    }

    private async Task<DeskWindow> EnterAsync(string name, bool script = true)
    {
        var window = await DeskWindow.OpenAsync(server.Address, script);
        await window.GoAsync("/sign-in");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();
        return window;
    }
}
