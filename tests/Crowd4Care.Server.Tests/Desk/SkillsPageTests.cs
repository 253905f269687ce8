using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Everybody sees how well an advocate has their skills, how sure that is, and what it follows from.</summary>
public sealed class SkillsPageTests
{
    private const string Password = "correct horse battery";

    [TestCase(true, 1280)]
    [TestCase(false, 390)]
    public async Task An_admin_pins_a_skill_and_the_advocate_sees_it(bool script, int width)
    {
        await using var installation = new Installation();
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new PersonSkill("lang:en", 1), new PersonSkill("topic:billing", 0.5));
        await using var server = await installation.ServeAsync();

        await using var window = await DeskWindow.OpenAsync(server.Address, script, width);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/people");
        await window.Page.GetByText("Ines Roth").First.ClickAsync();
        var panel = window.Page.GetByRole(AriaRole.Region, new() { Name = "Skills of Ines Roth" });
        await Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Billing" })).ToContainTextAsync("25–75 %, no outcomes yet · declared 50 %");

        await panel.GetByLabel("Pin a skill").FillAsync("topic:billing");
        await panel.GetByLabel("At, in percent").FillAsync("85");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Billing" })).ToContainTextAsync("Pinned by Ada Winter; estimated 50 %");
        Assert.That(await window.TooWideAsync(), Is.Empty);

        await using var advocate = await DeskWindow.OpenAsync(server.Address, script, width);
        await advocate.SignInAsync("ines", Password);
        await advocate.GoAsync("/points");
        var own = advocate.Page.GetByRole(AriaRole.Region, new() { Name = "Your skills" });
        await Expect(own.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Billing" })).ToContainTextAsync("85 %");
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Unpin" })).ToHaveCountAsync(0);
        Assert.That(await advocate.TooWideAsync(), Is.Empty);

        await panel.GetByRole(AriaRole.Button, new() { Name = "Unpin topic:billing" }).ClickAsync();
        await Expect(panel.GetByText("pinned by")).ToHaveCountAsync(0);
        Assert.That(window.Complaints.Concat(advocate.Complaints), Is.Empty);
    }

    [Test]
    public async Task An_advocate_sees_what_came_of_their_answer()
    {
        await using var installation = new Installation();
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new PersonSkill("lang:en", 1));
        var agent = await installation.AddKeyAsync(Role.Agent, "Olga");
        await using var server = await installation.ServeAsync();
        var staff = server.Api(agent);
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.RoutedAsync(id);

        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await window.Feed.ClaimAsync("blue lamp");
        await window.Conversation.Reply.FillAsync("Yes, we do.");
        await window.Conversation.Send.ClickAsync();
        await staff.MentionAsync(id, "answered");
        await staff.PostAsync($"mentions/{id}/resolve");

        var own = window.Page.GetByRole(AriaRole.Region, new() { Name = "Your skills" });
        await Poll.UntilAsync(
            async _ =>
            {
                await window.GoAsync("/points");
                return await own.GetByText("What they follow from").CountAsync();
            },
            count => count == 1, "outcomes on the page");
        await own.GetByText("What they follow from").ClickAsync();
        await Expect(own.GetByText("Somebody else closed it after the answer").First).ToBeVisibleAsync();
        await Expect(own.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "English" })).ToContainTextAsync("from 1 outcome");
        Assert.That(window.Complaints, Is.Empty);
    }
}
