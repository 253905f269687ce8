using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>What somebody sees who starts the program for the first time.</summary>
public sealed class DemoTests
{
    private const float AMinute = 60_000;

    [Test]
    public async Task Within_a_minute_there_are_mentions_for_each_role_after_one_click()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        await using var installation = new Installation();
        await using var server = await installation.ServeAsync("--demo");

        await using var advocate = await EnterAsync("Ana");
        await Expect(advocate.Page.GetByRole(AriaRole.Article).First).ToBeVisibleAsync(new() { Timeout = AMinute });
        await advocate.ClaimAnyAsync();
        await advocate.Conversation.Reply.FillAsync("Thank you for telling us. Have you tried to turn it off and on again?");
        await advocate.Page.GetByRole(AriaRole.Button, new() { Name = "Reply on Demo network" }).ClickAsync();
        await Expect(advocate.Conversation.Turns.Filter(new() { HasText = "turn it off and on again" })).ToContainTextAsync("Posted");

        await using var agent = await EnterAsync("Sam");
        await Expect(agent.Page.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).Filter(new() { Has = agent.Page.GetByTitle("Priority") }).First)
            .ToBeVisibleAsync(new() { Timeout = AMinute });

        await using var admin = await EnterAsync("Alex");
        await admin.GoAsync("/admin/people");
        await Expect(admin.Heading("People")).ToBeVisibleAsync();
        Assert.That(advocate.Complaints.Concat(agent.Complaints).Concat(admin.Complaints), Is.Empty);

        async Task<DeskWindow> EnterAsync(string name)
        {
            var window = await DeskWindow.OpenAsync(server.Address);
            await window.GoAsync("/sign-in");
            await window.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
            await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();
            return window;
        }
    }
}
