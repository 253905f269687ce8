using System.Text.RegularExpressions;
using Crowd4Care.Server.Desk.Languages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The desk speaks the reader's language, all of it, and what somebody chose stays.</summary>
public sealed class LanguageTests
{
    private FilledDesk? desk;

    private static IEnumerable<string> Others => Texts.Languages.Select(l => l.Tag).Where(tag => tag != "en");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    [TestCaseSource(nameof(Others))]
    public void Every_text_is_there_with_its_values(string language)
    {
        var (named, known) = (DeskTexts.Named(), Texts.All(language));
        Assert.That(named, Has.Count.GreaterThan(500));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(named.Where(text => !known.ContainsKey(text.Key)).Select(text => $"{text.Value}: {text.Key}"), Is.Empty, "not translated");
            Assert.That(known.Keys.Where(text => !named.ContainsKey(text)), Is.Empty, "said nowhere any more");
            foreach (var (english, text) in known)
                Assert.That(DeskTexts.PlacesOf(text), Is.EqualTo(DeskTexts.PlacesOf(english)), $"{english} → {text}");
        }
    }

    [Test]
    public void What_scripts_say_is_given_along()
    {
        var ofScripts = DeskTexts.Named(scriptsOnly: true).Keys;
        Assert.That(ofScripts, Has.Count.GreaterThan(20).And.All.Matches<string>(ScriptTexts.All.Contains));
    }

    [Test]
    public async Task It_is_the_browser_s_language_until_somebody_chooses_another()
    {
        desk ??= await FilledDesk.StartAsync();
        await using var window = await DeskWindow.OpenAsync(desk.Server.Address, language: "de-AT");
        await window.GoAsync("/sign-in");
        await window.Page.GetByLabel("Anmeldename").FillAsync(FilledDesk.Advocate);
        await window.Page.GetByLabel("Passwort").FillAsync(FilledDesk.Password);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Anmelden" }).ClickAsync();
        await Expect(window.Heading("Hallo, Ines")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        // What script keeps fresh says the same as the server did.
        await window.ListeningAsync();
        await Expect(window.Page.Locator("time[data-ago]").First).ToHaveTextAsync(new Regex(@"^(gerade|jetzt|\d+ (Min|Std|T)\.)"));

        await window.Page.Locator(".menu > summary").ClickAsync();
        await window.Page.GetByLabel("Sprache der Oberfläche").SelectOptionAsync("es");
        await window.Page.Locator(".languages button").ClickAsync();
        await Expect(window.Heading("Hola, Ines")).ToBeVisibleAsync();
        await window.GoAsync("/history");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        Assert.That(window.Complaints, Is.Empty);
    }

    [TestCaseSource(nameof(Others))]
    public async Task On_a_phone_its_words_fit(string language)
    {
        desk ??= await FilledDesk.StartAsync();
        foreach (var places in desk.Places.Where(place => place.Login is not null).GroupBy(place => place.Login!))
        {
            await using var window = await DeskWindow.OpenAsync(desk.Server.Address, width: 390, height: 844);
            await window.SignInAsync(places.Key, FilledDesk.Password);
            await window.SpeakAsync(language);
            foreach (var place in places)
            {
                await window.GoAsync(place.Path);
                await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
                Assert.That(await window.TooWideAsync(), Is.Empty, $"{place.Name}, {language}");
            }
        }
    }

    [Test]
    public async Task Written_from_the_right_pages_fit_and_begin_there()
    {
        desk ??= await FilledDesk.StartAsync();
        foreach (var places in desk.Places.Where(place => place.Login is not null).GroupBy(place => place.Login!))
        {
            await using var window = await DeskWindow.OpenAsync(desk.Server.Address, width: 390, height: 844);
            await window.SignInAsync(places.Key, FilledDesk.Password);
            foreach (var place in places)
            {
                await window.GoAsync(place.Path);
                var sideways = await window.Page.EvaluateAsync<int>(
                    "() => { const root = document.documentElement; root.dir = 'rtl'; return root.scrollWidth - root.clientWidth; }");
                Assert.That(sideways, Is.Zero, place.Name);
                var heading = await window.Page.Locator("main h1, main h2").First.EvaluateAsync<string>("h => getComputedStyle(h).textAlign");
                Assert.That(heading, Is.EqualTo("start").Or.EqualTo("center"), place.Name);
            }
        }
    }
}
