using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class RetentionTests(string engine)
{
    private static readonly TimeSpan KeepTime = TimeSpan.FromDays(30);

    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine, null, new KeyValuePair<string, string?>("Storage:KeepDays", "30"));

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task What_rested_for_so_long_goes_with_everything_of_its_own()
    {
        var id = await AnsweredAsync();
        var kept = await crowd.ClassifiedAsync();
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await WalkAsync();

        Assert.That(await IdsAsync(), Is.EqualTo(new[] { kept }));
        foreach (var table in new[] { "scores", "corrections", "replies", "offers", "decisions", "notes", "journal" })
            Assert.That(await crowd.ScalarAsync<int>($"SELECT COUNT(*) FROM {table} WHERE mention_id = @id", new { id }), Is.Zero, table);
    }

    [Test]
    public async Task People_keep_their_points_and_a_new_count_leaves_them_alone()
    {
        var id = await AnsweredAsync();
        var points = await crowd.ScalarAsync<int>("SELECT SUM(points) FROM points WHERE mention_id = @id", new { id });
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await WalkAsync();
        await crowd.Get<PointsLedger>().RecomputeAsync();

        Assert.That(points, Is.Positive);
        Assert.That(await IdsAsync(), Is.Empty);
        Assert.That(await crowd.ScalarAsync<int>("SELECT SUM(points) FROM points WHERE mention_id = @id", new { id }), Is.EqualTo(points));
    }

    [Test]
    public async Task People_keep_what_was_learned_of_their_skills_and_a_new_count_leaves_it_alone()
    {
        var id = await AnsweredAsync();
        await crowd.ApplyAsync(MentionChange.ResolvedBy(id, (await crowd.AgentAsync()).Id, null, MentionStatus.Answered));
        await CatchUpAsync();
        await Poll.UntilAsync(
            async () =>
            {
                await crowd.Get<SkillLedger>().CatchUpAsync();
                return await EvidenceAsync();
            },
            evidence => evidence > 0, "the outcome is learned from");
        var learned = await EvidenceAsync();
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await Poll.UntilAsync(
            async () =>
            {
                await crowd.Get<SkillLedger>().CatchUpAsync();
                await WalkAsync();
                return await IdsAsync();
            },
            ids => ids.Count == 0, "the mention is gone");
        await crowd.Get<SkillLedger>().RecomputeAsync();

        Assert.That(await EvidenceAsync(), Is.EqualTo(learned));
    }

    [Test]
    public async Task Nothing_goes_before_its_time()
    {
        var id = await AnsweredAsync();
        crowd.Clock.Advance(KeepTime - TimeSpan.FromMinutes(1));
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task A_conversation_stays_as_a_whole_while_somebody_waits_in_it()
    {
        var first = await IgnoredAsync(Some.Post("a"));
        var second = await crowd.OpenAsync(Some.Post("b", inReplyTo: "a"));
        await CatchUpAsync();
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.EquivalentTo(new[] { first, second }));
    }

    [Test]
    public async Task A_conversation_stays_as_a_whole_for_so_long_after_its_last_change()
    {
        var first = await IgnoredAsync(Some.Post("a"));
        crowd.Clock.Advance(KeepTime - TimeSpan.FromDays(1));
        var second = await IgnoredAsync(Some.Post("b", inReplyTo: "a"));
        await CatchUpAsync();
        crowd.Clock.Advance(TimeSpan.FromDays(2));
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.EquivalentTo(new[] { first, second }));

        crowd.Clock.Advance(KeepTime);
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.Empty);
    }

    [Test]
    public async Task What_a_reader_of_the_journal_has_not_read_stays()
    {
        var id = await IgnoredAsync(Some.Post());
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { id }), "before the reader began");

        await CatchUpAsync();
        var late = await IgnoredAsync(Some.Post());
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));
        await WalkAsync();
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { late }), "while the reader is behind");
    }

    [Test]
    public async Task More_than_a_batch_goes_batch_by_batch()
    {
        await crowd.StoreAsync([.. Enumerable.Range(0, 1_203).Select(_ => Some.Post())]);
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync("UPDATE mentions SET status = 'ignored'"));
        await CatchUpAsync();
        crowd.Clock.Advance(KeepTime + TimeSpan.FromMinutes(1));

        Assert.That(await WalkAsync(), Is.EqualTo(3 + 3), "three batches of the ignored, one look at each other state");
        Assert.That(await IdsAsync(), Is.Empty);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM journal WHERE mention_id IS NOT NULL"), Is.Zero);
    }

    [TestCase("29", false)]
    [TestCase("30", true)]
    [TestCase(null, true)]
    public void Fewer_than_thirty_days_are_refused(string? days, bool possible)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:KeepDays", days)]).Build();
        using var services = new ServiceCollection().AddStorage(configuration).BuildServiceProvider();
        Assert.That(() => services.GetRequiredService<IOptions<StorageOptions>>().Value, possible ? Throws.Nothing : Throws.TypeOf<OptionsValidationException>());
    }

    private async Task<Guid> AnsweredAsync()
    {
        var person = await crowd.AdvocateAsync();
        var (id, fence) = await crowd.ClaimedAsync(person);
        var result = await crowd.Get<ReplyDesk>().RecordByHandAsync(id, CrowdDriver.Brand, person.Id, fence, "Restart it.", null);
        Assert.That(result.Outcome, Is.EqualTo(ReplyOutcome.Submitted));
        await CatchUpAsync();
        return id;
    }

    private async Task<Guid> IgnoredAsync(NetworkPost post)
    {
        var id = await crowd.ClassifiedAsync(post);
        await crowd.ApplyAsync(MentionChange.Ignored(id, new { }));
        return id;
    }

    // On PostgreSQL a reader waits for transactions that still run on the same server.
    private Task CatchUpAsync() => Poll.UntilAsync(
        async () =>
        {
            await crowd.Get<PointsLedger>().CatchUpAsync();
            return await crowd.ScalarAsync<int>(
                "SELECT COUNT(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_readers r WHERE (r.tx, r.seq) >= (j.tx, j.seq))");
        },
        unread => unread == 0, "the journal is read to its end");

    private async Task<int> WalkAsync()
    {
        var steps = 0;
        foreach (var place in await crowd.Get<Retention>().PlacesAsync(default))
        {
            for (var at = place; at is not null; steps++)
                at = await crowd.Get<Retention>().DeleteAsync(at, default);
        }

        return steps;
    }

    private Task<double> EvidenceAsync() => crowd.ScalarAsync<double>("SELECT COALESCE(SUM(succeeded), 0.0) FROM skill_evidence");

    private Task<IReadOnlyList<Guid>> IdsAsync() => crowd.QueryAsync<Guid>("SELECT id FROM mentions ORDER BY id");
}
