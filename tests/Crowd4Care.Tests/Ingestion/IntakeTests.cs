using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Ingestion;
using Crowd4Care.Networks;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Ingestion;

[EachEngine]
public sealed class IntakeTests(string engine)
{
    private CrowdDriver crowd = null!;
    private ChannelConnection channel = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        channel = await crowd.ChannelAsync();
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task New_mentions_wake_up_classification()
    {
        var result = await Intake.StoreAsync(CrowdDriver.Brand, [Some.Post(), Some.Post()]);
        Assert.That(crowd.Published<MentionsReceived>().SelectMany(m => m.MentionIds), Is.EqualTo(result.Stored));
        Assert.That(result.Stored, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Duplicates_are_counted_and_wake_nobody_up()
    {
        var post = Some.Post();
        await Intake.StoreAsync(CrowdDriver.Brand, [post]);
        var result = await Intake.StoreAsync(CrowdDriver.Brand, [post, post]);
        Assert.That((result.Stored.Count, result.Duplicates), Is.EqualTo((0, 2)));
        Assert.That(crowd.Published<MentionsReceived>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_message_carries_more_than_a_thousand_mentions()
    {
        await Intake.StoreAsync(CrowdDriver.Brand, [.. Enumerable.Range(0, 2_500).Select(_ => Some.Post())]);
        var sizes = crowd.Published<MentionsReceived>().Select(m => m.MentionIds.Count).ToList();
        Assert.That(sizes, Is.All.LessThanOrEqualTo(1000));
        Assert.That(sizes.Sum(), Is.EqualTo(2_500));
    }

    [Test]
    public async Task The_cursor_moves_with_the_batch()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post()], Cursor = "17" });
        Assert.That(await CursorAsync(), Is.EqualTo("17"));
    }

    [Test]
    public async Task A_batch_without_a_cursor_leaves_it()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post()], Cursor = "17" });
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post()] });
        Assert.That(await CursorAsync(), Is.EqualTo("17"));
    }

    [Test]
    public async Task An_empty_batch_moves_the_cursor()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Cursor = "18" });
        Assert.That(await CursorAsync(), Is.EqualTo("18"));
        Assert.That(crowd.Published<MentionsReceived>(), Is.Empty);
    }

    [Test]
    public async Task A_batch_that_can_not_be_stored_leaves_the_cursor_and_wakes_nobody_up()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Cursor = "17" });
        var unknownBrand = channel with { BrandId = "nobody" };
        Assert.That(
            async () => await Intake.StoreAsync(unknownBrand, "stream", new StreamBatch { Posts = [Some.Post()], Cursor = "18" }),
            Throws.InstanceOf<DbException>());
        Assert.That(await CursorAsync(), Is.EqualTo("17"));
        Assert.That(crowd.Published<MentionsReceived>(), Is.Empty);
    }

    [Test]
    public async Task A_cursor_that_can_not_be_moved_leaves_the_batch_out()
    {
        var unknownChannel = channel with { Id = Some.Id() };
        Assert.That(
            async () => await Intake.StoreAsync(unknownChannel, "stream", new StreamBatch { Posts = [Some.Post()], Cursor = "18" }),
            Throws.InstanceOf<DbException>());
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions"), Is.Zero);
    }

    [Test]
    public async Task Each_stream_has_a_cursor_of_its_own()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Cursor = "1" });
        await Intake.StoreAsync(channel, "another", new StreamBatch { Cursor = "2" });
        Assert.That(await CursorAsync(), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_deleted_post_is_purged_and_desks_hear_of_it()
    {
        var stored = (await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post("a"), Some.Post("b")] })).Stored;
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Deleted = ["a", "unknown"] });
        Assert.That((await crowd.RowAsync(stored[0])).Status, Is.EqualTo(MentionStatus.Deleted));
        Assert.That((await crowd.RowAsync(stored[0])).Text, Is.Empty);
        Assert.That((await crowd.RowAsync(stored[1])).Status, Is.EqualTo(MentionStatus.Received));
        Assert.That(crowd.Published<MentionsChanged>().Single().MentionIds, Is.EqualTo(new[] { stored[0] }));
    }

    [Test]
    public async Task A_post_that_was_written_and_deleted_within_a_batch_is_purged()
    {
        var stored = (await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post("a")], Deleted = ["a"] })).Stored;
        Assert.That((await crowd.RowAsync(stored[0])).Text, Is.Empty);
    }

    [Test]
    public async Task All_posts_of_a_deleted_account_are_purged()
    {
        var author = Some.Author();
        var stored = (await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post(author: author), Some.Post(author: author), Some.Post()] })).Stored;
        await Intake.StoreAsync(channel, "stream", new StreamBatch { DeletedAuthors = [author.Id] });
        Assert.That(await crowd.QueryAsync<Guid>("SELECT id FROM mentions WHERE status = 'deleted'"), Is.EquivalentTo(stored.Take(2)));
    }

    [Test]
    public async Task A_deletion_on_one_network_leaves_the_other_alone()
    {
        await Intake.StoreAsync(CrowdDriver.Brand, [Some.Post("a") with { Network = "other" }]);
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Deleted = ["a"] });
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM mentions WHERE status = 'deleted'"), Is.Zero);
    }

    [Test]
    public async Task A_deletion_that_comes_twice_changes_nothing_more()
    {
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Posts = [Some.Post("a")] });
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Deleted = ["a"] });
        await Intake.StoreAsync(channel, "stream", new StreamBatch { Deleted = ["a"] });
        Assert.That(crowd.Published<MentionsChanged>(), Has.Count.EqualTo(1));
    }

    private Intake Intake => crowd.Get<Intake>();

    private Task<string?> CursorAsync() => crowd.Get<ChannelStore>().CursorAsync(channel.Id, "stream");
}
