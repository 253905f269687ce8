using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An admin tries a draft on what there was, before it is in force.</summary>
public sealed class BacktestPageTests
{
    private const string Password = "correct horse battery";
    private const string EscalateAll = """{ "rules": [{ "id": "all", "then": { "action": "escalate", "queue": "care" } }] }""";

    [TestCase(true, 1280)]
    [TestCase(false, 390)]
    public async Task An_admin_sees_what_a_draft_would_change(bool script, int width)
    {
        await using var installation = new Installation();
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        await using var server = await installation.ServeAsync();
        var staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
        await staff.RoutedAsync((await staff.PushAsync(Some.Post(text: $"Do you ship the blue lamp? {new string('m', 100)}"))).Single());
        await using var window = await DeskWindow.OpenAsync(server.Address, script, width);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/rules");

        await window.Page.GetByLabel("Rule set").FillAsync(EscalateAll);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Try on past mentions" }).ClickAsync();

        var report = window.Page.GetByRole(AriaRole.Region, new() { Name = "Tried on 1 past mention" });
        await Expect(report.GetByText("0.0 % → 100.0 %")).ToBeVisibleAsync();
        await Expect(report.GetByRole(AriaRole.Row, new() { Name = "To staff: care 0 1 +1" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByLabel("Rule set")).ToHaveValueAsync(EscalateAll);
        await Expect(window.Page.GetByText("the built-in rules", new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.That(await window.TooWideAsync(), Is.Empty);

        await report.GetByRole(AriaRole.Link, new() { Name = "Do you ship the blue lamp?" }).ClickAsync();
        await Expect(window.Conversation.Turns).ToHaveCountAsync(1);
        Assert.That(window.Complaints, Is.Empty);
    }
}
