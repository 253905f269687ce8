using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Notifications of the browser: asked for on a click, told from one tab while none is seen, and leading to the mention.</summary>
public sealed class NotifyTests
{
    private const string Password = "correct horse battery";

    // The browser's own notifications, which no test can see, are noted; whether a tab is before somebody is what the test says.
    private const string Note =
        """
        window.said = [];
        const Real = window.Notification;
        window.Notification = class extends Real {
          constructor(title, options) { super(title, options); window.said.push({ title, body: options.body, tag: options.tag }); window.last = this; }
        };
        Object.defineProperty(document, "hidden", { get: () => sessionStorage.getItem("away") === "yes" });
        """;

    private readonly Installation installation = new();
    private RunningServer server = null!;
    private ApiClient staff = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new PersonSkill("lang:en", 1));
        await installation.AddAccountAsync(Role.Agent, "olga", "Olga Berg", Password);
        server = await installation.ServeAsync();
        staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task Staff_who_look_elsewhere_are_told_of_what_comes_and_a_click_opens_it()
    {
        await using var window = await OpenAsync("olga");
        await SwitchOnAsync(window);
        await window.GoAsync("/queue");
        await window.ListeningAsync();
        await StreamAsync(window);
        await LookAwayAsync(window);

        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        var told = await ToldAsync(window, 1);
        Assert.That(told[0].GetProperty("title").GetString(), Does.EndWith(": new for staff"));
        Assert.That(told[0].GetProperty("body").GetString(), Is.EqualTo("Open it to see what it is about."), "discreet unless somebody wants more");

        await window.Page.EvaluateAsync("() => window.last.dispatchEvent(new Event('click'))");
        await window.Page.WaitForURLAsync($"**/mentions/{id}");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_offer_is_told_by_one_tab_and_with_its_words_where_somebody_wants_them()
    {
        await using var window = await OpenAsync("ines");
        await SwitchOnAsync(window);
        await window.Page.GetByLabel("Discreet").UncheckAsync();
        await window.GoAsync("/feed");
        await StreamAsync(window);
        // A tab from after: it hears through the first.
        var second = await window.Page.Context.NewPageAsync();
        await second.GotoAsync(new Uri(server.Address, "/history").ToString());
        await Expect(second.Locator("html.has-script")).ToBeAttachedAsync();
        await LookAwayAsync(window);
        await second.EvaluateAsync("() => { sessionStorage.setItem('away', 'yes'); document.dispatchEvent(new Event('visibilitychange')); }");

        var id = (await staff.PushAsync(Some.Post(text: "Does the lamp @lumen come in blue?"))).Single();
        await staff.MentionAsync(id, "open");
        var told = await ToldAsync(window, 1);
        Assert.That(told[0].GetProperty("body").GetString(), Is.EqualTo("Does the lamp @… come in blue?"));
        Assert.That(await second.EvaluateAsync<int>("() => window.said.length"), Is.Zero, "one tab tells");
    }

    [Test]
    public async Task Nothing_is_told_while_a_tab_is_before_somebody_or_the_switch_is_off()
    {
        await using var window = await OpenAsync("olga");
        await window.GoAsync("/profile");
        var toggle = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Notify me" });
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "false");
        await SwitchOnAsync(window);
        await window.GoAsync("/queue");
        await StreamAsync(window);
        var asked = 0;
        window.Page.Request += (_, request) => Interlocked.Add(ref asked, request.Url.Contains("/desk/notices", StringComparison.Ordinal) ? 1 : 0);
        var id = (await staff.PushAsync(Some.Danger())).Single();
        await staff.MentionAsync(id, "escalated");
        await Expect(window.Page.Locator($"[data-id='{id}']").Or(window.Page.GetByRole(AriaRole.Button, new() { Name = "new" })).First).ToBeVisibleAsync();
        Assert.That(await window.Page.EvaluateAsync<int>("() => window.said.length"), Is.Zero);
        Assert.That(asked, Is.Zero, "who sees the desk needs not be told");

        await window.GoAsync("/profile");
        await toggle.PressAsync("Space");
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "false");
        Assert.That(await window.Page.EvaluateAsync<bool>("() => JSON.parse(localStorage.getItem('crowd4care.notify')).on"), Is.False);
    }

    [Test]
    public async Task Without_permission_it_stays_off_and_says_why()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.Page.AddInitScriptAsync("Object.defineProperty(Notification, 'permission', { get: () => 'denied' });");
        await window.SignInAsync("ines", Password);
        await window.GoAsync("/profile");
        var toggle = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Notify me" });
        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "false");
        await Expect(window.Page.GetByText("This browser does not allow notifications")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Where_the_browser_can_not_there_is_no_switch()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.Page.AddInitScriptAsync("delete window.Notification;");
        await window.SignInAsync("ines", Password);
        await window.GoAsync("/profile");
        await window.ListeningAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Hours and limits" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Switch, new() { Name = "Notify me" })).ToBeHiddenAsync();
    }

    private async Task<DeskWindow> OpenAsync(string login)
    {
        var window = await DeskWindow.OpenAsync(server.Address);
        await window.Page.Context.GrantPermissionsAsync(["notifications"]);
        await window.Page.Context.AddInitScriptAsync(Note);
        await window.SignInAsync(login, Password);
        return window;
    }

    private static async Task SwitchOnAsync(DeskWindow window)
    {
        await window.GoAsync("/profile");
        var toggle = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Notify me" });
        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "true");
    }

    // The tab has the live stream, and what tells is loaded.
    private static async Task StreamAsync(DeskWindow window)
    {
        await window.ListeningAsync();
        await window.Page.WaitForFunctionAsync("async () => (await navigator.locks.query()).held.some(l => l.name === 'crowd4care.live')");
        await window.Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(r => r.name.endsWith('/js/notify.js'))");
    }

    private static Task LookAwayAsync(DeskWindow window) =>
        window.Page.EvaluateAsync("() => { sessionStorage.setItem('away', 'yes'); document.dispatchEvent(new Event('visibilitychange')); }");

    private static async Task<IReadOnlyList<JsonElement>> ToldAsync(DeskWindow window, int count)
    {
        await window.Page.WaitForFunctionAsync("count => window.said.length >= count", count);
        return [.. (await window.Page.EvaluateAsync<JsonElement>("() => window.said")).EnumerateArray()];
    }
}
