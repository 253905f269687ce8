using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Escalation;

[EachEngine]
public sealed class StaffDeskTests(string engine)
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
        agent = await crowd.AgentAsync("Agnes");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Who_has_claimed_a_mention_hands_it_over_to_staff()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        Assert.That(await EscalateAsync(id, ana), Is.EqualTo(StaffOutcome.Done));
        var row = await crowd.RowAsync(id);
        Assert.That((row.Status, row.Queue, row.AssigneeId), Is.EqualTo((MentionStatus.Escalated, Queues.Staff, (Guid?)null)));
        Assert.That(row.DueAt, Is.EqualTo(crowd.Clock.GetUtcNow().AddHours(4)));
    }

    [Test]
    public async Task Nobody_hands_over_what_another_has_claimed()
    {
        var (id, _) = await crowd.ClaimedAsync(ana);
        Assert.That(await EscalateAsync(id, ben), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await EscalateAsync(id, agent), Is.EqualTo(StaffOutcome.NotYours));
    }

    [Test]
    public async Task An_advocate_does_not_hand_over_what_is_offered_to_another()
    {
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        Assert.That(await EscalateAsync(id, ben), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await EscalateAsync(id, ana), Is.EqualTo(StaffOutcome.Done));
    }

    [Test]
    public async Task Staff_take_over_what_is_offered_to_an_advocate()
    {
        var id = await crowd.OpenAsync();
        await crowd.OfferAsync(id, ana);
        Assert.That(await EscalateAsync(id, agent), Is.EqualTo(StaffOutcome.Done));
    }

    [Test]
    public async Task What_is_with_staff_already_can_not_be_handed_over_again() =>
        Assert.That(await EscalateAsync(await crowd.EscalatedAsync(), ana), Is.EqualTo(StaffOutcome.WrongState));

    [Test]
    public async Task A_mention_whose_reply_is_on_its_way_is_not_handed_over()
    {
        var (id, fence) = await crowd.ClaimedAsync(ana);
        await crowd.ApplyAsync(MentionChange.ReplySubmitted(id, ana.Id, fence, Some.Id()));
        Assert.That(await EscalateAsync(id, ana), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await ResolveAsync(id, ana), Is.EqualTo(StaffOutcome.NotYours));
    }

    [Test]
    public async Task A_mention_of_another_brand_is_not_found()
    {
        var id = await crowd.OpenAsync();
        Assert.That(await Desk.EscalateAsync(id, "another", agent.Id, Role.Agent, "why"), Is.EqualTo(StaffOutcome.NotFound));
        Assert.That((await Desk.NoteAsync(id, "another", agent.Id, "note")).Outcome, Is.EqualTo(StaffOutcome.NotFound));
    }

    [Test]
    public async Task Handing_back_opens_it_again_with_advice()
    {
        var id = await crowd.EscalatedAsync();
        Assert.That(await Desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, " Ask for the invoice. "), Is.EqualTo(StaffOutcome.Done));
        Assert.That((await crowd.RowAsync(id)).Status, Is.EqualTo(MentionStatus.Open));
        Assert.That((await crowd.Get<NoteStore>().OfMentionAsync(id)).Single(), Has.Property("Text").EqualTo("Ask for the invoice.").And.Property("PersonName").EqualTo("Agnes"));
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { id }));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM waiting WHERE mention_id = @id", new { id }), Is.EqualTo(1));
    }

    [Test]
    public async Task Handing_back_without_advice_writes_no_note()
    {
        var id = await crowd.EscalatedAsync();
        await Desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, " ");
        Assert.That(await crowd.Get<NoteStore>().OfMentionAsync(id), Is.Empty);
    }

    [Test]
    public async Task Staff_hand_back_what_they_have_taken_and_not_what_others_have()
    {
        var id = await crowd.EscalatedAsync();
        await crowd.ClaimAsync(id, agent);
        var other = await crowd.AgentAsync();
        Assert.That(await Desk.HandBackAsync(id, CrowdDriver.Brand, other.Id, ""), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await Desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, ""), Is.EqualTo(StaffOutcome.Done));
    }

    [Test]
    public async Task What_is_with_the_crowd_can_not_be_handed_back() =>
        Assert.That(await Desk.HandBackAsync(await crowd.OpenAsync(), CrowdDriver.Brand, agent.Id, ""), Is.EqualTo(StaffOutcome.WrongState));

    [Test]
    public async Task What_was_handed_back_can_be_claimed_by_an_advocate()
    {
        var id = await crowd.EscalatedAsync();
        await Desk.HandBackAsync(id, CrowdDriver.Brand, agent.Id, "");
        Assert.That((await crowd.Get<ClaimDesk>().ClaimAsync(id, CrowdDriver.Brand, ana.Id, Role.Advocate)).Outcome, Is.EqualTo(ClaimOutcome.Claimed));
    }

    [Test]
    public async Task An_advocate_closes_what_they_have_claimed_or_answered()
    {
        var (claimed, _) = await crowd.ClaimedAsync(ana);
        var (answered, fence) = await crowd.ClaimedAsync(ana);
        await crowd.ApplyAsync(MentionChange.Answered(answered, ana.Id, fence, new { }));
        Assert.That(await ResolveAsync(claimed, ana), Is.EqualTo(StaffOutcome.Done));
        Assert.That(await ResolveAsync(answered, ana), Is.EqualTo(StaffOutcome.Done));
        Assert.That((await crowd.RowAsync(answered)).AssigneeId, Is.EqualTo(ana.Id), "the name of who had it stays");
    }

    [Test]
    public async Task An_advocate_closes_nothing_else()
    {
        var (others, fence) = await crowd.ClaimedAsync(ana);
        Assert.That(await ResolveAsync(others, ben), Is.EqualTo(StaffOutcome.NotYours));
        await crowd.ApplyAsync(MentionChange.Answered(others, ana.Id, fence, new { }));
        Assert.That(await ResolveAsync(others, ben), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await ResolveAsync(await crowd.OpenAsync(), ana), Is.EqualTo(StaffOutcome.NotYours));
        Assert.That(await ResolveAsync(await crowd.EscalatedAsync(), ana), Is.EqualTo(StaffOutcome.NotYours));
    }

    [Test]
    public async Task Staff_close_anything_that_nobody_else_has_claimed()
    {
        var (claimed, fence) = await crowd.ClaimedAsync(ana);
        Assert.That(await ResolveAsync(claimed, agent), Is.EqualTo(StaffOutcome.NotYours));
        await crowd.ApplyAsync(MentionChange.Answered(claimed, ana.Id, fence, new { }));
        Assert.That(await ResolveAsync(claimed, agent), Is.EqualTo(StaffOutcome.Done));
        Assert.That(await ResolveAsync(await crowd.OpenAsync(), agent), Is.EqualTo(StaffOutcome.Done));
        Assert.That(await ResolveAsync(await crowd.EscalatedAsync(), agent), Is.EqualTo(StaffOutcome.Done));
    }

    [Test]
    public async Task What_is_closed_can_not_be_closed_again()
    {
        var id = await crowd.OpenAsync();
        await ResolveAsync(id, agent);
        Assert.That(await ResolveAsync(id, agent), Is.EqualTo(StaffOutcome.WrongState));
    }

    [Test]
    public async Task A_note_is_kept_with_its_writer_and_recorded()
    {
        var id = await crowd.OpenAsync();
        await Desk.NoteAsync(id, CrowdDriver.Brand, ana.Id, "She called already.");
        Assert.That((await crowd.Get<NoteStore>().OfMentionAsync(id)).Single(), Has.Property("Text").EqualTo("She called already.").And.Property("PersonName").EqualTo("Ana"));
        Assert.That((await crowd.KindsAsync(id))[^1], Is.EqualTo(JournalKinds.Noted));
    }

    [Test]
    public async Task A_queue_shows_the_most_urgent_first_then_the_soonest_due()
    {
        var later = await EscalatedAsync(10, 60);
        var urgent = await EscalatedAsync(50, 120);
        var sooner = await EscalatedAsync(10, 30);
        var list = await crowd.Get<QueueQueries>().ListAsync(CrowdDriver.Brand, null, 10);
        Assert.That(list.Select(q => q.Id), Is.EqualTo(new[] { urgent, sooner, later }));
        Assert.That(list.Select(q => q.PointsAt(crowd.Clock.GetUtcNow())), Is.EqualTo(new[] { 20, 2.5, -5 }));
    }

    [Test]
    public async Task What_waits_for_long_comes_before_what_is_more_urgent_and_new()
    {
        var old = await EscalatedAsync(10, 60);
        crowd.Clock.Advance(TimeSpan.FromHours(3));
        var urgent = await EscalatedAsync(50, 60);
        var list = await crowd.Get<QueueQueries>().ListAsync(CrowdDriver.Brand, null, 10);
        Assert.That(list.Select(q => q.Id), Is.EqualTo(new[] { old, urgent }));
        Assert.That((list[0].WaitingPointsAt(crowd.Clock.GetUtcNow()), list[0].DuePointsAt(crowd.Clock.GetUtcNow())), Is.EqualTo((45, 30)));
    }

    [Test]
    public async Task A_queue_is_counted_without_what_staff_have_taken()
    {
        await crowd.EscalatedAsync();
        await crowd.ClaimAsync(await crowd.EscalatedAsync(), agent);
        await crowd.EscalatedAsync("technical");
        var counts = await crowd.Get<QueueQueries>().CountsAsync(CrowdDriver.Brand);
        Assert.That(counts.Select(c => (c.Queue, c.Waiting)), Is.EqualTo(new[] { ("staff", 1), ("technical", 1) }));
        Assert.That(await crowd.Get<QueueQueries>().ListAsync(CrowdDriver.Brand, "staff", 10), Has.Count.EqualTo(2));
    }

    private StaffDesk Desk => crowd.Get<StaffDesk>();

    private Task<StaffOutcome> EscalateAsync(Guid id, Person person) => Desk.EscalateAsync(id, CrowdDriver.Brand, person.Id, person.Role, "too technical");

    private Task<StaffOutcome> ResolveAsync(Guid id, Person person) => Desk.ResolveAsync(id, CrowdDriver.Brand, person.Id, person.Role);

    private async Task<Guid> EscalatedAsync(int priority, int dueMinutes)
    {
        var id = await crowd.ClassifiedAsync();
        await crowd.ApplyAsync(MentionChange.Escalated(id, "staff", priority, crowd.Clock.GetUtcNow().AddMinutes(dueMinutes), new { }));
        return id;
    }
}
