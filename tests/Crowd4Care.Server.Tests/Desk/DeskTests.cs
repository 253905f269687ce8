using System.Net;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Each role's work in a real browser, on mentions of a network that can only be answered by hand.</summary>
public sealed class DeskTests
{
    private const string Password = "correct horse battery";

    private Installation installation = null!;
    private RunningServer server = null!;
    private ApiClient staff = null!;

    [SetUp]
    public async Task StartAsync()
    {
        installation = new Installation();
        // The browser is asked for before the rest: without it the test is skipped.
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new("lang:en", 1), new("topic:technical", 1));
        await installation.AddAccountAsync(Role.Agent, "olga", "Olga Berg", Password);
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        server = await installation.ServeAsync();
        staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
    }

    [TearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task Somebody_added_by_the_command_signs_in_and_out()
    {
        var added = await installation.RunAsync("user", "add", "zoe", "--name", "Zoë", "--role", "advocate", "--password", Password);
        Assert.That(added.ExitCode, Is.Zero, added.Errors);
        await using var window = await DeskWindow.OpenAsync(server.Address);

        await window.GoAsync("/feed");
        await Expect(window.Heading("Sign in")).ToBeVisibleAsync();
        await window.SignInAsync("zoe", Password);
        await Expect(window.Heading("Hello, Zoë")).ToBeVisibleAsync();

        await window.SignOutAsync();
        await Expect(window.Heading("Sign in")).ToBeVisibleAsync();
        await window.GoAsync("/feed");
        await Expect(window.Heading("Sign in")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_wrong_password_is_refused_and_guessing_is_locked_out()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        for (var guess = 1; guess <= 5; guess++)
        {
            await window.SignInAsync("ines", $"wrong password {guess}");
            await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        await window.SignInAsync("ines", Password);

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("locked");
    }

    [Test]
    public async Task The_one_time_link_makes_the_first_account_and_then_is_void()
    {
        await using var fresh = new Installation();
        await using var start = await fresh.ServeAsync();
        var link = new Uri("http://" + (await start.Process.SaysAsync("Make the first account here (one use, good for a day): http://")));
        await using var window = await DeskWindow.OpenAsync(start.Address);

        await window.GoAsync(link.PathAndQuery);
        await window.Page.GetByLabel("Your name").FillAsync("Ada");
        await window.Page.GetByLabel("Login name").FillAsync("ada");
        await window.Page.GetByLabel("Password").FillAsync(Password);
        await window.Page.GetByRole(AriaRole.Main).Or(window.Page.Locator("body")).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Queue" }).First).ToBeVisibleAsync();

        await using var other = await DeskWindow.OpenAsync(start.Address);
        await other.GoAsync(link.PathAndQuery);
        await Expect(other.Page.GetByLabel("Password")).Not.ToBeVisibleAsync();
    }

    [Test]
    public async Task An_agent_takes_answers_and_hands_back_in_the_queue()
    {
        var ids = await staff.PushAsync(Some.Danger(), Some.Post(text: "Smoke came out of my kettle!", author: "amir"));
        foreach (var id in ids)
            await staff.MentionAsync(id, "escalated");
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("olga", Password);

        await window.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "caught fire" }).ClickAsync();
        await window.Conversation.PressAsync("Take it");
        await window.Conversation.Reply.FillAsync("Please unplug it. We call you today.");
        await window.Conversation.Send.ClickAsync();
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "We call you today." })).ToBeVisibleAsync();
        await staff.MentionAsync(ids[0], "answered");

        await window.GoAsync("/queue");
        await window.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "Smoke came out" }).ClickAsync();
        await window.Conversation.FoldAsync("Hand back", "Advice for whoever answers", "It is only steam.", "Back to the crowd");
        await staff.MentionAsync(ids[1], "open");
        await Expect(window.Page.GetByText("Nothing waits")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task New_escalations_appear_in_the_queue_by_themselves()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("olga", Password);
        await Expect(window.Page.GetByText("Nothing waits")).ToBeVisibleAsync();

        await staff.PushAsync(Some.Danger());

        await Expect(window.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = "caught fire" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Of_two_advocates_one_gets_it_and_the_other_hears_who()
    {
        await installation.AddAccountAsync(Role.Advocate, "jo", "Jo Lund", Password);
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var first = await DeskWindow.OpenAsync(server.Address);
        await using var second = await DeskWindow.OpenAsync(server.Address, script: false);
        await second.SignInAsync("jo", Password);
        await second.GoAsync($"/mentions/{id}");
        await first.SignInAsync("ines", Password);
        await first.GoAsync($"/mentions/{id}");

        await first.Conversation.PressAsync("Claim and answer");
        await Expect(first.Conversation.Reply).ToBeVisibleAsync();
        await second.Conversation.PressAsync("Claim and answer");

        await Expect(second.Page.GetByText("Ines Roth was faster")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_admin_publishes_rules_after_mending_a_mistake()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/rules");
        var document = window.Page.GetByLabel("Rule set");

        await document.FillAsync("""{ "rules": [{ "id": "all", "then": { "action": "explode" } }] }""");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("$.rules[0].then.action");
        await Expect(document).ToHaveValueAsync("""{ "rules": [{ "id": "all", "then": { "action": "explode" } }] }""");

        await document.FillAsync("""{ "rules": [{ "id": "all", "then": { "action": "escalate", "queue": "everything" } }] }""");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(window.Page.GetByText("Version 1 is in force.")).ToBeVisibleAsync();

        var id = (await staff.PushAsync(Some.Post())).Single();
        Assert.That((string?)(await staff.MentionAsync(id, "escalated"))["mention"]!["queue"], Is.EqualTo("everything"));
    }

    [Test]
    public async Task An_admin_adds_changes_and_suspends_people()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/people");
        var add = window.Page.GetByRole(AriaRole.Region, new() { Name = "Add somebody" });
        await add.GetByLabel("Name", new() { Exact = true }).FillAsync("Kim Park");
        await add.GetByLabel("Login name").FillAsync("kim");
        await add.GetByLabel("Password").FillAsync(Password);
        await add.GetByLabel("Skills").FillAsync("lang:ko = 1\nnonsense");
        await add.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nonsense");

        await add.GetByLabel("Password").FillAsync(Password);
        await add.GetByLabel("Skills").FillAsync("lang:ko = 1");
        await add.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        var entry = window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Kim Park" });
        await Expect(entry).ToContainTextAsync("lang:ko");

        await using var kim = await DeskWindow.OpenAsync(server.Address);
        await kim.SignInAsync("kim", Password);
        await Expect(kim.Heading("Hello, Kim")).ToBeVisibleAsync();

        await entry.GetByText("Kim Park").ClickAsync();
        await entry.GetByLabel("Suspend, and tell them why").FillAsync("Posted a customer's address");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(entry).ToContainTextAsync("Suspended");
        await kim.GoAsync("/feed");
        await Expect(kim.Heading("Sign in")).ToBeVisibleAsync();
        await kim.SignInAsync("kim", Password);
        await Expect(kim.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Posted a customer's address");
    }

    [Test]
    public async Task With_the_keyboard_alone_a_mention_is_claimed_and_answered()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var window = await DeskWindow.OpenAsync(server.Address);
        var keys = window.Page.Keyboard;
        await window.GoAsync("/sign-in");
        await TabToAsync(window, "Login name");
        await keys.TypeAsync("ines");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Password);
        await keys.PressAsync("Enter");
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();
        await Expect(window.Feed.Card("blue lamp").First).ToBeVisibleAsync();

        await TabToAsync(window, "Claim");
        await keys.PressAsync("Enter");
        await Expect(window.Conversation.Reply).ToBeVisibleAsync();
        await TabToAsync(window, "Your reply");
        await keys.TypeAsync("Yes, to all of Ireland.");
        await TabToAsync(window, "I posted it");
        await keys.PressAsync("Enter");

        var mention = await staff.MentionAsync(id, "answered");
        Assert.That((string?)mention["replies"]![0]!["text"], Is.EqualTo("Yes, to all of Ireland."));
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "Yes, to all of Ireland." })).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_a_mention_is_claimed_and_answered()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var window = await DeskWindow.OpenAsync(server.Address, script: false);
        await window.SignInAsync("ines", Password);

        await window.Feed.ClaimAsync("blue lamp");
        await window.Conversation.Reply.FillAsync("Yes, to all of Ireland.");
        await window.Conversation.Send.ClickAsync();

        await Expect(window.Conversation.Turns.Filter(new() { HasText = "Yes, to all of Ireland." })).ToBeVisibleAsync();
        Assert.That(ApiClient.StatusOf(await staff.MentionAsync(id)), Is.EqualTo("answered"));
    }

    [Test]
    public async Task A_text_that_is_being_written_survives_what_happens_meanwhile()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await window.Feed.ClaimAsync("blue lamp");
        await window.Conversation.Reply.FillAsync("Yes, to all of");

        await staff.PostAsync($"mentions/{id}/notes", new { text = "Look at the price list." });

        await Expect(window.Page.GetByText("Look at the price list.")).ToBeVisibleAsync();
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Yes, to all of");
        await window.Page.ReloadAsync();
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Yes, to all of");
    }

    [Test]
    public async Task A_text_written_before_the_script_is_there_is_kept()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await window.Feed.ClaimAsync("blue lamp");
        await Expect(window.Conversation.Reply).ToBeVisibleAsync();

        var scripts = await window.HoldAsync("**/*.js");
        await window.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await window.Conversation.Reply.FillAsync("Yes, to all of");
        Assert.That(await window.Conversation.Reply.GetAttributeAsync("data-ready"), Is.Null);
        scripts.SetResult();

        await Expect(window.Conversation.Reply).ToHaveAttributeAsync("data-ready", "yes");
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Yes, to all of");
        await window.Page.ReloadAsync();
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Yes, to all of");
    }

    [Test]
    public async Task A_page_that_takes_its_time_is_shown_as_an_outline_meanwhile()
    {
        // What a service worker fetches can't be held back.
        await using var window = await DeskWindow.OpenAsync(server.Address, workers: false);
        await window.SignInAsync("ines", Password);
        await window.GoAsync("/feed");
        await window.ListeningAsync();
        // While a page is awaited, nothing can be looked for in the one that is shown: it says it by itself.
        await window.Page.EvaluateAsync(
            "() => new MutationObserver(() => document.documentElement.matches('.is-leaving') && console.info('outline')).observe(document.documentElement, { attributes: true })");
        var outline = window.Page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text == "outline" });
        var page = await window.HoldAsync("**/history");
        var click = window.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).First.ClickAsync();
        await outline;
        page.SetResult();
        await click;
        await Expect(window.Heading("What you answered")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("html.is-leaving")).Not.ToBeAttachedAsync();
        Assert.That(window.Complaints, Has.All.Contains("Service Worker registration blocked"), "the browser says what the test did");
    }

    [TestCase("ines", "/feed", "/history", "/points", "/mentions/ID")]
    [TestCase("olga", "/queue", "/queue?selected=STAFF", "/feed", "/mentions/STAFF")]
    [TestCase("ada", "/admin/channels", "/admin/people", "/admin/rules", "/admin/classifier", "/admin/settings", "/failures", "/admin/health", "/points", "/profile")]
    public async Task No_page_is_wider_than_the_screen_from_the_smallest_phone_to_a_wall(string login, params string[] paths)
    {
        var ids = await staff.PushAsync(
            Some.Post(text: $"Hello https://example.org/{new string('x', 300)} {new string('m', 200)}?", author: new string('n', 80)), Some.Danger());
        await staff.RoutedAsync(ids[0]);
        await staff.RoutedAsync(ids[1]);
        await using var window = await DeskWindow.OpenAsync(server.Address, width: 390, height: 844);
        await window.GoAsync("/sign-in");
        Assert.That(await window.TooWideAsync(), Is.Empty, "/sign-in");
        await window.SignInAsync(login, Password);
        await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();

        foreach (var path in paths.Select(p => p.Replace("ID", $"{ids[0]}", StringComparison.Ordinal).Replace("STAFF", $"{ids[1]}", StringComparison.Ordinal)))
        {
            await window.GoAsync(path);
            await Expect(window.Page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            foreach (var width in new[] { 320, 390, 2560 })
            {
                await window.Page.SetViewportSizeAsync(width, 844);
                Assert.That(await window.TooWideAsync(), Is.Empty, $"{path} at {width}");
            }

            await window.Page.SetViewportSizeAsync(390, 844);
        }

        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Pages_of_others_are_not_shown()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();

        foreach (var path in new[] { "/queue", "/admin/channels", "/admin/people", "/admin/rules", "/admin/classifier", "/admin/settings", "/failures", "/admin/health" })
        {
            await window.GoAsync(path);
            await Expect(window.Page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
            Assert.That(new Uri(window.Page.Url).AbsolutePath, Is.EqualTo("/not-allowed"), path);
        }
    }

    [Test]
    public async Task A_post_from_another_site_is_refused()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();

        // With the cookie, without the form's token.
        var answer = await window.Page.APIRequest.PostAsync(new Uri(server.Address, $"/desk/mentions/{id}/claim").ToString(), new() { MaxRedirects = 0 });

        Assert.That((HttpStatusCode)answer.Status, Is.EqualTo(HttpStatusCode.SeeOther).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(ApiClient.StatusOf(await staff.MentionAsync(id)), Is.EqualTo("open"));
    }

    // Goes on from control to control, as somebody does who has no mouse.
    private static async Task TabToAsync(DeskWindow window, string name)
    {
        for (var i = 0; i < 80; i++)
        {
            var here = await window.Page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; return (e?.getAttribute('aria-label') ?? e?.labels?.[0]?.innerText ?? e?.innerText ?? '').trim(); }");
            if (here.StartsWith(name, StringComparison.Ordinal))
                return;
            await window.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not lead to \"{name}\".");
    }
}
