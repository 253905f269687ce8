using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Language;
using Crowd4Care.Language.Training;
using Crowd4Care.Server.Tests.TestBed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>People say what is right where they read the score, and admins see how the model fares and which one is live.</summary>
public sealed class ClassifierTests
{
    private const string Password = "correct horse battery";
    private const string Doubtful = "So the parcel with the lamp, and then the bill, well.";

    private Installation installation = null!;
    private RunningServer server = null!;
    private ApiClient staff = null!;

    [SetUp]
    public async Task StartAsync()
    {
        installation = new Installation();
        await (await Browser.OpenAsync()).DisposeAsync();
        await installation.AddAccountAsync(Role.Advocate, "ines", "Ines Roth", Password, new PersonSkill("lang:en", 1));
        await installation.AddAccountAsync(Role.Agent, "olga", "Olga Berg", Password);
        await installation.AddAccountAsync(Role.Admin, "ada", "Ada Winter", Password);
        server = await installation.ServeAsync();
        staff = server.Api(await installation.AddKeyAsync(Role.Agent, "Import"));
    }

    [TearDown]
    public async Task StopAsync() => await installation.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_agent_says_what_is_right_beside_the_score(bool script)
    {
        var id = await MentionAsync(Doubtful);
        await using var window = await DeskWindow.OpenAsync(server.Address, script);
        await window.SignInAsync("olga", Password);
        await window.GoAsync($"/mentions/{id}");
        var side = window.Page.GetByRole(AriaRole.Complementary, new() { Name = "Background" });

        await side.GetByText("Is that right? (topic)").ClickAsync();
        await side.GetByLabel("Right topic").SelectOptionAsync("refund");
        await side.GetByRole(AriaRole.Button, new() { Name = "Save" }).Locator("visible=true").ClickAsync();
        await Expect(side.GetByText("You: it is Refund")).ToBeVisibleAsync();

        await side.GetByText("Is that right? (sentiment)").ClickAsync();
        await side.GetByRole(AriaRole.Button, new() { Name = "That’s right" }).Locator("visible=true").First.ClickAsync();
        await Expect(side.GetByText("You: that’s right")).ToBeVisibleAsync();
        Assert.That((await staff.GetAsync("corrections"))["items"]!.AsArray().Select(c => (string?)c!["head"]), Is.EquivalentTo(new[] { "topic", "sentiment" }));
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_advocate_may_once_it_is_claimed()
    {
        var id = await MentionAsync(Doubtful);
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ines", Password);
        await Expect(window.Heading("Hello, Ines")).ToBeVisibleAsync();
        await window.GoAsync($"/mentions/{id}");
        await Expect(window.Heading("What we read")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Is that right?")).ToHaveCountAsync(0);

        await window.Conversation.PressAsync("Claim and answer");

        await Expect(window.Page.GetByText("Is that right? (topic)")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_admin_labels_what_is_in_doubt_and_changes_the_model()
    {
        await MentionAsync(Doubtful);
        var (shipped, candidate) = await CandidateAsync();
        await using var window = await DeskWindow.OpenAsync(server.Address);
        window.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/classifier");
        await Expect(window.Page.GetByText($"Mentions are scored with {shipped}")).ToBeVisibleAsync();

        var card = window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "So the parcel" });
        await card.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(window.Page.GetByText("Nothing to label")).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "How often it was right" }).GetByText("1 of 1").First).ToBeVisibleAsync();

        await window.Page.GetByRole(AriaRole.Button, new() { Name = $"Make live {candidate}" }).ClickAsync();
        await Expect(window.Page.GetByText($"Mentions are scored with {candidate}")).ToBeVisibleAsync();
        await Poll.UntilAsync(
            async _ => (string?)(await staff.MentionAsync(await MentionAsync("Where is my order?")))["score"]!["modelVersion"], version => version == candidate, "a score of the new model");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await Expect(window.Page.GetByText($"Mentions are scored with {shipped}")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Is.Empty);
    }

    [Test]
    public async Task An_admin_asks_something_of_the_brand_s_own()
    {
        await using var window = await DeskWindow.OpenAsync(server.Address);
        await window.SignInAsync("ada", Password);
        await window.GoAsync("/admin/classifier");
        var panel = window.Page.GetByRole(AriaRole.Region, new() { Name = "Your own questions" });
        await panel.GetByText("Ask something new").ClickAsync();
        // However slowly the page catches up, what was refused is sent again at once.
        var parts = await window.HoldAsync("**/desk/fragments/**");
        await panel.GetByLabel("Name").FillAsync("topic");
        await panel.GetByLabel("Labels").FillAsync("lamp: lamp, light\nkettle: kettle");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Expect(window.Page.GetByText("The model has a head “topic” already")).ToBeVisibleAsync();

        await panel.GetByLabel("Name").FillAsync("product-line");
        await window.Page.RunAndWaitForRequestAsync(() => panel.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync(), request => request.Url.EndsWith("/desk/heads/save", StringComparison.Ordinal));
        parts.SetResult();
        await Expect(panel.GetByText("lamp, kettle")).ToBeVisibleAsync();

        await window.GoAsync($"/mentions/{await MentionAsync("Does the lamp come in blue?")}");
        var side = window.Page.GetByRole(AriaRole.Complementary, new() { Name = "Background" });
        await Expect(side.GetByText("by keywords: “lamp”")).ToBeVisibleAsync();

        await window.GoAsync($"/mentions/{await MentionAsync("Are you open on Sunday?")}");
        await side.GetByText("Say what it is (product line)").ClickAsync();
        await side.GetByLabel("Right product line").SelectOptionAsync("kettle");
        await side.GetByRole(AriaRole.Button, new() { Name = "Save" }).Locator("visible=true").ClickAsync();
        await Expect(side.GetByText("You: it is Kettle")).ToBeVisibleAsync();
        Assert.That(window.Complaints, Has.All.Contains("/desk/heads/save"), "the browser tells of a refusal too");
    }

    private async Task<Guid> MentionAsync(string text)
    {
        var id = (await staff.PushAsync(Some.Post(text: text))).Single();
        await staff.RoutedAsync(id);
        return id;
    }

    private async Task<(string Shipped, string Candidate)> CandidateAsync()
    {
        var shipped = MentionModel.LoadDefault();
        var tuned = ModelTuner.Tune(shipped, new Dictionary<string, IReadOnlyList<(string Text, string Label)>> { ["topic"] = [("glimmerbox", "refund"), ("a glimmerbox", "refund")] }, 1);
        using var file = new MemoryStream();
        tuned.Save(file);
        var table = ConfusionTable.Of([("refund", "refund"), ("refund", "billing")]);
        var figures = new TrainingFigures(2, [new("topic", table, table)], [new("topic", ConfusionTable.Of([("refund", "billing")]), ConfusionTable.Of([("refund", "refund")]))]);
        await (await installation.ServicesAsync()).GetRequiredService<ModelStore>()
            .AddAsync(new TrainedModel(tuned.Version, shipped.Version, "Only 1 corrections are held out.", figures, file.ToArray()), null);
        return (shipped.Version, tuned.Version);
    }
}
