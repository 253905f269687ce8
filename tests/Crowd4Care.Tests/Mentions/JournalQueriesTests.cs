using Crowd4Care.Community;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class JournalQueriesTests(string engine)
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
    public async Task The_newest_come_first_page_by_page()
    {
        for (var i = 0; i < 5; i++)
            await crowd.ClaimedAsync(ana);
        var all = (await FindAsync(new(), limit: 200)).Entries;
        Assert.That(all.Select(e => e.Seq), Is.Ordered.Descending);
        Assert.That(all, Has.Count.EqualTo((await crowd.JournalAsync()).Count));
        var paged = new List<long>();
        long? before = null;
        do
        {
            var page = await FindAsync(new(), before, 3);
            paged.AddRange(page.Entries.Select(e => e.Seq));
            before = page.Next;
        }
        while (before is not null);
        Assert.That(paged, Is.EqualTo(all.Select(e => e.Seq)));
    }

    [Test]
    public async Task It_is_searched_by_kind_person_mention_and_all_of_them()
    {
        var ben = await crowd.AdvocateAsync("Ben");
        var (first, _) = await crowd.ClaimedAsync(ana);
        var (second, _) = await crowd.ClaimedAsync(ben);
        await crowd.Get<StaffDesk>().NoteAsync(second, CrowdDriver.Brand, ana.Id, "Well.");

        Assert.That((await FindAsync(new(Kind: JournalKinds.Claimed))).Entries.Select(e => e.MentionId), Is.EqualTo(new[] { second, first }));
        Assert.That((await FindAsync(new(ActorId: ana.Id))).Entries.Select(e => e.Kind), Is.EqualTo(new[] { JournalKinds.Noted, JournalKinds.Claimed }));
        Assert.That((await FindAsync(new(MentionId: first))).Entries.Select(e => e.Kind), Does.Not.Contain(JournalKinds.Noted).And.Contain(JournalKinds.Received));
        Assert.That((await FindAsync(new(Kind: JournalKinds.Claimed, ActorId: ana.Id, MentionId: second))).Entries, Is.Empty);
        Assert.That((await FindAsync(new(Kind: JournalKinds.PersonChanged))).Entries, Has.Count.EqualTo(2));
        Assert.That((await FindAsync(new(ActorId: ana.Id))).Entries[0].ActorName, Is.EqualTo("Ana"));
    }

    [Test]
    public async Task It_is_searched_by_time()
    {
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 20; i++)
        {
            times.Add(crowd.Clock.GetUtcNow());
            await crowd.ReceivedAsync();
            crowd.Clock.Advance(TimeSpan.FromHours(1));
        }

        var found = await FindAsync(new(Kind: JournalKinds.Received, From: times[5], To: times[9]));
        Assert.That(found.Entries.Select(e => e.At), Is.EqualTo(times[5..9].AsEnumerable().Reverse()));
        Assert.That((await FindAsync(new(Kind: JournalKinds.Received, From: times[18]))).Entries, Has.Count.EqualTo(2));
        Assert.That((await FindAsync(new(Kind: JournalKinds.Received, To: times[2]))).Entries, Has.Count.EqualTo(2));
        Assert.That((await FindAsync(new(To: times[0].AddDays(-1)))).Entries, Is.Empty);
    }

    [Test]
    public async Task Another_brands_entries_are_not_seen()
    {
        await crowd.ClaimedAsync(ana);
        Assert.That((await crowd.Get<JournalQueries>().FindAsync("another", new())).Entries, Is.Empty);
        Assert.That((await crowd.Get<JournalQueries>().FindAsync("another", new(ActorId: ana.Id))).Entries, Is.Empty);
    }

    [Test]
    public async Task What_is_rare_is_looked_for_further_back_step_by_step()
    {
        var (rare, _) = await crowd.ClaimedAsync(ana);
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(
            transaction, crowd.Clock.GetUtcNow(), CrowdDriver.Brand, JournalKinds.Received, [.. Enumerable.Range(0, JournalQueries.Window).Select(_ => Some.Id())]));
        var first = await FindAsync(new(Kind: JournalKinds.Claimed));
        Assert.That((first.Entries.Count, first.Next is not null), Is.EqualTo((0, true)));
        var second = await FindAsync(new(Kind: JournalKinds.Claimed), first.Next);
        Assert.That((second.Entries.Single().MentionId, second.Next), Is.EqualTo((rare, (long?)null)));
    }

    [Test]
    public void Every_kind_can_be_chosen() => Assert.That(JournalQueries.Kinds, Does.Contain(JournalKinds.Received).And.Contain(JournalKinds.ChannelChanged).And.Unique);

    private Task<JournalFound> FindAsync(JournalFilter filter, long? before = null, int limit = 50) =>
        crowd.Get<JournalQueries>().FindAsync(CrowdDriver.Brand, filter, before, limit);
}
