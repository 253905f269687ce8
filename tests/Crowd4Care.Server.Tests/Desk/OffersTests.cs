using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Server.Tests.TestBed;
using Crowd4Care.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Offers and claims in time: several asked at once, offers ignored and declined, claims that run short, drafts that wait.</summary>
public sealed class OffersTests
{
    private const string Password = "correct horse battery";
    private const string Question = "do you ship the blue lamp";

    private Installation installation = null!;
    private RunningServer server = null!;
    private ApiClient staff = null!;

    [SetUp]
    public async Task PrepareAsync()
    {
        installation = new Installation();
        // The browser is asked for before the rest: without it the test is skipped.
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new("lang:en", 1), new("topic:technical", 1));
    }

    [TearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task What_is_offered_to_two_vanishes_within_a_second_when_one_claims_it()
    {
        await installation.AddAccountAsync(Role.Advocate, "jo", "Jo Lund", Password, new PersonSkill("lang:en", 1));
        await ServeAsync("""{"action":"offer","offerTo":2}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        await using var jo = await AtTheFeedAsync("jo", "Hello, Jo");
        var id = (await staff.PushAsync(Some.Post())).Single();
        foreach (var window in new[] { ines, jo })
            await Expect(window.Feed.Card(Question)).ToContainTextAsync("For you and one other");
        // Noted in the page itself: how long the answer to the test takes is no part of it.
        await jo.Page.EvaluateAsync(
            """
            () => new MutationObserver(() => { if (!document.querySelector(".is-offer")) window.goneAt ??= Date.now(); })
              .observe(document.body, { childList: true, subtree: true })
            """);
        await ines.Page.EvaluateAsync("() => document.addEventListener('submit', () => sessionStorage.setItem('claimedAt', Date.now()), { capture: true })");

        await ines.Feed.ClaimAsync(Question);
        await Expect(ines.Conversation.Reply).ToBeVisibleAsync();
        await Expect(jo.Feed.Card(Question)).ToHaveCountAsync(0);

        var claimedAt = await ines.Page.EvaluateAsync<double>("() => Number(sessionStorage.getItem('claimedAt'))");
        var goneAt = await jo.Page.EvaluateAsync<double>("() => window.goneAt");
        Assert.That(goneAt - claimedAt, Is.InRange(0, 1000), "milliseconds from the claim until the offer was gone");
        Assert.That(jo.Complaints.Concat(ines.Complaints), Is.Empty);
        var history = (await staff.MentionAsync(id, "claimed"))["history"]!.AsArray();
        Assert.That(history.Count(e => (string?)e!["kind"] == "offer.taken"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_takes_two_places_says_so_before_and_after_it_is_claimed()
    {
        await ServeAsync("""{"action":"offer","places":2}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        await staff.PushAsync(Some.Post());
        await Expect(ines.Feed.Card(Question)).ToContainTextAsync("2 places");
        await ines.Feed.ClaimAsync(Question);
        await Expect(ines.Conversation.Reply).ToBeVisibleAsync();
        await Expect(ines.Page.Locator(".chips")).ToContainTextAsync("2 places");
        Assert.That(ines.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_offer_is_declined_with_a_reason_in_one_tap_and_staff_read_it()
    {
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        await ServeAsync("""{"action":"offer"}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        var id = (await staff.PushAsync(Some.Post())).Single();
        await ines.Feed.Card(Question).GetByText("Pass", new() { Exact = true }).ClickAsync();
        await ines.Feed.Card(Question).GetByRole(AriaRole.Button, new() { Name = "Not my topic" }).ClickAsync();
        await Expect(ines.Page.GetByText("Nothing for you right now")).ToBeVisibleAsync();

        await using var ada = await DeskWindow.OpenAsync(server.Address);
        await ada.SignInAsync("ada", Password);
        await ada.GoAsync($"/mentions/{id}");
        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "History" }).ClickAsync();
        await Expect(ada.Page.GetByText("Ines Roth passed: not my topic")).ToBeVisibleAsync();
    }

    [Test]
    public async Task When_little_time_is_left_the_desk_says_so_and_one_click_keeps_it_with_what_is_written()
    {
        await ServeAsync("""{"action":"offer"}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        var id = await ClaimedAsync(ines);
        // Of 20 minutes the last four are little.
        await EndsInAsync(id, TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(12));
        await ines.GoAsync($"/mentions/{id}");
        var keep = ines.Conversation.Answer.GetByRole(AriaRole.Button, new() { Name = "Keep it 20 more minutes" });
        await Expect(ines.Conversation.Reply).ToBeVisibleAsync();
        await Expect(keep).ToBeHiddenAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Little time is left" })).ToHaveCountAsync(1);

        await ines.Conversation.Reply.FillAsync("We do, and");
        await keep.ClickAsync();

        await Expect(keep).ToBeHiddenAsync();
        await Expect(ines.Conversation.Reply).ToHaveValueAsync("We do, and");
        var kept = (DateTimeOffset)(await staff.MentionAsync(id))["mention"]!["claimExpiresAt"]!;
        Assert.That(kept - TimeProvider.System.GetUtcNow(), Is.GreaterThan(TimeSpan.FromMinutes(19)));
        Assert.That(ines.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_a_claim_is_kept_longer_and_a_draft_is_saved_by_ordinary_forms()
    {
        await ServeAsync("""{"action":"offer"}""");
        await using var ines = await DeskWindow.OpenAsync(server.Address, script: false);
        await ines.SignInAsync("ines", Password);
        var id = await OpenAsync();
        await ines.GoAsync($"/mentions/{id}");
        await ines.Conversation.PressAsync("Claim and answer");
        await EndsInAsync(id, TimeSpan.FromMinutes(2));
        await ines.GoAsync($"/mentions/{id}");

        await ines.Conversation.PressAsync("Keep it 20 more minutes");
        await Expect(ines.Page.GetByText("It stays yours for 20 minutes more.")).ToBeVisibleAsync();
        await ines.Conversation.Reply.FillAsync("We do, and");
        await ines.Conversation.PressAsync("Save draft");
        await Expect(ines.Page.GetByText("Draft saved.")).ToBeVisibleAsync();
        await Expect(ines.Conversation.Reply).ToHaveValueAsync("We do, and");
    }

    [Test]
    public async Task A_draft_is_saved_by_itself_and_waits_for_its_author_after_the_claim()
    {
        await installation.AddAccountAsync(Role.Advocate, "jo", "Jo Lund", Password, new PersonSkill("lang:en", 1));
        await ServeAsync("""{"action":"offer","offerTo":2}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        var id = await ClaimedAsync(ines);
        await ines.Conversation.Reply.FillAsync("We do, and it takes");
        await Expect(ines.Conversation.Answer.GetByText("Draft saved")).ToBeVisibleAsync();
        await ines.Conversation.Reply.FillAsync("We do, and it takes three days");
        // However slow the way of the draft is.
        await ines.Page.RouteAsync("**/draft", async route =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            await route.ContinueAsync();
        });
        await ines.Conversation.PressAsync("Give back");
        await Expect(ines.Conversation.Answer.GetByText("We do, and it takes three days")).ToBeVisibleAsync();

        await using var jo = await DeskWindow.OpenAsync(server.Address);
        await jo.SignInAsync("jo", Password);
        await jo.GoAsync($"/mentions/{id}");
        await Expect(jo.Conversation.Answer).ToBeVisibleAsync();
        await Expect(jo.Page.GetByText("three days")).ToHaveCountAsync(0);

        // Another device of hers, which kept nothing itself.
        await using var phone = await DeskWindow.OpenAsync(server.Address, width: 390, height: 844);
        await phone.SignInAsync("ines", Password);
        await staff.PostAsync($"mentions/{id}/escalate", new { reason = "to hand it back" });
        await staff.PostAsync($"mentions/{id}/hand-back", new { advice = "" });
        await staff.MentionAsync(id, "open");
        await phone.GoAsync($"/mentions/{id}");
        await Expect(phone.Conversation.Answer.GetByText("Your draft is kept")).ToBeVisibleAsync();
        await phone.Conversation.PressAsync("Claim and answer");
        await Expect(phone.Conversation.Reply).ToHaveValueAsync("We do, and it takes three days");
        Assert.That(await phone.TooWideAsync(), Is.Empty);

        await phone.Conversation.Send.ClickAsync();
        await staff.MentionAsync(id, "answered");
        var database = (await installation.ServicesAsync()).GetRequiredService<Database>();
        Assert.That(await database.WriteAsync(transaction => transaction.SingleAsync<int>("SELECT COUNT(*) FROM drafts")), Is.Zero);
    }

    [Test]
    public async Task Who_lets_several_offers_run_out_is_away_hears_why_and_is_back_with_one_click()
    {
        await ServeAsync("""{"action":"offer","offerMinutes":0.02}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        await staff.PushAsync(Some.Post(), Some.Post(), Some.Post());

        await Expect(ines.Page.GetByText("Several offers in a row ran out")).ToBeVisibleAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Switch)).ToHaveAttributeAsync("aria-checked", "false");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "I'm back" }).ClickAsync();

        await Expect(ines.Page.GetByRole(AriaRole.Switch)).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(ines.Page.GetByText("Several offers in a row ran out")).ToHaveCountAsync(0);
        Assert.That(ines.Complaints, Is.Empty);
    }

    [Test]
    public async Task Hours_and_limits_are_set_on_the_profile()
    {
        await ServeAsync("""{"action":"offer"}""");
        await using var ines = await AtTheFeedAsync("ines", "Hello, Ines");
        await ines.GoAsync("/profile");
        await ines.Page.GetByLabel("Time zone").FillAsync("Mars/Base");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(ines.Page.GetByText("is not a time zone")).ToBeVisibleAsync();

        await ines.Page.GetByLabel("Time zone").FillAsync("Asia/Tokyo");
        await ines.Page.GetByLabel("Quiet from").FillAsync("22:30");
        await ines.Page.GetByLabel("Quiet until").FillAsync("07:00");
        await ines.Page.GetByLabel("At most a day").FillAsync("5");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Poll.UntilAsync(async _ => await StoredAsync(), stored => stored == ("Asia/Tokyo", 22 * 60 + 30, 7 * 60, 5), "the hours");

        await ines.GoAsync("/profile");
        await Expect(ines.Page.GetByLabel("Quiet from")).ToHaveValueAsync("22:30");
        await Expect(ines.Page.GetByLabel("Time zone")).ToHaveValueAsync("Asia/Tokyo");

        async Task<(string?, int?, int?, int?)> StoredAsync() =>
            await (await installation.ServicesAsync()).GetRequiredService<Database>().WriteAsync(
                transaction => transaction.SingleAsync<(string?, int?, int?, int?)>("SELECT time_zone, quiet_from, quiet_until, daily_limit FROM people WHERE login = 'ines'"));
    }

    private async Task ServeAsync(string action)
    {
        var services = await installation.ServicesAsync();
        await services.GetRequiredService<RuleSetStore>().PublishAsync("default", $$"""{"rules":[{"id":"crowd","then":{{action}} }]}""", null);
        server = await installation.ServeAsync();
        staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
    }

    private async Task<DeskWindow> AtTheFeedAsync(string login, string greeting)
    {
        var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync(login, Password);
        await Expect(window.Heading(greeting)).ToBeVisibleAsync();
        return window;
    }

    private async Task<Guid> OpenAsync()
    {
        var id = (await staff.PushAsync(Some.Post())).Single();
        await staff.MentionAsync(id, "open");
        return id;
    }

    private async Task<Guid> ClaimedAsync(DeskWindow window)
    {
        var id = await OpenAsync();
        await window.Feed.ClaimAsync(Question);
        await Expect(window.Conversation.Reply).ToBeVisibleAsync();
        return id;
    }

    // As if time had passed.
    private async Task EndsInAsync(Guid id, TimeSpan left) =>
        await (await installation.ServicesAsync()).GetRequiredService<Database>().WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE mentions SET claim_expires_at = @at WHERE id = @id", new { id, at = TimeProvider.System.GetUtcNow() + left }));
}
