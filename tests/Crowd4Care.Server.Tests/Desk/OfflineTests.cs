using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The desk can be installed, says when it is offline, loses no draft, and keeps nothing of anybody's on the device.</summary>
public sealed class OfflineTests
{
    [Test]
    public async Task A_draft_survives_and_nothing_of_anybody_is_kept()
    {
        await using var desk = await FilledDesk.StartAsync();
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address);
        await window.SignInAsync(FilledDesk.Advocate, FilledDesk.Password);
        await window.GoAsync($"/mentions/{desk.Claimed}");
        await window.Conversation.Reply.FillAsync("Splashes are fine.");
        await window.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await window.Page.ReloadAsync();
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Splashes are fine.");

        await window.ListeningAsync();
        await window.SetOfflineAsync(true);
        await Expect(window.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await Expect(window.Heading("You are offline")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("The reply that you were writing is kept on this device.")).ToBeVisibleAsync();

        await window.SetOfflineAsync(false);
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Splashes are fine.");
        var kept = await window.Page.EvaluateAsync<string[]>(
            "async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => new URL(r.url).pathname)))).flat()");
        Assert.That(kept, Is.Not.Empty.And.All.Match(@"^/(css/|js/|offline\.html|favicon\.)"));
    }

    [Test]
    public async Task The_banner_goes_when_the_connection_is_back()
    {
        await using var desk = await FilledDesk.StartAsync();
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address);
        await window.SignInAsync(FilledDesk.Agent, FilledDesk.Password);
        await Expect(window.Heading("Queue")).ToBeVisibleAsync();

        await window.ListeningAsync();
        await window.SetOfflineAsync(true);
        await Expect(window.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await window.SetOfflineAsync(false);
        await Expect(window.Page.GetByText("You are offline.")).ToBeHiddenAsync();
    }

    [Test]
    public async Task It_can_be_installed()
    {
        await using var desk = await FilledDesk.StartAsync();
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address);
        await window.GoAsync("/sign-in");

        var manifest = await ReadAsync(window, await window.Page.Locator("link[rel=manifest]").GetAttributeAsync("href"));
        using var document = JsonDocument.Parse(await manifest.TextAsync());
        Assert.That(manifest.Headers["content-type"], Does.StartWith("application/manifest+json"));
        Assert.That(document.RootElement.GetProperty("display").GetString(), Is.EqualTo("standalone"));
        var icons = document.RootElement.GetProperty("icons").EnumerateArray().ToList();
        Assert.That(icons.Select(i => i.GetProperty("sizes").GetString()), Is.SupersetOf(new[] { "192x192", "512x512" }));
        foreach (var icon in icons)
            Assert.That((await ReadAsync(window, icon.GetProperty("src").GetString())).Headers["content-type"], Is.EqualTo(icon.GetProperty("type").GetString()));
    }

    private static async Task<IAPIResponse> ReadAsync(DeskWindow window, string? path)
    {
        var answer = await window.Page.APIRequest.GetAsync(new Uri(window.Server, path).ToString());
        Assert.That(answer.Ok, Is.True, path);
        return answer;
    }
}
