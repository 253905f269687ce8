using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class ExtendClaimTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Who_asks_in_time_has_the_whole_time_again_under_the_same_number()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(17));
        var until = crowd.Clock.GetUtcNow().AddMinutes(20);
        Assert.That(await ExtendAsync(id), Is.EqualTo(new ExtendResult(ExtendOutcome.Extended, until, 1)));
        var row = await crowd.RowAsync(id);
        Assert.That((row.ClaimExpiresAt, row.Fence), Is.EqualTo(((DateTimeOffset?)until, fence)));
        Assert.That((await crowd.KindsAsync(id))[^1], Is.EqualTo(JournalKinds.ClaimExtended));
        Assert.That(crowd.Published<MentionsChanged>()[^1].PersonIds, Is.EqualTo(new[] { ana.Id }));
    }

    [Test]
    public async Task While_there_is_much_time_nothing_changes_and_nothing_is_used_up()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        var until = crowd.Clock.GetUtcNow().AddMinutes(20);
        crowd.Clock.Advance(TimeSpan.FromMinutes(16) - TimeSpan.FromMilliseconds(1));
        Assert.That(await ExtendAsync(id), Is.EqualTo(new ExtendResult(ExtendOutcome.TooEarly, until, 2)));
        crowd.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((await ExtendAsync(id)).Outcome, Is.EqualTo(ExtendOutcome.Extended));
        Assert.That((await ExtendAsync(id)).Outcome, Is.EqualTo(ExtendOutcome.TooEarly), "a second press of the button");
        Assert.That((await crowd.RowAsync(id)).ClaimExtensions, Is.EqualTo(1));
    }

    [Test]
    public async Task A_claim_is_extended_twice_and_then_runs_out()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        for (var time = 1; time <= 2; time++)
        {
            crowd.Clock.Advance(TimeSpan.FromMinutes(17));
            Assert.That((await ExtendAsync(id)).Left, Is.EqualTo(2 - time));
        }

        crowd.Clock.Advance(TimeSpan.FromMinutes(17));
        Assert.That((await ExtendAsync(id)).Outcome, Is.EqualTo(ExtendOutcome.NoneLeft));
        crowd.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await ExtendAsync(id)).Outcome, Is.EqualTo(ExtendOutcome.NotYours));
        await crowd.Get<ClaimDesk>().ExpireAsync(100, default);
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
    }

    [Test]
    public async Task Whoever_claims_it_next_may_extend_it_anew()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(17));
        await ExtendAsync(id);
        await crowd.Get<ClaimDesk>().ReleaseAsync(id, CrowdDriver.Brand, ana.Id);
        await crowd.ClaimAsync(id, ana);
        Assert.That((await crowd.RowAsync(id)).ClaimExtensions, Is.Zero);
    }

    [Test]
    public async Task Nobody_extends_anothers_claim_nor_one_whose_reply_is_on_its_way()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        crowd.Clock.Advance(TimeSpan.FromMinutes(17));
        var ben = await crowd.AdvocateAsync("Ben");
        Assert.That((await Desk.ExtendAsync(id, CrowdDriver.Brand, ben.Id)).Outcome, Is.EqualTo(ExtendOutcome.NotYours));
        Assert.That((await Desk.ExtendAsync(id, "another", ana.Id)).Outcome, Is.EqualTo(ExtendOutcome.NotFound));
        await crowd.ApplyAsync(MentionChange.ReplySubmitted(id, ana.Id, fence, Some.Id()));
        Assert.That((await ExtendAsync(id)).Outcome, Is.EqualTo(ExtendOutcome.NotYours));
    }

    [TestCase(20, 4)]
    [TestCase(60, 5)]
    [TestCase(5, 1)]
    public void Little_is_left_at_a_fifth_of_the_time_and_five_minutes_at_most(int lasts, int warning) =>
        Assert.That(EngagementOptions.WarnAt(Some.Noon, TimeSpan.FromMinutes(lasts)), Is.EqualTo(Some.Noon.AddMinutes(-warning)));

    private ClaimDesk Desk => crowd.Get<ClaimDesk>();

    private Task<ExtendResult> ExtendAsync(Guid id) => Desk.ExtendAsync(id, CrowdDriver.Brand, ana.Id);
}
