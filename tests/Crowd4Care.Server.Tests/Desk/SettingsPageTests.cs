using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An admin's settings: validated at their fields, in the journal, and counting at once.</summary>
public sealed class SettingsPageTests
{
    private const string Password = "correct horse battery";

    private readonly Installation installation = new();
    private RunningServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        server = await installation.ServeAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_wrong_is_said_at_its_field_and_what_is_right_counts_and_is_told(bool script)
    {
        await using var window = await DeskWindow.OpenAsync(server.Address, script);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/settings");
        var (undo, name, save) = (window.Page.GetByLabel("Time to take a reply back"), window.Page.GetByLabel("Name", new() { Exact = true }), window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }));

        await name.FillAsync($"Lumen {script}");
        await undo.FillAsync("301");
        await save.ClickAsync();
        await Expect(undo).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("301 is not possible; 0 to 300 seconds are"));
        await Expect(undo).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(name).ToHaveValueAsync($"Lumen {script}");

        await undo.FillAsync(script ? "25" : "26");
        await window.Page.GetByLabel("Signature and disclosure").FillAsync($"— {{name}} {script}");
        await save.ClickAsync();
        await Expect(window.Page.GetByText("settings changed, and count from now on")).ToBeVisibleAsync();
        await Expect(undo).ToHaveValueAsync(script ? "25" : "26");
        await Expect(window.Page.GetByText($"What Lumen {script} decides for itself")).ToBeVisibleAsync();

        await window.GoAsync("/admin/journal?kind=brand.changed");
        await Expect(window.Page.GetByText($"Ada Winter changed the seconds to take a reply back: {(script ? "as usual → 25" : "25 → 26")}").Or(window.Page.GetByText("as usual → 26")).First).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Where_a_value_comes_from_is_said()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/settings");
        var field = window.Page.Locator(".setting").Filter(new() { HasText = "How long a claim lasts" });
        await Expect(field).ToContainTextAsync("Default");
        await Expect(field.GetByRole(AriaRole.Spinbutton)).ToHaveAttributeAsync("placeholder", "20");
        await field.GetByRole(AriaRole.Spinbutton).FillAsync("35");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(field).ToContainTextAsync("Set here");
        await field.GetByRole(AriaRole.Spinbutton).FillAsync("");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(field).ToContainTextAsync("Default");
    }
}
