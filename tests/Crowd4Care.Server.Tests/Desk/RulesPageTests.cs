using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An admin changes rules without fear: drafts, what differs, the way back.</summary>
public sealed class RulesPageTests
{
    private const string Password = "correct horse battery";
    private const string Draft = """{ "rules": [{ "id": "all", "then": { "action": "ignore" } }, { "id": "never", "then": { "action": "offer" } }] }""";

    [TestCase(true, 1280)]
    [TestCase(false, 390)]
    public async Task An_admin_keeps_a_draft_puts_it_in_force_and_goes_back(bool script, int width)
    {
        await using var installation = new Installation();
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        await using var server = await installation.ServeAsync();
        await using var window = await DeskWindow.OpenAsync(server.Address, script, width);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/rules");

        await window.Page.GetByLabel("Rule set").FillAsync(Draft.Replace("offer", "escalate"));
        await Press(window, "Check only");
        await Expect(window.Page.GetByText("is never reached")).ToHaveCountAsync(2);

        await window.Page.GetByLabel("Rule set").FillAsync(Draft);
        await Press(window, "Keep as a draft");
        await Expect(window.Page.GetByText("Kept as version 1. It is not in force.")).ToBeVisibleAsync();
        await Expect(window.Page.GetByLabel("What differs, line by line")).ToContainTextAsync("+" + Draft);
        await Expect(window.Page.GetByText("the built-in rules", new() { Exact = true }).First).ToBeVisibleAsync();

        await Press(window, "Put in force");
        await Expect(window.Page.GetByText("Version 2 is in force, with the rules of version 1.")).ToBeVisibleAsync();
        Assert.That(await window.TooWideAsync(), Is.Empty);

        await Press(window, "the built-in rules");
        await Expect(window.Page.GetByText("Version 3 is in force, with the rules of the start.")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    private static Task Press(DeskWindow window, string button) => window.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
}
