using System.Text.RegularExpressions;
using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Bench;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Server.Desk.Languages;
using Crowd4Care.Server.Health;
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
    [SetUICulture("de")]
    public void What_other_modules_say_is_said_in_it_too()
    {
        var made = new MadeUpBrand(new Random(1));
        var turn = new RoutingTurn(made.Rules(60), 1, AdvocateIndex.Of(Enumerable.Range(0, 80).Select(made.Advocate)), DateTimeOffset.UnixEpoch);
        var decisions = Enumerable.Range(0, 2000).Select(_ => Router.Decide(turn, made.Mention())).ToList();
        var wrong = new BrandSettings { Name = new string('x', 500), Signature = "{who}", UndoSeconds = -1, ApprovalBelowTrust = 9, ClaimMinutes = 0, IgnoredOffers = -1, KeepDays = 1 };
        IReadOnlyList<string> said =
        [
            .. decisions.Select(decision => decision.Explanation), .. decisions.SelectMany(decision => decision.Candidates).Select(candidate => candidate.Excluded).OfType<string>(),
            .. wrong.Mistakes(null).Values, .. (wrong with { KeepDays = 40 }).Mistakes(30).Values,
            .. new[] { OfferStore.Passed, OfferStore.Expired, OfferStore.RanOut, OfferStore.GivenBack }.Select(Matcher.Became),
        ];
        Assert.That(said.Distinct().Count(), Is.GreaterThan(100));
        Assert.That(said.Where(text => ToldTexts.Told(text) == text).Distinct(), Is.Empty);
        Assert.That(
            ToldTexts.Told("Several are asked at once, and whoever claims first has it. Ana D. Ruiz is the best qualified of those who are here and have time. Less is asked after 5 minutes (topic:billing 0.3 instead of 0.5, any language)."),
            Is.EqualTo("Mehrere werden zugleich gefragt; wer zuerst übernimmt, hat den Beitrag. Ana D. Ruiz eignet sich am besten von allen, die da sind und Zeit haben. Nach 5 Minuten wird weniger verlangt (topic:billing 0.3 statt 0.5, jede Sprache)."));
        Assert.That(ToldTexts.Told("A rule of theirs, in their own words."), Is.EqualTo("A rule of theirs, in their own words."));
    }

    [Test]
    public void What_is_said_of_the_parts_of_a_server_is_known_too()
    {
        string[] parts = [HealthWords.Database, HealthWords.Bus, HealthWords.State, HealthWords.Classifier];
        var said = parts.SelectMany(part => Enum.GetValues<Crowd4Care.Server.Health.Condition>().Select(condition => HealthWords.Of(part, condition))).SelectMany(words => new[] { words.Means, words.Do }).OfType<string>();
        Assert.That(said, Is.Not.Empty.And.All.Matches<string>(LaterTexts.All.Contains));
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
