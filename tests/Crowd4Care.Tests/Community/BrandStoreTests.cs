using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

/// <summary>What a brand decides for itself, and that it counts at once where it is needed.</summary>
[EachEngine]
public sealed class BrandStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ada = null!;

    private BrandStore Store => crowd.Get<BrandStore>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ada = await crowd.AgentAsync("Ada");
        await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Settings_are_kept_and_the_journal_says_who_changed_what_from_what_to_what()
    {
        var settings = new BrandSettings { Name = "Lumen", Signature = "", UndoSeconds = 30, ApprovalBelowTrust = 2, ClaimMinutes = 45, IgnoredOffers = 5, KeepDays = 90 };
        Assert.That(await Store.SaveAsync(CrowdDriver.Brand, settings, ada.Id), Is.EqualTo(7));
        Assert.That(await Store.SettingsAsync(CrowdDriver.Brand), Is.EqualTo(settings));
        Assert.That(await Store.SaveAsync(CrowdDriver.Brand, settings with { UndoSeconds = null }, ada.Id), Is.EqualTo(1));

        var entries = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.BrandChanged).ToList();
        Assert.That(entries, Has.Count.EqualTo(8));
        Assert.That(entries[0], Has.Property(nameof(JournalEntry.ActorId)).EqualTo(ada.Id));
        Assert.That(entries.Select(e => Said(e.Data!)), Is.SupersetOf(new[] { ("name", "Brand", "Lumen"), ("approvalBelowTrust", "1", "2"), ("undoSeconds", "", "30"), ("undoSeconds", "30", "") }));
    }

    [Test]
    public async Task What_is_as_it_was_changes_nothing()
    {
        var before = await Store.SettingsAsync(CrowdDriver.Brand);
        Assert.That(await Store.SaveAsync(CrowdDriver.Brand, before!, ada.Id), Is.Zero);
        Assert.That((await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.BrandChanged), Is.Empty);
        Assert.That(await Store.SettingsAsync("nobody"), Is.Null);
    }

    [Test]
    public async Task A_claim_lasts_as_the_brand_says_and_one_that_was_given_stays_as_it_is()
    {
        await SetAsync(s => s with { ClaimMinutes = 45 });
        var ana = await crowd.AdvocateAsync("Ana");
        var (id, _) = await crowd.ClaimedAsync(ana);
        Assert.That((await crowd.RowAsync(id)).ClaimExpiresAt, Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(45)));

        await SetAsync(s => s with { ClaimMinutes = 5 });
        crowd.Clock.Advance(TimeSpan.FromMinutes(44));
        var extended = await crowd.Get<ClaimDesk>().ExtendAsync(id, CrowdDriver.Brand, ana.Id);
        Assert.That(extended.Until, Is.EqualTo(crowd.Clock.GetUtcNow().AddMinutes(45)));
    }

    [Test]
    public async Task A_reply_has_the_brands_signature_and_loses_that_one_when_it_is_taken_back_later()
    {
        await SetAsync(s => s with { Signature = "— {name}, volunteer" });
        var ana = await crowd.AdvocateAsync("Ana", trust: 2);
        var (id, fence) = await crowd.ClaimedAsync(ana);
        var result = await crowd.Get<ReplyDesk>().SubmitAsync(id, CrowdDriver.Brand, ana.Id, ana.Name, fence, "Restart it.", TimeSpan.FromSeconds(10));
        Assert.That(result.Text, Is.EqualTo("Restart it.\n— Ana, volunteer"));

        await SetAsync(s => s with { Signature = "" });
        var undone = await crowd.Get<ReplyDesk>().UndoAsync(id, CrowdDriver.Brand, ana.Id);
        var terms = await crowd.Get<BrandTerms>().OfAsync(CrowdDriver.Brand);
        Assert.That(terms.Unsign(undone!.Text, undone.Signature, ana.Name), Is.EqualTo("Restart it."));
        Assert.That(terms.Sign(" Well. ", ana.Name), Is.EqualTo("Well."), "an empty signature is none");
    }

    [Test]
    public async Task Without_settings_the_installations_configuration_counts()
    {
        var terms = await crowd.Get<BrandTerms>().OfAsync(CrowdDriver.Brand);
        Assert.That((terms.SignatureOf("Ana"), terms.TimeToUndo), Is.EqualTo(("\n— Ana", TimeSpan.FromSeconds(10))));
        await SetAsync(s => s with { UndoSeconds = 0 });
        Assert.That((await crowd.Get<BrandTerms>().OfAsync(CrowdDriver.Brand)).TimeToUndo, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(2, 1, false)]
    [TestCase(2, 2, true)]
    [TestCase(0, 4, false)]
    public async Task Who_lets_as_many_offers_run_out_as_the_brand_allows_is_set_away(int allowed, int ignored, bool isAway)
    {
        await SetAsync(s => s with { IgnoredOffers = allowed });
        var ana = await crowd.AdvocateAsync("Ana");
        for (var i = 0; i < ignored; i++)
            await crowd.OfferAsync(await crowd.OpenAsync(), ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(6));
        await crowd.WriteAsync(transaction => crowd.Get<OfferStore>().ExpireAsync(transaction, 100));

        Assert.That(await crowd.Get<AvailabilityStore>().SetIgnorersAwayAsync([ana.Id]), isAway ? Is.EqualTo(new[] { ana.Id }) : Is.Empty);
    }

    [Test]
    public async Task What_rests_longer_than_the_brand_keeps_it_is_deleted_and_other_brands_keep_theirs()
    {
        await SetAsync(s => s with { KeepDays = 30 });
        await Store.EnsureAsync("other", "Other");
        Assert.That((await crowd.Get<Retention>().PlacesAsync(default)).Select(p => (p.BrandId, p.Days)).Distinct(), Is.EqualTo(new[] { (CrowdDriver.Brand, 30) }));

        var id = await crowd.ClassifiedAsync();
        await crowd.ApplyAsync(MentionChange.Ignored(id, new { }));
        await crowd.Get<PointsLedger>().CatchUpAsync();
        var ignored = (await crowd.Get<Retention>().PlacesAsync(default)).Single(p => p.Status == MentionStatus.Ignored);
        crowd.Clock.Advance(TimeSpan.FromDays(29));
        await crowd.Get<Retention>().DeleteAsync(ignored, default);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions"), Is.EqualTo(1));

        crowd.Clock.Advance(TimeSpan.FromDays(2));
        await Poll.UntilAsync(
            async () =>
            {
                await crowd.Get<PointsLedger>().CatchUpAsync();
                await crowd.Get<Retention>().DeleteAsync(ignored, default);
                return await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions");
            },
            left => left == 0, "the mention is gone");
    }

    [TestCase("60", 90, 60)]
    [TestCase("60", 45, 45)]
    [TestCase("60", null, 60)]
    public async Task The_shorter_of_the_brands_and_the_installations_days_counts(string installation, int? brand, int days)
    {
        await using var other = await CrowdDriver.StartAsync(engine, null, KeyValuePair.Create<string, string?>("Storage:KeepDays", installation));
        await other.Get<BrandStore>().SaveAsync(CrowdDriver.Brand, new BrandSettings { Name = "Brand", KeepDays = brand }, null);
        Assert.That((await other.Get<Retention>().PlacesAsync(default)).Select(p => p.Days).Distinct(), Is.EqualTo(new[] { days }));
    }

    private async Task SetAsync(Func<BrandSettings, BrandSettings> change) =>
        await Store.SaveAsync(CrowdDriver.Brand, change((await Store.SettingsAsync(CrowdDriver.Brand))!), ada.Id);

    private static (string Setting, string From, string To) Said(string data)
    {
        using var document = JsonDocument.Parse(data);
        return (Text("setting"), Text("from"), Text("to"));

        string Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";
    }
}
