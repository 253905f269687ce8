using System.Text.Json;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>Writing an answer in a real browser, on the demo's network, which takes replies.</summary>
public sealed class ComposerTests
{
    private readonly Installation installation = new();
    private RunningServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        // Long enough that no test is hurried; those that wait for the end of it would not be patient enough.
        installation.Settings["Engagement:UndoSeconds"] = "300";
        server = await installation.ServeAsync("--demo");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [Test]
    public async Task The_browser_counts_as_the_server_does()
    {
        await using var window = await EnterAsync("Ana");
        var table = File.ReadAllText(Repository.Of("tests", "Crowd4Care.Tests", "Networks", "text-lengths.json"));
        var lengths = await window.Page.EvaluateAsync<int[][]>(
            """
            async table => {
              const { countGraphemes, countBytes } = await import("/js/composer.js");
              return JSON.parse(table).map(row => [countGraphemes(row.text), countBytes(row.text)]);
            }
            """, table);
        using var rows = JsonDocument.Parse(table);
        var expected = rows.RootElement.EnumerateArray().Select(row => new[] { row.GetProperty("count").GetInt32(), row.GetProperty("bytes").GetInt32() });
        Assert.That(lengths, Is.EqualTo(expected));
    }

    [TestCase("x", 300, 0, "1 / 300", "")]
    [TestCase("👍🏽", 3, 0, "1 / 3", "2 characters left")]
    [TestCase("abcd", 3, 0, "1 too many", "1 character too many")]
    [TestCase("👨‍👩‍👧‍👦", 3, 20, "5 bytes too many", "5 bytes too many: emoji take several each")]
    public async Task The_counter_shows_and_says_what_is_left(string text, int limit, int bytes, string shown, string said)
    {
        await using var window = await EnterAsync("Ana");
        var measured = await window.Page.EvaluateAsync<JsonElement>(
            """async ([text, limit, bytes]) => (await import("/js/composer.js")).measure(text, limit, bytes)""", new object[] { text, limit, bytes });
        Assert.That((measured.GetProperty("shown").GetString(), measured.GetProperty("said").GetString()), Is.EqualTo((shown, said)));
    }

    [Test]
    public async Task The_reply_is_shown_as_it_will_stand_there_while_it_is_written()
    {
        await using var window = await ClaimAsync("Ana");
        await window.Conversation.Reply.FillAsync("Turn it off\nand on again. ");
        await Expect(window.Conversation.Answer.Locator("[data-preview]")).ToHaveTextAsync("Turn it off\nand on again.");
        await Expect(window.Conversation.Answer.GetByText("— Ana")).ToBeVisibleAsync();
        await window.Conversation.Reply.FillAsync(new string('x', 300));
        await Expect(window.Conversation.Answer.GetByRole(AriaRole.Status).Filter(new() { HasText = "characters too many" })).ToHaveCountAsync(1);
        await Expect(SendOf(window)).ToBeDisabledAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_reply_is_taken_back_and_written_anew(bool script)
    {
        await using var window = await ClaimAsync("Ana", script);
        await window.Conversation.Reply.FillAsync("Have you tried to turn it off and on agian?");
        await SendOf(window).ClickAsync();
        await Expect(window.Conversation.Answer).ToContainTextAsync("Goes out in");
        await Expect(window.Conversation.Reply).ToHaveCountAsync(0);

        await window.Conversation.PressAsync("Undo");
        await Expect(window.Conversation.Reply).ToHaveValueAsync("Have you tried to turn it off and on agian?");
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "agian" })).ToHaveCountAsync(0);

        await window.Conversation.Reply.FillAsync("Have you tried to turn it off and on again?");
        await SendOf(window).ClickAsync();
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "on again?" })).ToContainTextAsync("Goes out in");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_a_reply_that_is_too_long_is_refused_with_its_text_kept()
    {
        await using var window = await ClaimAsync("Ana", script: false);
        var text = new string('y', 320);
        await window.Conversation.Reply.FillAsync(text);
        await SendOf(window).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "characters too many, signature included" })).ToBeVisibleAsync();
        await Expect(window.Conversation.Reply).ToHaveValueAsync(text);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_template_is_written_by_staff_and_picked_by_an_advocate(bool script)
    {
        var name = script ? "Welcome" : "Welcome, without script";
        await using (var agent = await EnterAsync("Sam", script))
        {
            await agent.GoAsync("/templates");
            var add = agent.Page.GetByRole(AriaRole.Region, new() { Name = "New template" });
            await add.GetByLabel("Name").FillAsync(name);
            await add.GetByLabel("Text").FillAsync("Hello {autor}, this is {me}.");
            await add.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
            await Expect(agent.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("{autor} is no placeholder");
            await add.GetByLabel("Text").FillAsync("Hello, this is {me}.");
            await add.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
            await Expect(agent.Page.GetByRole(AriaRole.Region, new() { Name = "All templates" })).ToContainTextAsync(name);
        }

        await using var window = await ClaimAsync("Ana", script);
        await window.Conversation.Reply.FillAsync("Good morning!");
        await window.Conversation.Answer.GetByText("Templates", new() { Exact = true }).ClickAsync();
        await window.Conversation.Answer.GetByLabel("Template").SelectOptionAsync(name);
        await window.Conversation.PressAsync("Put into the reply");
        await Expect(window.Conversation.Reply).ToHaveValueAsync(new Regex(@"^Good morning!\sHello, this is Ana"));
        Assert.That(window.Complaints, Is.Empty);
    }

    private static ILocator SendOf(DeskWindow window) => window.Page.GetByRole(AriaRole.Button, new() { Name = "Reply on Demo network" });

    // Somebody has claimed a mention and its reply box is open.
    private async Task<DeskWindow> ClaimAsync(string name, bool script = true)
    {
        var window = await EnterAsync(name, script);
        await window.ClaimAnyAsync();
        return window;
    }

    private async Task<DeskWindow> EnterAsync(string name, bool script = true)
    {
        var window = await DeskWindow.OpenAsync(server.Address, script);
        await window.GoAsync("/sign-in");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeVisibleAsync();
        return window;
    }
}
