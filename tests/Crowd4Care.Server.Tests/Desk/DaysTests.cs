using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The whole day of each role, on a screen and on a phone; where people meet, each has a browser of their own.</summary>
[TestFixture(1280, 800)]
[TestFixture(390, 844)]
public sealed class DaysTests(int width, int height)
{
    private FilledDesk desk = null!;
    private ApiClient staff = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        desk = await FilledDesk.StartAsync();
        await desk.Installation.AddAccountAsync(Role.Advocate, "nora", "Nora Vale", FilledDesk.Password, new("lang:en", 1), new("topic:technical", 1), new("topic:shipping", 1));
        staff = desk.Server.Api(await desk.Installation.AddKeyAsync(Role.Agent, "Watcher"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [Test]
    public async Task An_advocate_claims_asks_answers_passes_and_rests()
    {
        await using var nora = await EnterAsync("nora", "Hello, Nora");
        var id = (await staff.PushAsync(Some.Post(text: "Does the desk lamp come with a plug for Ireland?", author: "mia"))).Single();

        // Three taps from the feed to the answer: claim, the text, send.
        await nora.Feed.ClaimAsync("a plug for Ireland");
        await nora.Conversation.Reply.FillAsync("It does,");
        await nora.Conversation.FoldAsync("Ask staff", "What do you want to know?", "Is an adapter in the box?", "Ask");
        await Expect(nora.Conversation.Answer).ToContainTextAsync("It stays yours meanwhile.");

        await using (var olga = await EnterAsync(FilledDesk.Agent, "Queue"))
        {
            await olga.GoAsync("/queue/questions");
            var card = olga.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Is an adapter in the box?" });
            await card.GetByLabel("Your answer to Nora Vale").FillAsync("It is, under the base.");
            await card.GetByRole(AriaRole.Button, new() { Name = "Answer Nora Vale" }).ClickAsync();
            await Expect(nora.Conversation.Answer).ToContainTextAsync("It is, under the base.");
            await FineAsync(olga);
        }

        await Expect(nora.Conversation.Reply).ToHaveValueAsync("It does,");
        await nora.Conversation.Reply.FillAsync("It does, the adapter lies under the base.");
        await nora.Conversation.Send.ClickAsync();
        await Expect(nora.Conversation.Turns.Filter(new() { HasText = "under the base" })).ToBeVisibleAsync();
        await staff.MentionAsync(id, "answered");

        await GoAsync(nora, "Feed");
        var other = (await staff.PushAsync(Some.Post(text: "Is the old mug shop in Cork still open?", author: "pat"))).Single();
        await nora.Feed.Card("mug shop in Cork").GetByText("Pass", new() { Exact = true }).ClickAsync();
        await nora.Feed.Card("mug shop in Cork").GetByRole(AriaRole.Button, new() { Name = "Not my topic" }).ClickAsync();
        await Expect(nora.Page.GetByText("Nothing for you right now")).ToBeVisibleAsync();
        Assert.That((await staff.MentionAsync(other))["history"]!.AsArray().Select(e => (string?)e!["kind"]), Does.Contain("offer.passed"));

        await GoAsync(nora, "History");
        await Expect(nora.Feed.Card("a plug for Ireland")).ToBeVisibleAsync();
        await FineAsync(nora);
        await GoAsync(nora, "Points");
        await Expect(nora.Heading("Points").First).ToBeVisibleAsync();
        await FineAsync(nora);
        await GoAsync(nora, "When you want offers");
        await nora.Page.GetByLabel("Quiet from").FillAsync("22:30");
        await nora.Page.GetByLabel("Quiet until").FillAsync("07:00");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await Expect(nora.Page.GetByLabel("Quiet from")).ToHaveValueAsync("22:30");
        await FineAsync(nora);
        await nora.SignOutAsync();
        await Expect(nora.Heading("Sign in")).ToBeVisibleAsync();
        Assert.That(nora.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_agent_takes_notes_answers_corrects_and_hands_back()
    {
        await using var olga = await EnterAsync(FilledDesk.Agent, "Queue");
        var ids = await staff.PushAsync(
            Some.Post(text: "Your toaster caught fire, this is dangerous!", author: "quin"), Some.Post(text: "Smoke came out of my fan, this is not safe!", author: "rita"));
        await OpenAsync(olga, "quin");
        await olga.Conversation.PressAsync("Take it");
        await olga.Page.GetByLabel("A note").FillAsync("@ada, the second one this week.");
        await olga.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(olga.Page.GetByText("Ada Winter gets a notice.")).ToBeVisibleAsync();
        await using (var ada = await EnterAsync(FilledDesk.Admin, "Queue"))
        {
            await GoAsync(ada, "Named");
            await Expect(ada.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "the second one this week" })).ToBeVisibleAsync();
            await FineAsync(ada);
        }

        var side = olga.Page.GetByRole(AriaRole.Complementary, new() { Name = "Background" });
        await side.GetByText("Is that right? (topic)").ClickAsync();
        await side.GetByLabel("Right topic").SelectOptionAsync("refund");
        await side.GetByRole(AriaRole.Button, new() { Name = "Save" }).Locator("visible=true").ClickAsync();
        await Expect(side.GetByText("You: it is Refund")).ToBeVisibleAsync();
        await FineAsync(olga);
        await olga.Conversation.Reply.FillAsync("Please unplug it. We call you today.");
        await olga.Conversation.Send.ClickAsync();
        await Expect(olga.Conversation.Turns.Filter(new() { HasText = "We call you today." })).ToBeVisibleAsync();
        await staff.MentionAsync(ids[0], "answered");

        // What is handed back reaches the other browser by itself, with the advice.
        await using var nora = await EnterAsync("nora", "Hello, Nora");
        await GoAsync(olga, "Queue");
        await OpenAsync(olga, "rita");
        await olga.Conversation.FoldAsync("Hand back", "Advice for whoever answers", "It is only steam.", "Back to the crowd");
        await nora.Feed.ClaimAsync("Smoke came out of my fan");
        await Expect(nora.Conversation.Answer).ToContainTextAsync("It is only steam.");
        await nora.Conversation.Reply.FillAsync("That is only steam, no worries.");
        await nora.Conversation.Send.ClickAsync();
        await staff.MentionAsync(ids[1], "answered");
        await FineAsync(nora);

        await GoAsync(olga, "Search");
        await olga.Page.GetByRole(AriaRole.Searchbox).FillAsync("only steam");
        await olga.Page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await GoAsync(olga, "Templates");
        await Expect(olga.Heading("Templates").First).ToBeVisibleAsync();
        await FineAsync(olga);
        await olga.SignOutAsync();
        await Expect(olga.Heading("Sign in")).ToBeVisibleAsync();
        Assert.That(olga.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_admin_invites_changes_the_rules_and_reads_who_did_what()
    {
        await using var ada = await EnterAsync(FilledDesk.Admin, "Queue");
        await GoAsync(ada, "People");
        var invite = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Invite by link" });
        await invite.GetByLabel("For whom").FillAsync("Sven");
        await invite.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await invite.GetByLabel("The link").InputValueAsync();
        await FineAsync(ada);
        await using (var sven = await DeskWindow.OpenAsync(desk.Server.Address, width: width, height: height))
        {
            await sven.GoAsync(new Uri(link).PathAndQuery);
            await sven.Page.GetByLabel("Your name").FillAsync("Sven Dahl");
            await sven.Page.GetByLabel("Login name").FillAsync("sven");
            await sven.Page.GetByLabel("Password").FillAsync(FilledDesk.Password);
            await sven.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
            await Expect(sven.Heading("Hello, Sven")).ToBeVisibleAsync();
            await FineAsync(sven);
        }

        await GoAsync(ada, "Rules");
        await ada.Page.GetByLabel("Rule set").FillAsync("""{ "rules": [{ "id": "lost", "when": { "text": { "containsAny": ["lost parcel"] } }, "then": { "action": "escalate", "queue": "parcels" } }] }""");
        await PressAsync(ada, "Try on past mentions");
        await Expect(ada.Heading("Tried on").First).ToBeVisibleAsync();
        await FineAsync(ada);
        await PressAsync(ada, "Publish");
        await Expect(ada.Page.GetByText("Version 1 is in force.")).ToBeVisibleAsync();
        var id = (await staff.PushAsync(Some.Post(text: "I have a lost parcel with a lamp in it.", author: "sue"))).Single();
        Assert.That((string?)(await staff.MentionAsync(id, "escalated"))["mention"]!["queue"], Is.EqualTo("parcels"));
        await PressAsync(ada, "the built-in rules");
        await Expect(ada.Page.GetByText("Version 2 is in force, with the rules of the start.")).ToBeVisibleAsync();

        foreach (var (place, heading) in new[] { ("Channels", "Channels"), ("Classifier", "Classifier"), ("Failures", "Fail"), ("Health", "Health") })
        {
            await GoAsync(ada, place);
            await Expect(ada.Heading(heading).First).ToBeVisibleAsync();
            await FineAsync(ada);
        }

        await GoAsync(ada, "Journal");
        await Expect(ada.Page.GetByText("Ada Winter invited Sven as Advocate").First).ToBeVisibleAsync();
        await FineAsync(ada);
        await ada.SignOutAsync();
        await Expect(ada.Heading("Sign in")).ToBeVisibleAsync();
        Assert.That(ada.Complaints, Is.Empty);
    }

    // As somebody goes there: by what is in sight, else through the menu.
    private static async Task GoAsync(DeskWindow window, string place)
    {
        var places = window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" });
        var link = places.GetByRole(AriaRole.Link, new() { Name = place });
        await Expect(places).ToBeVisibleAsync();
        if (await link.Locator("visible=true").CountAsync() == 0)
            await places.Locator("summary").ClickAsync();
        await link.Locator("visible=true").First.ClickAsync();
        await window.ListeningAsync();
    }

    private static Task PressAsync(DeskWindow window, string button) => window.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    private static Task OpenAsync(DeskWindow window, string author) => window.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = author }).First.ClickAsync();

    private async Task<DeskWindow> EnterAsync(string login, string heading)
    {
        var window = await (await DeskWindow.OpenAsync(desk.Server.Address, width: width, height: height)).SignInAsync(login, FilledDesk.Password);
        await Expect(window.Heading(heading).First).ToBeVisibleAsync();
        return window;
    }

    private static async Task FineAsync(DeskWindow window) => Assert.That(await window.TooWideAsync(), Is.Empty, window.Page.Url);
}
