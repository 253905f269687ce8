using Crowd4Care.Contracts;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An admin who does not read JSON changes rules: by forms, beside the text.</summary>
public sealed class RulesEditorTests
{
    private const string Password = "correct horse battery";

    private Installation installation = null!;
    private RunningServer server = null!;
    private DeskWindow window = null!;

    private ILocator Cards => window.Page.GetByRole(AriaRole.Region, new() { Name = "In this order" });

    private ILocator Text => window.Page.GetByLabel("Rule set");

    [OneTimeSetUp]
    public async Task ServeAsync()
    {
        await (await Browser.OpenAsync()).DisposeAsync();
        installation = new Installation();
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        server = await installation.ServeAsync();
        var staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
        await staff.RoutedAsync((await staff.PushAsync(Some.Post(text: "Where is my invoice?"))).Single());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (installation is not null)
            await installation.DisposeAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (window is not null)
            await window.DisposeAsync();
    }

    [TestCase(true, 1440)]
    [TestCase(false, 390)]
    public async Task An_admin_adds_a_rule_tries_it_publishes_it_and_goes_back(bool script, int width)
    {
        await OpenAsync(script, width);
        await PressAsync("Add a rule");
        var card = Cards.GetByRole(AriaRole.Listitem).Filter(new() { Has = window.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }) });
        await Expect(card).ToContainTextAsync("at least one condition is expected");
        await WriteAsync(card.GetByLabel("Name", new() { Exact = true }), "invoices");
        await card.GetByLabel("What to ask").SelectOptionAsync("text.containsAny");
        await card.GetByRole(AriaRole.Button, new() { Name = "Add condition" }).ClickAsync();
        await WriteAsync(card.GetByRole(AriaRole.Textbox, new() { Name = "Text has one of these phrases" }), "invoice\nRechnung");
        await card.GetByLabel("What to ask").SelectOptionAsync("score");
        await card.GetByRole(AriaRole.Button, new() { Name = "Add condition" }).ClickAsync();
        await card.GetByLabel("Which answer", new() { Exact = true }).SelectOptionAsync("anger|anger");
        await card.GetByLabel("Compared").SelectOptionAsync("below");
        await WriteAsync(card.GetByLabel("Below, in percent"), "99");
        await card.GetByLabel("Queue").FillAsync("Invoices");
        await WriteAsync(card.GetByLabel("Due in, minutes"), "120");
        await card.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        card = Card("invoices");
        await Expect(card).ToContainTextAsync("the text has “invoice” or “Rechnung” and anger < 99 %");
        await Expect(card).ToContainTextAsync("goes to staff, queue Invoices, due in 2 h");
        await Expect(Text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"then\": \\{ \"action\": \"escalate\", \"queue\": \"Invoices\", \"dueMinutes\": 120 \\}"));
        await Expect(window.Page.GetByLabel("What differs, line by line")).ToContainTextAsync("+      \"id\": \"invoices\"");
        await Expect(window.Page.GetByLabel("What differs, line by line")).Not.ToContainTextAsync("own-posts");
        Assert.That(await window.TooWideAsync(), Is.Empty);

        await PressAsync("Try on past mentions");
        var report = window.Page.GetByRole(AriaRole.Region, new() { Name = "Tried on 1 past mention" });
        await Expect(report.GetByRole(AriaRole.Row, new() { Name = "To staff: Invoices 0 1 +1" })).ToBeVisibleAsync();

        await PressAsync("Publish");
        await Expect(window.Page.GetByText("is in force.").First).ToBeVisibleAsync();
        await Expect(Card("invoices")).ToBeVisibleAsync();
        await PressAsync("Roll back the built-in rules");
        await Expect(window.Page.GetByText("with the rules of the start")).ToBeVisibleAsync();
        await Expect(Card("invoices")).ToHaveCountAsync(0);
        Assert.That(window.Complaints, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Rules_are_moved_copied_removed_and_the_last_change_is_undone(bool script)
    {
        await OpenAsync(script);
        await Expect(Names()).ToHaveTextAsync(["1 own-posts", "2 reposts", "3 bots", "4 spam", "5 reach", "6 safety-and-law", "7 offensive", "8 angry", "9 technical", "10 everything-else"]);
        var before = await Text.InputValueAsync();

        await PressAsync("Move down own-posts");
        await Expect(Names().First).ToHaveTextAsync("1 reposts");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Move down own-posts" })).ToBeFocusedAsync();
        await PressAsync("Move up own-posts");
        await Expect(Names().First).ToHaveTextAsync("1 own-posts");
        await Expect(Text).ToHaveValueAsync(before);

        await PressAsync("Copy bots");
        await Expect(Names().Nth(3)).ToHaveTextAsync("4 bots-2");
        await PressAsync("Remove bots-2");
        await Expect(Names()).ToHaveCountAsync(10);
        await PressAsync("Undo the last change");
        await Expect(Names()).ToHaveCountAsync(11);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Mistakes_appear_at_their_line_and_their_rule_while_somebody_types()
    {
        await OpenAsync();
        await window.ListeningAsync();
        var text = await Text.InputValueAsync();

        await Text.FillAsync(text.Replace("\"followersAtLeast\": 20000", "\"followersAtLeast\": -1"));
        await Expect(Card("reach")).ToContainTextAsync("is -1; 0 to 2147483647 is expected");
        var line = text[..text.IndexOf("followersAtLeast", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = $"Line {line}", Exact = true })).ToBeVisibleAsync();
        await Expect(window.Page.Locator($"#line-{line}")).ToHaveTextAsync($"{line}\n");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = $"Line {line}", Exact = true }).ClickAsync();
        Assert.That(await window.Page.EvaluateAsync<string>("() => document.getSelection().toString()"), Does.Contain("followersAtLeast"));

        await Text.FillAsync(text[..^3]);
        await Expect(Cards).ToContainTextAsync("The text can’t be read as it is");
        await Text.FillAsync(text);
        await Expect(Names()).ToHaveCountAsync(10);
        await Expect(window.Page.GetByText("Nothing differs from what is in force.")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Who_writes_on_keeps_the_field_and_what_is_in_it()
    {
        await OpenAsync();
        await window.ListeningAsync();
        await PressAsync("Change technical");
        var skill = Card("technical").GetByLabel("Skill", new() { Exact = true });
        await skill.Nth(1).FillAsync("topic:billing");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.TypeAsync("3");
        await Expect(Text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"topic:billing\""));
        await window.Page.Keyboard.TypeAsync("5");
        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(Text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"topic:billing\", \"atLeast\": 0.35"));
        await Expect(Card("technical")).ToContainTextAsync("topic:billing ≥ 35 %");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_script_a_rule_that_was_changed_on_both_sides_is_as_the_text_says()
    {
        await OpenAsync(script: false);
        await PressAsync("Change reach");
        await Card("reach").GetByLabel("Adds to the priority").FillAsync("33");
        await Text.FillAsync((await Text.InputValueAsync()).Replace("20000", "30000"));
        await PressAsync("Check only");

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The text counts");
        await Expect(Card("reach")).ToContainTextAsync("30,000 followers");
        await Expect(Card("reach")).ToContainTextAsync("adds 20");
    }

    private ILocator Names() => Cards.GetByRole(AriaRole.Heading, new() { Level = 3 }).Filter(new() { HasNotText = "Beside the rules" });

    [Test]
    public async Task What_is_chosen_while_the_page_catches_up_stays()
    {
        await OpenAsync();
        await PressAsync("Add a rule");
        var card = Cards.GetByRole(AriaRole.Listitem).Filter(new() { Has = window.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }) });
        await Expect(card).ToContainTextAsync("at least one condition is expected");
        var checks = await window.HoldAsync("**/desk/fragments/rules");
        await WriteAsync(card.GetByLabel("Name", new() { Exact = true }), "slow");
        await card.GetByLabel("What to ask").SelectOptionAsync("text.containsAny");
        checks.SetResult();
        await Expect(Text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"id\": \"slow\""));
        await Expect(card.GetByLabel("What to ask")).ToHaveValueAsync("text.containsAny");

        await card.GetByRole(AriaRole.Button, new() { Name = "Add condition" }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Textbox, new() { Name = "Text has one of these phrases" })).ToBeVisibleAsync();
    }

    private ILocator Card(string name) => Cards.GetByRole(AriaRole.Listitem).Filter(new() { Has = window.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new($"^\\d+ {name}$") }) });

    private async Task OpenAsync(bool script = true, int width = 1280)
    {
        window = await DeskWindow.OpenAsync(server.Address, script, width);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/rules?version=0");
        if (script)
            await window.ListeningAsync();
    }

    // As a person does: the field is left, and script takes over what is in it.
    private static async Task WriteAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    private Task PressAsync(string button) => window.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
}
