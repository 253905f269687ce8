using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Networks;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Engagement;

[EachEngine]
public sealed class ReplyTrafficTests(string engine)
{
    private CrowdDriver crowd = null!;
    private ChannelConnection channel = null!;
    private Person ana = null!;

    [SetUp]
    public async Task StartAsync()
    {
        crowd = await CrowdDriver.StartAsync(engine);
        channel = await crowd.ChannelAsync();
        ana = await crowd.AdvocateAsync("Ana");
    }

    [TearDown]
    public async Task StopAsync() => await crowd.DisposeAsync();

    [Test]
    public async Task Replies_on_their_way_and_those_refused_within_a_day_are_counted_by_channel()
    {
        var other = await crowd.ChannelAsync();
        await StoreAsync(channel, ReplyState.Sending);
        var refused = await StoreAsync(channel, ReplyState.Sending);
        await StoreAsync(other, ReplyState.Sending);
        await crowd.WriteAsync(transaction => crowd.Get<ReplyStore>().FailedAsync(transaction, refused, "Too long."));
        crowd.Clock.Advance(TimeSpan.FromMinutes(2));

        var traffic = await crowd.Get<ReplyTraffic>().OfAsync(channel.Network, channel.Id);
        Assert.That((traffic.Waiting, traffic.Failed, traffic.Oldest), Is.EqualTo((1, 1, (DateTimeOffset?)crowd.Clock.GetUtcNow().AddMinutes(-2))));
        crowd.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That((await crowd.Get<ReplyTraffic>().OfAsync(channel.Network, channel.Id)).Failed, Is.Zero);
    }

    [Test]
    public async Task What_is_left_of_the_channels_budget_is_told()
    {
        crowd.Network.Budget = new RequestBudget(10, 6, TimeSpan.FromMinutes(1));
        for (var i = 0; i < 4; i++)
            await crowd.Get<IRequestBudgets>().TakeAsync(ReplyTraffic.BudgetOf(channel.Network, channel.Id), crowd.Network.Budget);
        var traffic = await crowd.Get<ReplyTraffic>().OfAsync(channel.Network, channel.Id);
        Assert.That(traffic.Left, Is.EqualTo(new BudgetState(6, crowd.Clock.GetUtcNow().AddSeconds(40), null)));
        Assert.That((await crowd.Get<ReplyTraffic>().OfAsync("unheard-of", channel.Id)).Budget, Is.Null);
    }

    private async Task<Guid> StoreAsync(ChannelConnection to, ReplyState state)
    {
        var (mention, fence) = await crowd.ClaimedAsync(ana);
        var reply = new Reply
        {
            Id = Some.Id(), MentionId = mention, ChannelId = to.Id, Network = to.Network, PersonId = ana.Id, Fence = fence, Text = "Hello", NetworkKey = "key", State = state,
            CreatedAt = crowd.Clock.GetUtcNow(),
        };
        await crowd.WriteAsync(transaction => crowd.Get<ReplyStore>().AddAsync(transaction, reply, crowd.Clock.GetUtcNow().AddSeconds(5)));
        return reply.Id;
    }
}
