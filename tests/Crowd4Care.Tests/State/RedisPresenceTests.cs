using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

public sealed class RedisPresenceTests
{
    private readonly FakeClock clock = new();
    private readonly Guid ana = Some.Id();
    private readonly Guid ben = Some.Id();
    private StateDriver web = null!;
    private StateDriver router = null!;

    [SetUp]
    public void Start()
    {
        web = StateDriver.Start(StateDriver.OnRedis, clock);
        router = web.Another();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (web is null)
            return;
        await web.DisposeAsync();
        await router.DisposeAsync();
    }

    [Test]
    public async Task Other_processes_know_who_is_present()
    {
        await web.Presence.SeenAsync(ana);
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana }));
    }

    [Test]
    public async Task Who_leaves_one_copy_is_present_while_at_a_desk_of_another()
    {
        await using var second = web.Another();
        await SettleAsync();
        await web.Presence.SeenAsync(ana);
        await second.Presence.SeenAsync(ana);
        await web.Presence.LeftAsync(ana);
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana }));
        await second.Presence.LeftAsync(ana);
        Assert.That(await router.Presence.PresentAsync(), Is.Empty);
    }

    [Test]
    public async Task A_flush_makes_nobody_leave()
    {
        await using var second = web.Another();
        await SettleAsync();
        await web.Presence.SeenAsync(ana);
        await second.Presence.SeenAsync(ben);
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }));

        await web.FlushAsync();
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }), "at once");
        await web.Get<RedisPresence>().SayAgainAsync();
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }), "one copy said whom it sees");
        await second.Get<RedisPresence>().SayAgainAsync();
        clock.Advance(TimeSpan.FromSeconds(25));
        await using var stranger = web.Another();
        Assert.That(await stranger.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana, ben }), "both said it");
    }

    [Test]
    public async Task After_a_flush_who_left_meanwhile_is_forgotten_in_seconds()
    {
        await SettleAsync();
        await web.Presence.SeenAsync(ana);
        await web.Presence.SeenAsync(ben);
        await router.Presence.PresentAsync();
        await web.FlushAsync();
        await web.Presence.LeftAsync(ana);
        await web.Get<RedisPresence>().SayAgainAsync();
        clock.Advance(TimeSpan.FromSeconds(25));
        Assert.That(await router.Presence.PresentAsync(), Is.EquivalentTo(new[] { ben }));
    }

    [Test]
    public async Task Every_key_ends_by_itself()
    {
        await web.Presence.SeenAsync(ana);
        foreach (var key in await web.KeysAsync())
            Assert.That(await web.LifeAsync(key), Is.Not.Null, key);
    }

    // The list of a young Redis counts as incomplete for a while.
    private async Task SettleAsync()
    {
        await web.Presence.SeenAsync(Some.Id());
        clock.Advance(TimeSpan.FromSeconds(91));
        await router.Presence.PresentAsync();
    }
}
