using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class PointsLedgerTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person ben = null!;
    private Person agent = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        ben = await crowd.AdvocateAsync("Ben");
        agent = await crowd.AgentAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Points_follow_from_what_happened()
    {
        await AnsweredAndResolvedAsync(ana);
        await HandedOverAsync(ben);
        await CatchUpAsync();
        Assert.That(await Ledger.TotalAsync(ana.Id), Is.EqualTo(PointsRules.Answered + PointsRules.Resolved));
        Assert.That(await Ledger.TotalAsync(ben.Id), Is.EqualTo(PointsRules.HandedOver));
    }

    [Test]
    public async Task Catching_up_again_adds_nothing()
    {
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        var before = await PointsAsync();
        await CatchUpAsync();
        Assert.That(await PointsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Computing_from_scratch_gives_the_same_points()
    {
        for (var i = 0; i < 3; i++)
        {
            await AnsweredAndResolvedAsync(ana);
            await CatchUpAsync();
            await HandedOverAsync(ben);
            await AnsweredAndResolvedAsync(ben);
        }

        await CatchUpAsync();
        var before = await PointsAsync();
        await Ledger.RecomputeAsync();
        Assert.That(await PointsAsync(), Is.EqualTo(before));
        Assert.That(before, Is.Not.Empty);
    }

    [Test]
    public async Task A_later_role_changes_no_points()
    {
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        var before = await PointsAsync();
        await crowd.Get<PeopleStore>().ChangeAsync(ana.Id, ana.BrandId, ana.Name, Role.Agent, ana.Trust, ana.Capacity, [], null);
        await Ledger.RecomputeAsync();
        Assert.That(await PointsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Catching_up_goes_on_after_a_computation_from_scratch()
    {
        await AnsweredAndResolvedAsync(ana);
        await Ledger.RecomputeAsync();
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        Assert.That(await Ledger.TotalAsync(ana.Id), Is.EqualTo(2 * (PointsRules.Answered + PointsRules.Resolved)));
    }

    [Test]
    public async Task A_journal_of_many_pages_is_read_to_its_end()
    {
        await AnsweredAndResolvedAsync(ana);
        await crowd.StoreAsync([.. Enumerable.Range(0, 2_500).Select(_ => Some.Post())]);
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        var caughtUp = await PointsAsync();
        await Ledger.RecomputeAsync();
        Assert.That(await PointsAsync(), Is.EqualTo(caughtUp));
        Assert.That(await Ledger.TotalAsync(ana.Id), Is.EqualTo(2 * (PointsRules.Answered + PointsRules.Resolved)));
    }

    [Test]
    public async Task An_empty_journal_brings_no_points()
    {
        await CatchUpAsync();
        await Ledger.RecomputeAsync();
        Assert.That(await PointsAsync(), Is.Empty);
    }

    [Test]
    public async Task The_leaderboard_ranks_and_equal_points_share_a_place()
    {
        var cleo = await crowd.AdvocateAsync("Cleo");
        await AnsweredAndResolvedAsync(ana);
        await AnsweredAndResolvedAsync(ben);
        await AnsweredAndResolvedAsync(cleo);
        await AnsweredAndResolvedAsync(cleo);
        await CatchUpAsync();
        var board = await Ledger.LeaderboardAsync(CrowdDriver.Brand, Some.Noon.AddDays(-1), 10);
        Assert.That(board.Select(r => (r.Rank, r.Name, r.Answers)), Is.EqualTo(new[] { (1, "Cleo", 2), (2, "Ana", 1), (2, "Ben", 1) }));
    }

    [Test]
    public async Task The_leaderboard_counts_from_a_time_on()
    {
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        Assert.That(await Ledger.LeaderboardAsync(CrowdDriver.Brand, crowd.Clock.GetUtcNow().AddMinutes(1), 10), Is.Empty);
    }

    [Test]
    public async Task Every_point_of_a_person_is_explained()
    {
        await AnsweredAndResolvedAsync(ana);
        await CatchUpAsync();
        var lines = await Ledger.LinesAsync(ana.Id, 10);
        Assert.That(lines.Sum(l => l.Points), Is.EqualTo(await Ledger.TotalAsync(ana.Id)));
        Assert.That(lines.Select(l => l.Reason), Is.All.Not.Empty);
        Assert.That(lines.Select(l => l.MentionText), Is.All.Not.Null);
    }

    private PointsLedger Ledger => crowd.Get<PointsLedger>();

    private async Task CatchUpAsync()
    {
        while (await Ledger.CatchUpAsync())
        {
            // Page by page.
        }
    }

    private async Task AnsweredAndResolvedAsync(Person person)
    {
        var (id, fence) = await crowd.ClaimedAsync(person);
        await crowd.ApplyAsync(MentionChange.Answered(id, person.Id, fence, new { }));
        await crowd.ApplyAsync(MentionChange.ResolvedBy(id, person.Id, null, MentionStatus.Answered));
    }

    private async Task HandedOverAsync(Person person)
    {
        var (id, _) = await crowd.ClaimedAsync(person);
        await crowd.Get<StaffDesk>().EscalateAsync(id, CrowdDriver.Brand, person.Id, Role.Advocate, "too technical");
        await crowd.Get<StaffDesk>().ResolveAsync(id, CrowdDriver.Brand, agent.Id, Role.Agent);
    }

    private Task<IReadOnlyList<(long Seq, string Rule, string PersonId, int Points)>> PointsAsync() =>
        crowd.QueryAsync<(long, string, string, int)>("SELECT journal_seq, rule, person_id, points FROM points ORDER BY journal_seq, rule, person_id");
}
