using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>An advocate's day without a mouse: every action has a key, a sheet that tells it, and a place in the command palette.</summary>
public sealed class KeyboardTests
{
    private FilledDesk desk = null!;
    private DeskWindow window = null!;

    private IPage Page => window.Page;

    private ILocator Palette => Page.GetByRole(AriaRole.Dialog, new() { Name = "Commands" });

    private ILocator Field => Palette.GetByRole(AriaRole.Combobox);

    [SetUp]
    public async Task StartAsync()
    {
        desk = await FilledDesk.StartAsync();
        window = await (await DeskWindow.OpenAsync(desk.Server.Address)).SignInAsync(FilledDesk.Advocate, FilledDesk.Password);
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (window is not null)
            await window.DisposeAsync();
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [Test]
    public async Task A_day_of_an_advocate_with_the_keyboard_alone()
    {
        await PressAsync("g", "s");
        await Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await PressAsync("l", "a", "m", "p", "Enter");
        await Expect(Page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
        // The field has the focus no more, and keys are commands again.
        await PressAsync("g", "f");
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();

        await MoveToAsync("waterproof");
        await PressAsync("r");
        await Expect(window.Conversation.Reply).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Splashes are fine, rain is not. cc g f");
        await PressAsync("Control+Enter");
        await Expect(window.Conversation.Turns.Filter(new() { HasText = "Splashes are fine" })).ToBeVisibleAsync();

        await Page.EvaluateAsync("() => document.activeElement?.blur()");
        await PressAsync("u");
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();
        await MoveToAsync("Ireland");
        await PressAsync("c");
        await Expect(window.Conversation.Reply).ToBeFocusedAsync();
        await Page.EvaluateAsync("() => document.activeElement?.blur()");
        await PressAsync("e");
        await Expect(Page.GetByLabel("Why should staff take it?")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("She asks for a price that only staff can give.");
        await PressAsync("Tab", "Enter");
        await Expect(window.Conversation.Answer).ToContainTextAsync("With staff");

        await PressAsync("g", "h");
        await Expect(window.Heading("What you answered")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Article).First).ToContainTextAsync("waterproof");
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_sheet_tells_the_keys_of_the_page_and_of_the_places()
    {
        await PressAsync("?");
        var sheet = Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });
        await Expect(sheet).ToBeVisibleAsync();
        await Expect(sheet.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Claim" })).ToContainTextAsync("c");
        await Expect(sheet.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Points" })).ToContainTextAsync("g");

        await PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();

        await PressAsync("?");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(sheet).ToBeHiddenAsync();
        // A page that is being left becomes an outline after 400 ms; this one stays.
        Assert.That(await Page.EvaluateAsync<bool>("() => new Promise(done => setTimeout(() => done(document.documentElement.matches('.is-leaving')), 600))"), Is.False);
    }

    [Test]
    public async Task Single_keys_can_be_switched_off()
    {
        await PressAsync("?");
        await Page.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await PressAsync("Escape", "g", "p", "?");
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await PressAsync("Control+k");
        await Expect(Field).ToBeFocusedAsync();
    }

    [Test]
    public async Task The_palette_goes_does_and_finds()
    {
        await PressAsync("Control+k");
        await Expect(Field).ToBeFocusedAsync();
        await Expect(Palette.GetByRole(AriaRole.Option, new() { Name = "Rules" })).ToHaveCountAsync(0);
        await Page.Keyboard.TypeAsync("poi");
        await Expect(Palette.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Points");
        await PressAsync("Enter");
        await Expect(window.Heading("Your points")).ToBeVisibleAsync();

        await PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("reading light");
        var found = Palette.GetByRole(AriaRole.Option).Filter(new() { HasText = "My sister loves" });
        await Expect(found).ToBeVisibleAsync();
        await PressAsync("ArrowDown", "ArrowUp");
        var active = await Field.GetAttributeAsync("aria-activedescendant");
        await Expect(Page.Locator($"#{active}")).ToHaveAttributeAsync("aria-selected", "true");
        await PressAsync("Enter");
        await Expect(window.Conversation.Turns).ToContainTextAsync(["My sister loves the reading light"]);

        await PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("claim");
        await Expect(Palette.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Claim and answer");
        await PressAsync("Enter");
        await Expect(window.Conversation.Reply).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_focus_stays_in_the_palette_and_comes_back()
    {
        await PressAsync("j");
        var before = await FocusedAsync();
        await PressAsync("Control+k");
        await Expect(Field).ToBeFocusedAsync();
        for (var i = 0; i < 5; i++)
        {
            await PressAsync("Tab");
            Assert.That(await Page.EvaluateAsync<bool>("() => document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')"), Is.True);
        }

        await PressAsync("Escape");
        await Expect(Palette).ToBeHiddenAsync();
        // Where the list was renewed meanwhile, the focus comes back a moment later.
        Assert.That(before, Is.Not.Empty);
        await Expect(Page.Locator("main a:focus")).ToHaveAttributeAsync("href", before);
    }

    private Task<string> FocusedAsync() => Page.EvaluateAsync<string>("() => document.activeElement?.getAttribute('href') ?? ''");

    // Down the list until the card that has the text holds the focus.
    private async Task MoveToAsync(string text)
    {
        await Expect(window.Feed.Card(text).First).ToBeVisibleAsync();
        for (var i = 0; i < 20; i++)
        {
            await PressAsync("j");
            if (await Page.EvaluateAsync<bool>("text => document.activeElement?.closest('[data-item]')?.textContent.includes(text) ?? false", text))
                return;
        }

        Assert.Fail($"j does not lead to \"{text}\".");
    }

    private async Task PressAsync(params string[] keys)
    {
        // A page that is there may not listen yet.
        await Expect(Page.Locator("html")).ToHaveClassAsync("has-script");
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }
}
