using System.Text.RegularExpressions;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>
/// A browser window of one person. Things are found as people find them: by role and name. What the browser complains of is kept.
/// </summary>
internal sealed partial class DeskWindow : IAsyncDisposable
{
    private const float Patience = 30_000;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private DeskWindow(IBrowserContext context, IPage page, Uri server)
    {
        (this.context, Page, Server) = (context, page, server);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"uncaught: {error}");
        page.RequestFailed += (_, request) => Note(IsOurs(request.Url) && request.Failure?.Contains("ERR_ABORTED", StringComparison.Ordinal) != true, $"failed: {request.Url} {request.Failure}");
        page.Request += (_, request) => Note(!IsOurs(request.Url) && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"asked somebody else: {request.Url}");
    }

    public IPage Page { get; }

    public Uri Server { get; }

    /// <summary>Errors and warnings of the browser, and requests to others than the server.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    public static async Task<DeskWindow> OpenAsync(Uri server, bool script = true, int width = 1280, int height = 800, ColorScheme colours = ColorScheme.Light, string language = "en-US", bool workers = true)
    {
        var context = await Browser.OpenAsync(width, height, colours, script, language, workers);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return new DeskWindow(context, await context.NewPageAsync(), server);
    }

    public async Task<DeskWindow> SignInAsync(string login, string password)
    {
        await GoAsync("/sign-in");
        await Page.GetByLabel("Login name").FillAsync(login);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        return this;
    }

    public async Task<DeskWindow> GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(Server, path).ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return this;
    }

    public FeedPage Feed => new(Page);

    public ConversationPage Conversation => new(Page);

    /// <summary>Another window of the same person, with nothing in its cache.</summary>
    public async Task<DeskWindow> AnotherAsync(int width = 1280, int height = 800)
    {
        var other = await OpenAsync(Server, width: width, height: height);
        await other.context.AddCookiesAsync((await context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        return other;
    }

    /// <summary>As if they had chosen this language in the menu.</summary>
    public Task SpeakAsync(string language) =>
        context.AddCookiesAsync([new() { Name = "crowd4care-language", Value = Uri.EscapeDataString($"c=|uic={language}"), Url = Server.ToString() }]);

    /// <summary>Takes the network away, or gives it back.</summary>
    public Task SetOfflineAsync(bool isOffline) => context.SetOfflineAsync(isOffline);

    /// <summary>Waits until the page's script listens.</summary>
    public Task ListeningAsync() => Assertions.Expect(Page.Locator("html.has-script")).ToBeAttachedAsync();

    /// <summary>Holds back what is asked for, as a slow connection does, until the result is set.</summary>
    /// <param name="addresses">A pattern, such as <c>**/*.js</c>.</param>
    public async Task<TaskCompletionSource> HoldAsync(string addresses)
    {
        var gate = new TaskCompletionSource();
        await Page.RouteAsync(addresses, async route =>
        {
            await gate.Task;
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // The page that asked has gone on meanwhile.
            }
        });
        return gate;
    }

    /// <summary>Claims what is first in the feed. Where others claim too one of them may be faster, or the offer ends: then it is the next one.</summary>
    public Task ClaimAnyAsync() => Poll.UntilAsync(
        async _ =>
        {
            await GoAsync("/feed");
            var claim = Page.GetByRole(AriaRole.Button, new() { Name = "Claim", Exact = true });
            if (await claim.CountAsync() == 0)
                return false;
            await claim.First.ClickAsync();
            await Assertions.Expect(Conversation.Reply.Or(Page.GetByText(TooLate)).First).ToBeVisibleAsync();
            lock (complaints)
                complaints.RemoveAll(complaint => complaint.Contains("409", StringComparison.Ordinal));
            return await Conversation.Reply.CountAsync() > 0;
        },
        isMine => isMine, "a mention of the feed to be claimed");

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    /// <summary>What is wider than the window, where the page scrolls sideways; empty where it does not.</summary>
    public Task<string> TooWideAsync() => Page.EvaluateAsync<string>(
        """
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return "";
          const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1);
          return `${document.documentElement.scrollWidth}: ` + wide.map(e => `${e.tagName}.${e.className}`).join(" ");
        }
        """);

    /// <summary>Opens what is folded away in the page, not the menus of its frame.</summary>
    public Task OpenFoldsAsync() => Page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => (d.open = true))");

    public async Task SignOutAsync()
    {
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" }).Locator("summary").ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private bool IsOurs(string url) => url.StartsWith(Server.ToString(), StringComparison.Ordinal);

    [GeneratedRegex("was faster|is offered to|take care of this one|is closed already")]
    private static partial Regex TooLate { get; }

    private void Note(bool matters, string complaint)
    {
        if (!matters)
            return;

        lock (complaints)
            complaints.Add(complaint);
    }
}

/// <summary>The feed: mentions as cards.</summary>
internal sealed class FeedPage(IPage page)
{
    public ILocator Card(string text) => page.GetByRole(AriaRole.Article).Filter(new() { HasText = text });

    public Task ClaimAsync(string text) => Card(text).GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
}

/// <summary>A mention's page: the conversation and the answer.</summary>
internal sealed partial class ConversationPage(IPage page)
{
    public ILocator Turns => page.GetByRole(AriaRole.List, new() { Name = "Conversation" }).GetByRole(AriaRole.Listitem);

    public ILocator Reply => page.GetByLabel("Your reply", new() { Exact = true });

    public ILocator Counter => page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = CountForm });

    public ILocator Send => page.GetByRole(AriaRole.Button, new() { NameRegex = SendForm });

    public ILocator Answer => page.GetByRole(AriaRole.Region, new() { Name = "Answer" });

    public Task PressAsync(string button) => Answer.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>Opens a fold such as "Hand back", writes into it and sends it.</summary>
    public async Task FoldAsync(string name, string label, string text, string button)
    {
        await Answer.GetByText(name, new() { Exact = true }).ClickAsync();
        await Answer.GetByLabel(label).FillAsync(text);
        await PressAsync(button);
    }

    [GeneratedRegex(@"\d+ / 300|\d+ too many")]
    private static partial Regex CountForm { get; }

    [GeneratedRegex("^Reply on Bluesky|^I posted it")]
    private static partial Regex SendForm { get; }
}
