using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community;

[EachEngine]
public sealed class SuspensionsTests(string engine)
{
    private CrowdDriver crowd = null!;
    private Person ana = null!;
    private Person admin = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        ana = await crowd.AdvocateAsync("Ana");
        admin = await crowd.AgentAsync("Alex");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task What_a_suspended_person_had_claimed_goes_back_to_where_it_came_from()
    {
        var (open, fence) = await crowd.ClaimedAsync(ana);
        var queued = await crowd.EscalatedAsync();
        await crowd.ClaimAsync(queued, admin);
        var (sending, number) = await crowd.ClaimedAsync(ana);
        await crowd.ApplyAsync(MentionChange.ReplySubmitted(sending, ana.Id, number, Some.Id()));

        Assert.That(await SuspendAsync(ana, "Rude."), Is.EqualTo(1));

        var row = await crowd.RowAsync(open);
        Assert.That((row.Status, row.AssigneeId, row.Fence), Is.EqualTo((MentionStatus.Open, (Guid?)null, fence)));
        Assert.That((await crowd.RowAsync(sending)).Status, Is.EqualTo(MentionStatus.Claimed), "its reply is on the way");
        Assert.That((await crowd.RowAsync(queued)).AssigneeId, Is.EqualTo(admin.Id), "another's");
        Assert.That(crowd.Published<MentionsToOffer>().Single().MentionIds, Is.EqualTo(new[] { open }));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM waiting WHERE mention_id = @open", new { open }), Is.EqualTo(1));
        Assert.That((await crowd.KindsAsync(open))[^1], Is.EqualTo(JournalKinds.ClaimWithdrawn));

        Assert.That(await SuspendAsync(admin, "Gone."), Is.EqualTo(1));
        Assert.That((await crowd.RowAsync(queued)).Status, Is.EqualTo(MentionStatus.Escalated));
    }

    [Test]
    public async Task A_suspension_and_its_end_stand_in_the_journal()
    {
        await SuspendAsync(ana, "Rude.");
        await SuspendAsync(ana, null);
        var entries = (await crowd.JournalAsync()).Where(e => e.Kind == JournalKinds.PersonChanged && e.ActorId == admin.Id).ToList();
        Assert.That(entries.Select(e => e.Data), Has.Exactly(1).Contains("\"reason\":\"Rude.\"").And.Exactly(1).Contains("reinstated"));
        Assert.That((await crowd.Get<PeopleStore>().FindAsync(ana.Id))!.SuspendedAt, Is.Null);
    }

    [Test]
    public async Task Nobody_of_another_brand_is_suspended() =>
        Assert.That(await crowd.Get<Suspensions>().SuspendAsync(ana.Id, "another", "Rude.", admin.Id), Is.Null);

    private Task<int?> SuspendAsync(Person person, string? reason) => crowd.Get<Suspensions>().SuspendAsync(person.Id, CrowdDriver.Brand, reason, admin.Id);
}
