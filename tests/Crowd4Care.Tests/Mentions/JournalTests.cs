using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Mentions;

[EachEngine]
public sealed class JournalTests(string engine)
{
    private CrowdDriver crowd = null!;

    [SetUp]
    public async Task StartAsync() => crowd = await CrowdDriver.StartAsync(engine);

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Entries_are_numbered_in_the_order_in_which_they_are_written()
    {
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, Enumerable.Range(0, 500).Select(i => Entry($"kind-{i}"))));
        var read = await crowd.JournalAsync();
        Assert.That(read.Select(e => e.Kind), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"kind-{i}")));
        Assert.That(read.Select(e => e.Seq), Is.Ordered);
    }

    [Test]
    public async Task A_reader_goes_on_where_it_stopped()
    {
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, [Entry("a"), Entry("b"), Entry("c"), Entry("other")]));
        Assert.That(await ReadOnAsync(2), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(await ReadOnAsync(2), Is.EqualTo(new[] { "c" }));
        Assert.That(await ReadOnAsync(2), Is.Empty);
    }

    [Test]
    public async Task A_reader_passes_over_nothing_that_is_committed_late()
    {
        if (engine != SqlDialect.Postgres.Name)
            Assert.Ignore("One writer at a time: nothing is committed late.");

        var late = new TaskCompletionSource();
        var written = new TaskCompletionSource();
        var slow = crowd.WriteAsync(async transaction =>
        {
            await crowd.Get<Journal>().AppendAsync(transaction, Entry("a"));
            written.SetResult();
            await late.Task;
        });
        await written.Task;
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, Entry("b")));
        var meanwhile = await ReadOnAsync(10);
        late.SetResult();
        await slow;
        Assert.That(meanwhile, Is.Empty, "b has the higher number: it waits for a");
        Assert.That(await ReadOnAsync(10), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Readers_lose_nothing_while_many_write()
    {
        const int writers = 8, each = 25;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, [Entry("a"), Entry("b")]));
        })));
        var read = 0;
        while (!writing.IsCompleted)
            read += (await ReadOnAsync(7)).Count;
        await writing;
        while (await ReadOnAsync(100) is { Count: > 0 } rest)
            read += rest.Count;
        Assert.That(read, Is.EqualTo(writers * each * 2));
    }

    [Test]
    public async Task Readers_go_on_after_a_restore_into_a_younger_cluster()
    {
        if (engine != SqlDialect.Postgres.Name)
            Assert.Ignore("Only PostgreSQL numbers transactions.");

        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, [Entry("a"), Entry("b"), Entry("c")]));
        Assert.That(await ReadOnAsync(1), Is.EqualTo(new[] { "a" }));
        // As if another cluster, far ahead, had written all this.
        await crowd.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE journal SET tx = tx + 1000000000; UPDATE journal_readers SET tx = tx + 1000000000"));
        Assert.That(await ReadOnAsync(10), Is.Empty, "this cluster is not there yet");

        await crowd.Get<Migrations>().ApplyAsync();
        await crowd.WriteAsync(transaction => crowd.Get<Journal>().AppendAsync(transaction, Entry("a")));
        Assert.That(await ReadOnAsync(10), Is.EqualTo(new[] { "b", "c", "a" }));
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
        var read = (await crowd.JournalAsync())[0];
        Assert.That(read with { Seq = 0 }, Is.EqualTo(written));
    }

    [Test]
    public async Task Kinds_have_names_of_their_own()
    {
        var kinds = typeof(JournalKinds).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.That(kinds, Is.Unique);
        await Task.CompletedTask;
    }

    private Task<IReadOnlyList<string>> ReadOnAsync(int limit) => crowd.Database.WriteAsync<IReadOnlyList<string>>(async transaction =>
    {
        var page = await crowd.Get<Journal>().ReadOnAsync(transaction, "reader", ["a", "b", "c"], limit);
        if (page.End is not null)
            await crowd.Get<Journal>().MoveAsync(transaction, "reader", page.End);
        return [.. page.Entries.Select(e => e.Kind)];
    });

    private JournalEntry Entry(string kind) => new() { At = crowd.Clock.GetUtcNow(), BrandId = CrowdDriver.Brand, Kind = kind };
}
