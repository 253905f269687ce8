using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>A desk with somebody of each role and something in each place: what tests look at that go over all pages.</summary>
internal sealed class FilledDesk : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Advocate = "ines";
    public const string Agent = "olga";
    public const string Admin = "ada";

    private FilledDesk(Installation installation, RunningServer server) => (Installation, Server) = (installation, server);

    public Installation Installation { get; }

    public RunningServer Server { get; }

    /// <summary>Waits for the advocate, reserved or free.</summary>
    public Guid Open { get; private set; }

    /// <summary>The advocate's to answer.</summary>
    public Guid Claimed { get; private set; }

    /// <summary>Answered by the advocate.</summary>
    public Guid Answered { get; private set; }

    /// <summary>With staff, not taken.</summary>
    public Guid Escalated { get; private set; }

    /// <summary>With staff, taken by the agent, with a note.</summary>
    public Guid Taken { get; private set; }

    /// <summary>Fills a new installation; skips the test when there is no browser.</summary>
    public static async Task<FilledDesk> StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        var installation = new Installation();
        try
        {
            await installation.AddAccountAsync(Role.Advocate, Advocate, "Ines Roth", Password, new("lang:en", 1), new("topic:shipping", 0.8));
            await installation.AddAccountAsync(Role.Agent, Agent, "Olga Berg", Password);
            await installation.AddAccountAsync(Role.Admin, Admin, "Ada Winter", Password);
            await installation.AddAccountAsync(Role.Advocate, "jo", "Jo Lund", Password, new PersonSkill("lang:de", 0.6));
            var desk = new FilledDesk(installation, await installation.ServeAsync());
            await desk.FillAsync();
            return desk;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every page as each role sees it; the path is null for the first page after signing in.</summary>
    public IReadOnlyList<DeskPlace> Places =>
    [
        new("sign-in", null, "/sign-in"),
        new("not-found", null, "/nothing/here"),
        new("feed", Advocate, "/feed"),
        new("mention-open", Advocate, $"/mentions/{Open}"),
        new("mention-claimed", Advocate, $"/mentions/{Claimed}"),
        new("mention-answered", Advocate, $"/mentions/{Answered}"),
        new("history", Advocate, "/history"),
        new("points", Advocate, "/points"),
        new("named", Advocate, "/named"),
        new("profile", Advocate, "/profile"),
        new("search-empty", Advocate, "/search"),
        new("search", Agent, "/search?q=sister&state=open"),
        new("not-allowed", Advocate, "/queue"),
        new("queue", Agent, "/queue"),
        new("queue-selected", Agent, $"/queue?selected={Escalated}"),
        new("questions", Agent, "/queue/questions"),
        new("mention-asked", Agent, $"/mentions/{Claimed}"),
        new("mention-taken", Agent, $"/mentions/{Taken}"),
        new("feed-staff", Agent, "/feed"),
        new("decision", Agent, $"/mentions/{Open}/decision"),
        new("approvals", Agent, "/approvals"),
        new("templates", Agent, "/templates"),
        new("profile-staff", Agent, "/profile"),
        new("channels", Admin, "/admin/channels"),
        new("people", Admin, "/admin/people"),
        new("journal", Admin, "/admin/journal"),
        new("rules", Admin, "/admin/rules"),
        new("rules-open", Admin, "/admin/rules?open=8"),
        new("rules-settings", Admin, "/admin/rules?open=settings"),
        new("classifier", Admin, "/admin/classifier"),
        new("settings", Admin, "/admin/settings"),
        new("failures", Admin, "/failures"),
        new("health", Admin, "/admin/health"),
    ];

    public async ValueTask DisposeAsync() => await Installation.DisposeAsync();

    private async Task FillAsync()
    {
        var staff = Server.Api(await Installation.AddKeyAsync(Role.Agent, "Import"));
        var ids = await staff.PushAsync(
            Some.Post(text: "Hello, do you ship the blue lamp to Ireland? My sister would like one for her new flat."),
            Some.Post(text: "Is the garden speaker waterproof?", author: "amir"),
            Some.Post(text: "Which colours does the travel mug come in?", author: "lee"),
            Some.Danger(),
            Some.Post(text: "Smoke came out of my kettle, this is not safe!", author: "kit"),
            Some.Post(text: "My sister loves the reading light, thank you!", author: "noor"),
            Some.Post(text: "Wird die blaue Lampe auch nach Österreich geliefert?", author: "ulla"));
        foreach (var id in ids)
            await staff.RoutedAsync(id);
        (Open, Claimed, Answered, Escalated, Taken) = (ids[0], ids[1], ids[2], ids[3], ids[4]);

        await using (var ines = await DeskWindow.OpenAsync(Server.Address, script: false))
        {
            await ines.SignInAsync(Advocate, Password);
            foreach (var id in new[] { Claimed, Answered })
            {
                await ines.GoAsync($"/mentions/{id}");
                await ines.Conversation.PressAsync("Claim and answer");
            }

            await ines.GoAsync($"/mentions/{Claimed}");
            await ines.Conversation.FoldAsync("Ask staff", "What do you want to know?", "Does it stand rain?", "Ask");
            await ines.GoAsync($"/mentions/{Answered}");
            await ines.Conversation.Reply.FillAsync("Blue, green and black.");
            await ines.Conversation.Send.ClickAsync();
            await staff.MentionAsync(Answered, "answered");
        }

        await using var olga = await DeskWindow.OpenAsync(Server.Address, script: false);
        await olga.SignInAsync(Agent, Password);
        await olga.GoAsync($"/mentions/{Taken}");
        await olga.Conversation.PressAsync("Take it");
        await staff.PostAsync($"mentions/{Taken}/notes", new { text = "Ask for the number under the base, @ines." });
    }
}

/// <summary>A page as somebody sees it; without a login, as a stranger does.</summary>
internal sealed record DeskPlace(string Name, string? Login, string Path);
