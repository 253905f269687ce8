using Crowd4Care.Networks;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Networks;

[EachEngine]
public sealed class ChannelHealthStoreTests(string engine)
{
    private static readonly ChannelTrouble Away = new(TroubleKind.Unreachable, "No such host is known.");

    private CrowdDriver crowd = null!;
    private Guid channel;

    private ChannelHealthStore Store => crowd.Get<ChannelHealthStore>();

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        channel = (await crowd.ChannelAsync()).Id;
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Trouble_that_goes_on_keeps_its_beginning_and_ends_with_the_first_answer()
    {
        var began = crowd.Clock.GetUtcNow();
        await Store.ReportAsync(channel, "stream", Away);
        crowd.Clock.Advance(TimeSpan.FromMinutes(3));
        await Store.ReportAsync(channel, "stream", Away with { Message = "It timed out." });
        var part = await PartAsync();
        Assert.That((part.Trouble, part.TroubleSince, part.HeardAt), Is.EqualTo((Away with { Message = "It timed out." }, (DateTimeOffset?)began, (DateTimeOffset?)null)));

        var until = crowd.Clock.GetUtcNow().AddMinutes(5);
        await Store.ReportAsync(channel, "stream", new ChannelTrouble(TroubleKind.Throttled, "Slowly!", until));
        part = await PartAsync();
        Assert.That((part.Trouble!.RetryAt, part.TroubleSince), Is.EqualTo(((DateTimeOffset?)until, (DateTimeOffset?)crowd.Clock.GetUtcNow())), "another kind begins anew");

        await Store.ReportAsync(channel, "stream", null, crowd.Clock.GetUtcNow().AddSeconds(-4));
        part = await PartAsync();
        Assert.That((part.Trouble, part.TroubleSince, part.HeardAt), Is.EqualTo(((ChannelTrouble?)null, (DateTimeOffset?)null, (DateTimeOffset?)crowd.Clock.GetUtcNow())));
        Assert.That(part.PositionAt, Is.EqualTo(crowd.Clock.GetUtcNow().AddSeconds(-4)));
    }

    [Test]
    public async Task One_part_says_nothing_of_another()
    {
        await Store.ReportAsync(channel, ChannelHealthStore.Replies, new ChannelTrouble(TroubleKind.SignIn, "Wrong password."));
        await Store.ReportAsync(channel, "stream", null);
        Assert.That((await Store.OfAsync(channel)).InTrouble.Single().Name, Is.EqualTo(ChannelHealthStore.Replies));

        await crowd.WriteAsync(transaction => Store.WorksAsync(transaction, channel, ChannelHealthStore.Replies));
        Assert.That((await Store.OfAsync(channel)).InTrouble, Is.Empty);
    }

    [Test]
    public async Task Posts_of_the_last_hour_and_day_are_counted_and_older_ones_forgotten()
    {
        await CountAsync(5);
        crowd.Clock.Advance(TimeSpan.FromHours(2));
        await CountAsync(2);
        await CountAsync(1);
        var health = await Store.OfAsync(channel);
        Assert.That((health.LastHour, health.LastDay), Is.EqualTo((3, 8)));

        crowd.Clock.Advance(TimeSpan.FromHours(26));
        await CountAsync(4);
        health = await Store.OfAsync(channel);
        Assert.That((health.LastHour, health.LastDay), Is.EqualTo((4, 4)));
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM channel_posts"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_newest_post_is_told_with_when_it_came()
    {
        var (written, stored) = (crowd.Clock.GetUtcNow().AddSeconds(-7), crowd.Clock.GetUtcNow());
        await CountAsync(1, written);
        crowd.Clock.Advance(TimeSpan.FromSeconds(30));
        await CountAsync(1, written.AddMinutes(-10));
        var part = await PartAsync();
        Assert.That((part.PostAt, part.StoredAt), Is.EqualTo(((DateTimeOffset?)written, (DateTimeOffset?)stored)), "what turns up late is not the newest");
    }

    [Test]
    public async Task A_changed_channel_begins_without_trouble_and_a_removed_one_is_nobodys()
    {
        await Store.ReportAsync(channel, "stream", Away);
        var connection = (await crowd.Get<ChannelStore>().ConnectAsync(channel))!;
        await crowd.Get<ChannelStore>().SaveAsync(connection, "Changed", enabled: true);
        Assert.That((await Store.OfAsync(channel)).Parts, Is.Empty);

        await Store.ReportAsync(Some.Id(), "stream", Away);
        Assert.That(await crowd.ScalarAsync<int>("SELECT COUNT(*) FROM channel_parts"), Is.Zero);
    }

    private async Task<ChannelPart> PartAsync() => (await Store.OfAsync(channel)).Parts.Single();

    private Task CountAsync(int posts, DateTimeOffset? newest = null) =>
        crowd.WriteAsync(transaction => Store.CountAsync(transaction, channel, "stream", posts, newest ?? crowd.Clock.GetUtcNow()));
}
