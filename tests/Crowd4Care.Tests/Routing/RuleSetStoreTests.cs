using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

[EachEngine]
public sealed class RuleSetStoreTests(string engine)
{
    private CrowdDriver crowd = null!;

    private RuleSetStore Store => crowd.Get<RuleSetStore>();

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_draft_is_never_in_force()
    {
        Assert.That((await Store.DraftAsync(CrowdDriver.Brand, Rules("draft"), null)).Version, Is.EqualTo(1));
        Assert.That((await Store.PublishedAsync(CrowdDriver.Brand)).Version, Is.Zero);

        await Store.PublishAsync(CrowdDriver.Brand, Rules("published"), null);
        await Store.DraftAsync(CrowdDriver.Brand, Rules("another"), null);

        var (rules, version) = await Store.PublishedAsync(CrowdDriver.Brand);
        Assert.That((version, rules.Rules[0].Id), Is.EqualTo((2, "published")));
        Assert.That((await Store.VersionsAsync(CrowdDriver.Brand)).Select(v => (v.Version, v.PublishedAt is null)), Is.EqualTo(new[] { (3, true), (2, false), (1, true) }));
    }

    [Test]
    public async Task A_draft_with_mistakes_is_not_stored()
    {
        var (version, mistakes) = await Store.DraftAsync(CrowdDriver.Brand, "{}", null);
        Assert.That((version, mistakes.Count), Is.EqualTo(((int?)null, 1)));
        Assert.That(await Store.VersionsAsync(CrowdDriver.Brand), Is.Empty);
    }

    [Test]
    public async Task A_published_draft_is_a_new_version()
    {
        var person = await crowd.AgentAsync("Ana");
        await Store.DraftAsync(CrowdDriver.Brand, Rules("draft"), person.Id);
        crowd.Clock.Advance(TimeSpan.FromMinutes(1));

        var published = await Store.PublishAsync(CrowdDriver.Brand, 1, person.Id);

        Assert.That(published?.Version, Is.EqualTo(2));
        var (rules, version) = await Store.PublishedAsync(CrowdDriver.Brand);
        Assert.That((version, rules.Rules[0].Id), Is.EqualTo((2, "draft")));
        var stored = (await Store.FindAsync(CrowdDriver.Brand, 2))!;
        Assert.That((stored.AuthorName, stored.PublishedAt, stored.Document), Is.EqualTo(("Ana", (DateTimeOffset?)crowd.Clock.GetUtcNow(), Rules("draft"))));
        Assert.That((await Store.FindAsync(CrowdDriver.Brand, 1))!.PublishedAt, Is.Null);
    }

    [Test]
    public async Task An_old_version_is_in_force_again_in_one_step_and_the_journal_names_it()
    {
        await Store.PublishAsync(CrowdDriver.Brand, Rules("old"), null);
        await Store.PublishAsync(CrowdDriver.Brand, Rules("new"), null);

        Assert.That((await Store.PublishAsync(CrowdDriver.Brand, 1, null))?.Version, Is.EqualTo(3));

        Assert.That((await Store.PublishedAsync(CrowdDriver.Brand)).Rules.Rules[0].Id, Is.EqualTo("old"));
        var entries = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.RulesPublished).Select(e => e.Data);
        Assert.That(entries, Is.EqualTo(new[] { """{"version":1}""", """{"version":2}""", """{"version":3,"source":1}""" }));
    }

    [Test]
    public async Task The_built_in_rules_can_be_in_force_again()
    {
        await Store.PublishAsync(CrowdDriver.Brand, Rules("mine"), null);
        await Store.PublishAsync(CrowdDriver.Brand, 0, null);
        Assert.That((await Store.PublishedAsync(CrowdDriver.Brand)).Rules.Rules[0].Id, Is.EqualTo("own-posts"));
    }

    [Test]
    public async Task A_version_that_is_not_there_is_not_published()
    {
        await Store.PublishAsync(CrowdDriver.Brand, Rules("mine"), null);
        Assert.That(await Store.PublishAsync(CrowdDriver.Brand, 2, null), Is.Null);
        Assert.That(await Store.PublishAsync("another", 1, null), Is.Null);
    }

    private static string Rules(string id) => $$"""{"rules":[{"id":"{{id}}","then":{"action":"offer"} }]}""";
}
