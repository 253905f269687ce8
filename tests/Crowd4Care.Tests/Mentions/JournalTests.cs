using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Mentions;

public sealed class JournalTests
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync();

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Entries_are_numbered_in_the_order_in_which_they_are_written()
    {
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, Enumerable.Range(0, 500).Select(i => Entry($"kind-{i}"))));
        var read = await crowd.Get<Journal>().AfterAsync(0, 1000);
        Assert.That(read.Select(e => e.Kind), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"kind-{i}")));
        Assert.That(read.Select(e => e.Seq), Is.Ordered);
    }

    [Test]
    public async Task Reading_goes_on_behind_a_number()
    {
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, [Entry("a"), Entry("b"), Entry("c")]));
        var first = await crowd.Get<Journal>().AfterAsync(0, 2);
        var rest = await crowd.Get<Journal>().AfterAsync(first[^1].Seq, 2);
        Assert.That(first.Concat(rest).Select(e => e.Kind), Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task The_history_of_a_mention_names_who_acted()
    {
        var advocate = await crowd.AdvocateAsync("Ana");
        var (id, _) = await crowd.ClaimedAsync(advocate);
        var claim = (await crowd.Get<Journal>().OfMentionAsync(id))[^1];
        Assert.That((claim.Kind, claim.ActorId, claim.ActorName), Is.EqualTo((JournalKinds.Claimed, (Guid?)advocate.Id, "Ana")));
    }

    [Test]
    public async Task An_entry_comes_back_as_it_was_written()
    {
        var written = Entry("kind") with { MentionId = Some.Id(), ActorId = Some.Id(), Data = """{"text":"größer 😀 \"x\""}""" };
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, written));
        var read = (await crowd.Get<Journal>().AfterAsync(0, 1))[0];
        Assert.That(read with { Seq = 0 }, Is.EqualTo(written));
    }

    [Test]
    public async Task Kinds_have_names_of_their_own()
    {
        var kinds = typeof(JournalKinds).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.That(kinds, Is.Unique);
        await Task.CompletedTask;
    }

    private JournalEntry Entry(string kind) => new() { At = crowd.Clock.GetUtcNow(), BrandId = CrowdDriver.Brand, Kind = kind };
}
