using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Classification;

[EachEngine]
public sealed class CorrectionStoreTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person agent = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        agent = await crowd.AgentAsync("Olga");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task A_correction_keeps_what_the_model_said()
    {
        var id = await ScoredAsync();
        Assert.That(await SaveAsync(id, agent, "topic", "billing"), Is.EqualTo(CorrectionOutcome.Saved));
        var kept = (await crowd.Get<CorrectionStore>().OfMentionAsync(id)).Single();
        Assert.That((kept.Head, kept.Given, kept.Probability, kept.ModelVersion, kept.Label, kept.PersonName, kept.At),
            Is.EqualTo(("topic", "technical", 0.7, "test-1", "billing", "Olga", crowd.Clock.GetUtcNow())));
        Assert.That(kept.Confirms, Is.False);
        Assert.That(await crowd.KindsAsync(id), Does.Contain(JournalKinds.ScoreCorrected));
    }

    [Test]
    public async Task That_is_right_is_kept_too()
    {
        var id = await ScoredAsync();
        await SaveAsync(id, agent, "topic", "technical");
        Assert.That((await crowd.Get<CorrectionStore>().OfMentionAsync(id)).Single().Confirms, Is.True);
        Assert.That(await crowd.KindsAsync(id), Does.Contain(JournalKinds.ScoreConfirmed));
    }

    [Test]
    public async Task A_later_word_replaces_the_persons_own_and_stands_beside_that_of_others()
    {
        var id = await ScoredAsync();
        var other = await crowd.AgentAsync("Sam");
        await SaveAsync(id, agent, "topic", "billing");
        var first = (await crowd.Get<CorrectionStore>().OfMentionAsync(id)).Single();
        crowd.Clock.Advance(TimeSpan.FromSeconds(1));
        await SaveAsync(id, other, "topic", "order");
        await SaveAsync(id, agent, "topic", "refund");
        await SaveAsync(id, agent, "sentiment", "negative");

        var said = await crowd.Get<CorrectionStore>().OfMentionAsync(id);
        Assert.That(said.Select(c => (c.PersonName, c.Head, c.Label)),
            Is.EquivalentTo([("Sam", "topic", "order"), ("Olga", "topic", "refund"), ("Olga", "sentiment", "negative")]));
        Assert.That(said.Select(c => c.Id), Has.All.GreaterThan(first.Id), "who exports after the first sees the change");
    }

    [Test]
    public async Task Advocates_correct_what_they_claimed()
    {
        var advocate = await crowd.AdvocateAsync();
        var (mine, _) = await crowd.ClaimedAsync(advocate);
        var open = await crowd.OpenAsync();
        Assert.That(await SaveAsync(mine, advocate, "sentiment", "negative"), Is.EqualTo(CorrectionOutcome.Saved));
        Assert.That(await SaveAsync(open, advocate, "sentiment", "negative"), Is.EqualTo(CorrectionOutcome.NotYours));
        Assert.That(await SaveAsync(open, agent, "sentiment", "negative"), Is.EqualTo(CorrectionOutcome.Saved));
    }

    [Test]
    public async Task What_is_unknown_is_refused_with_what_is_known()
    {
        var id = await ScoredAsync();
        var store = crowd.Get<CorrectionStore>();
        var head = await store.SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "mood", "grumpy");
        var label = await store.SaveAsync(id, CrowdDriver.Brand, agent.Id, agent.Role, "sentiment", "grumpy");
        Assert.That(head.Outcome, Is.EqualTo(CorrectionOutcome.UnknownHead));
        Assert.That(head.Known, Does.Contain("sentiment"));
        Assert.That(label.Outcome, Is.EqualTo(CorrectionOutcome.UnknownLabel));
        Assert.That(label.Known, Is.EqualTo(new[] { "negative", "neutral", "positive" }));
        Assert.That((await store.SaveAsync(id, "another", agent.Id, agent.Role, "sentiment", "negative")).Outcome, Is.EqualTo(CorrectionOutcome.NotFound));
        Assert.That(await SaveAsync(await crowd.ReceivedAsync(), agent, "sentiment", "negative"), Is.EqualTo(CorrectionOutcome.NotScored));
    }

    [Test]
    public async Task A_deleted_post_takes_its_corrections_along()
    {
        var id = await ScoredAsync();
        await SaveAsync(id, agent, "topic", "billing");
        await crowd.ApplyAsync(MentionChange.Deleted(id));
        Assert.That(await crowd.Get<CorrectionStore>().OfMentionAsync(id), Is.Empty);
        Assert.That(await SaveAsync(id, agent, "topic", "billing"), Is.EqualTo(CorrectionOutcome.NotScored));
    }

    [Test]
    public async Task A_mention_that_goes_takes_its_corrections_along()
    {
        var id = await ScoredAsync();
        await SaveAsync(id, agent, "topic", "billing");
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("DELETE FROM mentions WHERE id = @id", new { id }));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM corrections"), Is.Zero);
    }

    [Test]
    public async Task Pages_follow_each_other_with_the_texts()
    {
        for (var i = 0; i < 3; i++)
        {
            await SaveAsync(await crowd.ClassifiedAsync(Some.Post(text: $"Text {i}")), agent, "sentiment", "negative");
            crowd.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        var store = crowd.Get<CorrectionStore>();
        var first = await store.PageAsync(CrowdDriver.Brand, null, 2);
        var second = await store.PageAsync(CrowdDriver.Brand, first[^1].Id, 2);
        Assert.That(first.Concat(second).Select(c => c.Text), Is.EqualTo(new[] { "Text 0", "Text 1", "Text 2" }));
        Assert.That(await store.PageAsync("another", null, 2), Is.Empty);
        Assert.That(await store.AllAsync(), Has.Count.EqualTo(3));
    }

    private Task<Guid> ScoredAsync() => crowd.ClassifiedAsync(null, Some.Score(("topic", "technical", 0.7)));

    private async Task<CorrectionOutcome> SaveAsync(Guid id, Person person, string head, string label) =>
        (await crowd.Get<CorrectionStore>().SaveAsync(id, CrowdDriver.Brand, person.Id, person.Role, head, label)).Outcome;
}
