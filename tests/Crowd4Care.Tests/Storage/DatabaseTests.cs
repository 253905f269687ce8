using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Storage;

public sealed class DatabaseTests
{
    private StorageDriver storage = null!;

    [SetUp]
    public async Task StartAsync()
    {
        storage = new StorageDriver();
        await storage.ExecuteAsync("CREATE TABLE things (id TEXT NOT NULL PRIMARY KEY, at BIGINT, text TEXT, status TEXT)");
    }

    [TearDown]
    public void Stop() => storage.Dispose();

    [Test]
    public async Task An_id_stands_as_lower_case_text_and_comes_back()
    {
        var id = Some.Id();
        await storage.ExecuteAsync("INSERT INTO things (id) VALUES (@id)", new { id });
        Assert.That(await storage.ScalarAsync<string>("SELECT id FROM things"), Is.EqualTo(id.ToString()));
        Assert.That(await storage.ScalarAsync<Guid>("SELECT id FROM things"), Is.EqualTo(id));
    }

    [Test]
    public async Task A_time_stands_as_milliseconds_and_comes_back()
    {
        var at = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 999, TimeSpan.FromHours(5.5));
        await storage.ExecuteAsync("INSERT INTO things (id, at) VALUES (@id, @at)", new { id = Some.Id(), at });
        Assert.That(await storage.ScalarAsync<long>("SELECT at FROM things"), Is.EqualTo(at.ToUnixTimeMilliseconds()));
        Assert.That(await storage.ScalarAsync<DateTimeOffset>("SELECT at FROM things"), Is.EqualTo(at));
    }

    [Test]
    public async Task A_time_before_1970_comes_back()
    {
        var at = new DateTimeOffset(1969, 7, 20, 20, 17, 40, TimeSpan.Zero);
        await storage.ExecuteAsync("INSERT INTO things (id, at) VALUES (@id, @at)", new { id = Some.Id(), at });
        Assert.That(await storage.ScalarAsync<DateTimeOffset>("SELECT at FROM things"), Is.EqualTo(at));
    }

    [Test]
    public async Task What_is_null_comes_back_as_null()
    {
        await storage.ExecuteAsync("INSERT INTO things (id, at) VALUES (@id, @at)", new { id = Some.Id(), at = (DateTimeOffset?)null });
        Assert.That(await storage.ScalarAsync<DateTimeOffset?>("SELECT at FROM things"), Is.Null);
        Assert.That(await storage.ScalarAsync<Guid?>("SELECT text FROM things"), Is.Null);
    }

    [Test]
    public async Task A_status_is_read_from_its_lower_case_name()
    {
        await storage.ExecuteAsync("INSERT INTO things (id, status) VALUES ('a', 'escalated')");
        Assert.That(await storage.ScalarAsync<MentionStatus>("SELECT status FROM things"), Is.EqualTo(MentionStatus.Escalated));
    }

    [Test]
    public async Task Texts_of_a_batch_come_back_to_the_letter()
    {
        string[] texts = ["", "it's \"so\"", "back\\slash", "new\nline\ttab", "😀👩‍👩‍👧 日本 ﷽", "<b>&amp;</b>", "@ids :x $1 %", new string('x', 1_000_000)];
        var rows = Sql.Rows(texts.Select((text, i) => new { id = $"{i}", text }));
        await storage.ExecuteAsync($"INSERT INTO things (id, text) SELECT r.value->>'id', r.value->>'text' FROM {storage.Database.Dialect.Rows}", new { rows });
        for (var i = 0; i < texts.Length; i++)
            Assert.That(await storage.ScalarAsync<string>("SELECT text FROM things WHERE id = @id", new { id = $"{i}" }), Is.EqualTo(texts[i]));
    }

    [Test]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        Assert.That(
            async () => await storage.Database.WriteAsync(async transaction =>
            {
                await transaction.ExecuteAsync("INSERT INTO things (id) VALUES ('a')");
                throw new InvalidOperationException("no");
            }),
            Throws.InvalidOperationException);
        Assert.That(await storage.ScalarAsync<int>("SELECT COUNT(*) FROM things"), Is.Zero);
    }

    [Test]
    public async Task Writing_goes_on_after_a_transaction_that_threw()
    {
        Assert.That(async () => await storage.ExecuteAsync("INSERT INTO nowhere (id) VALUES ('a')"), Throws.Exception);
        Assert.That(await storage.ExecuteAsync("INSERT INTO things (id) VALUES ('a')"), Is.EqualTo(1));
    }

    [Test]
    public async Task Writers_of_one_program_and_of_another_wait_for_each_other()
    {
        using var other = storage.Another();
        await storage.ExecuteAsync("INSERT INTO things (id, at) VALUES ('counter', 0)");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => IncrementAsync(i % 2 == 0 ? storage : other))));
        Assert.That(await storage.ScalarAsync<int>("SELECT at FROM things"), Is.EqualTo(200));
    }

    [Test]
    public async Task Reading_does_not_wait_for_a_writer()
    {
        await storage.Database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync("INSERT INTO things (id) VALUES ('a')");
            Assert.That(await storage.ScalarAsync<int>("SELECT COUNT(*) FROM things"), Is.Zero, "before the commit");
        });
        Assert.That(await storage.ScalarAsync<int>("SELECT COUNT(*) FROM things"), Is.EqualTo(1));
    }

    [Test]
    public void Ids_sort_by_the_time_of_the_clock()
    {
        var clock = new FakeClock();
        var ids = new List<Guid>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add(Ids.New(clock));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(ids.ConvertAll(id => id.ToString()), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    // Read, then write: two writers at once would lose an increment.
    private static Task IncrementAsync(StorageDriver storage) => storage.Database.WriteAsync(async transaction =>
    {
        var count = await transaction.SingleAsync<int>("SELECT at FROM things WHERE id = 'counter'");
        await transaction.ExecuteAsync("UPDATE things SET at = @next WHERE id = 'counter'", new { next = count + 1 });
    });
}
