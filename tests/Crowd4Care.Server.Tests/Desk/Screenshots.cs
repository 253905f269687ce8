using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Not a test but <c>ops/screenshots</c>: takes every page of the demo in both themes and both sizes.</summary>
public sealed class Screenshots
{
    private const string Variable = "CROWD4CARE_SCREENSHOTS";
    private const float AMinute = 60_000;

    private static readonly (string Name, int Width, int Height)[] Sizes = [("desk", 1440, 900), ("phone", 390, 844)];

    [Test]
    public async Task Take_every_page()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore($"Takes pictures, into the folder that {Variable} names. Run ops/screenshots.");
        Directory.CreateDirectory(folder);
        await using var installation = new Installation();
        await using var server = await installation.ServeAsync("--demo");
        await FillAsync(server.Address);

        foreach (var (size, width, height) in Sizes)
        {
            foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await TakeAsync("", ("sign-in", "/sign-in"), ("not-found", "/nothing/here"));
                await TakeAsync("Ana", ("feed", "/feed"), ("mention", "a:text-is('Answer')"), ("history", "/history"), ("points", "/points"), ("search", "/search?q=order"), ("named", "/named"), ("profile", "/profile"));
                await TakeAsync("Sam", ("queue", "a.queue-item"), ("queue-list", "/queue"), ("approvals", "/approvals"), ("templates", "/templates"));
                await TakeAsync(
                    "Alex", ("channels", "/admin/channels"), ("people", "/admin/people"), ("rules", "/admin/rules"), ("rules-form", "/admin/rules?open=0"), ("classifier", "/admin/classifier"), ("settings", "/admin/settings"),
                    ("failures", "/failures"), ("health", "/admin/health"), ("journal", "/admin/journal"));

                async Task TakeAsync(string person, params (string Page, string Way)[] pages)
                {
                    await using var window = await EnterAsync(server.Address, person, width, height, colours);
                    foreach (var (page, way) in pages)
                    {
                        await GoAsync(window, person, way);
                        await ShootAsync(window, page);
                    }

                    if (person == "Ana")
                    {
                        await window.GoAsync("/feed");
                        await window.Page.Keyboard.PressAsync("Control+k");
                        await window.Page.Locator("[data-palette-input]").FillAsync("order");
                        await Expect(window.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Everything with" })).ToBeVisibleAsync();
                        await ShootAsync(window, "palette");
                        await window.Page.Keyboard.PressAsync("Escape");
                        await window.Page.Keyboard.PressAsync("?");
                        await ShootAsync(window, "keyboard");
                    }
                }

                Task ShootAsync(DeskWindow window, string page) => window.Page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(folder, $"{page}-{(colours == ColorScheme.Dark ? "dark" : "light")}-{size}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide,
                });
            }
        }
    }

    private static async Task<DeskWindow> EnterAsync(Uri server, string person, int width = 1440, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var window = await DeskWindow.OpenAsync(server, width: width, height: height, colours: colours);
        if (person.Length == 0)
            return window;

        await window.GoAsync("/sign-in");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = person }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();
        return window;
    }

    private static async Task GoAsync(DeskWindow window, string person, string way)
    {
        if (way.StartsWith('/'))
        {
            await window.GoAsync(way);
        }
        else
        {
            await window.GoAsync(person == "Ana" ? "/feed" : "/queue");
            await window.Page.Locator(way).First.ClickAsync();
            await Expect(window.Conversation.Answer).ToBeVisibleAsync();
        }

        await window.Page.WaitForFunctionAsync("() => document.fonts.status === 'loaded' && document.documentElement.classList.contains('has-script')");
    }

    // Something offered, claimed, answered and escalated before the first picture.
    private static async Task FillAsync(Uri server)
    {
        await using var advocate = await EnterAsync(server, "Ana");
        for (var i = 0; i < 3; i++)
        {
            await advocate.GoAsync("/feed");
            await advocate.Page.GetByRole(AriaRole.Button, new() { Name = "Claim" }).First.ClickAsync(new() { Timeout = AMinute });
            await Expect(advocate.Conversation.Reply).ToBeVisibleAsync();
            if (i == 2)
                break;
            await advocate.Conversation.Reply.FillAsync("Thank you for telling us. Have you tried to turn it off and on again?");
            await advocate.Page.GetByRole(AriaRole.Button, new() { Name = "Reply on Demo network" }).ClickAsync();
            await Expect(advocate.Conversation.Turns.Filter(new() { HasText = "turn it off and on again" })).ToContainTextAsync("Posted", new() { Timeout = AMinute });
        }

        await using var agent = await EnterAsync(server, "Sam");
        await Expect(agent.Page.Locator("a.queue-item").Nth(1)).ToBeVisibleAsync(new() { Timeout = AMinute });
        await advocate.GoAsync("/feed");
        await Expect(advocate.Page.GetByText("Pass", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = AMinute });
    }
}
