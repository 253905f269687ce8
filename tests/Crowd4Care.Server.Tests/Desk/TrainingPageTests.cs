using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An admin lets the classifier learn from what people corrected, and sees what comes of it.</summary>
public sealed class TrainingPageTests
{
    private const string Password = "correct horse battery";

    private readonly Installation installation = new();
    private RunningServer server = null!;
    private ApiClient staff = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        server = await installation.ServeAsync();
        staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task With_too_few_corrections_it_is_said_how_many_are_needed_and_with_enough_it_learns_live()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/classifier");
        var panel = window.Page.GetByRole(AriaRole.Region, new() { Name = "Versions" });
        var button = panel.GetByRole(AriaRole.Button, new() { Name = "Learn from corrections now" });
        await Expect(panel.GetByText("Too few corrections to learn from yet.")).ToBeVisibleAsync();
        await Expect(panel.GetByText("about 67 more mentions")).ToBeVisibleAsync();
        await Expect(button).ToHaveCountAsync(0);

        await CorrectAsync(120);
        // The panel notices by itself.
        await button.ClickAsync();
        await Expect(panel.GetByText("Better, and live")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(panel.GetByText("Ada Winter’s training")).ToBeVisibleAsync();
        await Expect(panel.GetByText("Better: right on ").First).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Row).Filter(new() { HasText = "Topic" }).First).ToContainTextAsync("→");
        await Expect(window.Page.GetByText("and live since")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);

        await using var plain = await DeskWindow.OpenAsync(server.Address, script: false);
        await plain.SignInAsync("ada", Password);
        await plain.GoAsync("/admin/classifier");
        await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Learn from corrections now" }).ClickAsync();
        await Expect(plain.Page.GetByText("It begins in a moment")).ToBeVisibleAsync();
        await Expect(panel.GetByText("There is nothing to learn").Or(panel.GetByText("Not better")).First).ToBeVisibleAsync(new() { Timeout = 120_000 });
    }

    private async Task CorrectAsync(int count)
    {
        var ids = await staff.PushAsync([.. Enumerable.Range(0, count).Select(i => Some.Post(text: $"{(i % 2 == 0 ? "My" : "Well, the")} glimmerbox {i % 16} again, number {i / 16}", author: $"author-{i}"))]);
        await staff.RoutedAsync(ids[^1]);
        foreach (var id in ids)
        {
            await staff.RoutedAsync(id);
            var saved = await staff.PostAsync($"mentions/{id}/corrections", new { head = "topic", label = "cancellation" });
            Assert.That((int)saved.Status, Is.InRange(200, 299), saved.ToString());
        }
    }
}
