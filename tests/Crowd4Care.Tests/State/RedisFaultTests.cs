using System.Collections.Concurrent;
using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

/// <summary>Redis dies, stands still, or was never there: nothing hangs, and all is well again by itself.</summary>
public sealed class RedisFaultTests
{
    private static readonly RequestBudget Two = new(2, 1, TimeSpan.FromHours(1));

    private readonly Guid ana = Some.Id();
    private readonly Guid ben = Some.Id();
    private RedisServer redis = null!;
    private StateDriver web = null!;
    private StateDriver router = null!;

    [SetUp]
    public async Task StartAsync()
    {
        redis = await RedisServer.StartNewAsync();
        web = await StateDriver.On(redis.Address, TimeProvider.System).RunAsync();
        router = await web.Another().RunAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (web is not null)
            await web.DisposeAsync();
        if (router is not null)
            await router.DisposeAsync();
        redis?.Dispose();
    }

    [Test]
    public async Task Killed_and_started_again_it_knows_everybody_again()
    {
        await web.Presence.SeenAsync(ana);
        Assert.That(await router.Presence.PresentAsync(), Does.Contain(ana));

        redis.Kill();
        await AwayAsync(router);
        await AwayAsync(web);
        Assert.That(await router.Presence.PresentAsync(), Does.Contain(ana), "from the last list");
        await web.Presence.SeenAsync(ben);

        await redis.StartAsync();
        await HealedAsync(router);
        await HealedAsync(web);
        await Poll.UntilAsync(async () => await router.Presence.PresentAsync(), present => present.Contains(ana) && present.Contains(ben), "both are said again");
    }

    [Test]
    public async Task Standing_still_it_keeps_nobody_waiting()
    {
        await router.Presence.PresentAsync();
        redis.Stop();
        var started = TimeProvider.System.GetTimestamp();
        await AskAllAsync(router);
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(12)), "the first wait their time out");
        Assert.That(router.Link.IsAway, Is.True);

        // A question in a few seconds tries; all others are answered at once.
        started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100; i++)
            await AskAllAsync(router);
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(12)));

        redis.Continue();
        await HealedAsync(router);
    }

    [Test]
    public async Task Reservations_go_on_without_it()
    {
        redis.Kill();
        var (turn, other) = (Some.Id(), Some.Id());
        Assert.That((await router.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3)]))[ana], Is.EqualTo(2));
        Assert.That((await router.Reservations.TryReserveAsync(other, [new(ana, 2, 0, 3)]))[ana], Is.EqualTo(1), "turns of one process still know of each other");
        await router.Reservations.ReleaseAsync(turn);
        Assert.That(await router.Reservations.OfOthersAsync(other), Is.Empty);
    }

    [Test]
    public async Task Each_worker_has_a_budget_of_its_own_meanwhile()
    {
        redis.Kill();
        foreach (var worker in new[] { web, router })
        {
            Assert.That(await worker.Budgets.TakeAsync("channel", Two), Is.Null);
            Assert.That(await worker.Budgets.TakeAsync("channel", Two), Is.Null);
            Assert.That(await worker.Budgets.TakeAsync("channel", Two), Is.Not.Null);
        }
    }

    [Test]
    public async Task A_pause_that_was_met_without_it_is_kept_by_who_met_it()
    {
        redis.Kill();
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5);
        await router.Budgets.PauseAsync("channel", until);
        Assert.That(await router.Budgets.TakeAsync("channel", Two), Is.EqualTo(until));
    }

    [Test]
    public async Task Messages_reach_the_others_again_after_a_restart_and_they_know_that_they_missed_some()
    {
        var heard = new ConcurrentQueue<string>();
        var missed = 0;
        router.FanOut.Listen(heard.Enqueue, () => Interlocked.Increment(ref missed));
        await SaidUntilHeardAsync("before", heard);

        redis.Kill();
        await AwayAsync(router);
        await web.FanOut.SendAsync("lost");
        var missedBefore = Volatile.Read(ref missed);
        await redis.StartAsync();
        await SaidUntilHeardAsync("after", heard);
        await Poll.UntilAsync(() => Volatile.Read(ref missed) > missedBefore, "the listener is told that it missed something");
        Assert.That(heard, Does.Not.Contain("lost"));
    }

    [Test]
    public async Task A_process_that_starts_without_it_works_and_finds_it_later()
    {
        redis.Kill();
        await using var late = await web.Another().RunAsync();
        await late.Presence.SeenAsync(ana);
        Assert.That(await late.Presence.PresentAsync(), Is.EquivalentTo(new[] { ana }));
        Assert.That(late.Link.IsAway, Is.True);

        await redis.StartAsync();
        await HealedAsync(late);
        await Poll.UntilAsync(async () => await router.Presence.PresentAsync(), present => present.Contains(ana), "others know");
    }

    [Test]
    public async Task Forgotten_scripts_are_sent_again()
    {
        await router.Budgets.TakeAsync("channel", Two);
        using (var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(redis.Address + ",allowAdmin=true"))
            await connection.GetServer(connection.GetEndPoints()[0]).ScriptFlushAsync();
        Assert.That(await router.Budgets.TakeAsync("channel", Two), Is.Null);
        Assert.That(await router.Budgets.TakeAsync("channel", Two), Is.Not.Null, "Redis remembers both: the script ran there");
        Assert.That(await web.Budgets.TakeAsync("channel", Two), Is.Not.Null);
        Assert.That(router.Link.IsAway, Is.False);
    }

    private async Task AskAllAsync(StateDriver state)
    {
        await state.Presence.SeenAsync(Some.Id());
        await state.Presence.PresentAsync();
        await state.Reservations.TryReserveAsync(ana, [new(ben, 1, 0, 1)]);
        await state.Reservations.ReleaseAsync(ana);
        await state.Budgets.TakeAsync("channel", Two);
        await state.FanOut.SendAsync("a message");
        await state.Cache.GetAsync("group", "key", TimeSpan.FromSeconds(1), () => Task.FromResult(1));
    }

    private async Task SaidUntilHeardAsync(string message, ConcurrentQueue<string> heard) =>
        await Poll.UntilAsync(async () =>
        {
            await web.FanOut.SendAsync(message);
            return heard.Contains(message);
        }, isHeard => isHeard, $"“{message}” is heard");

    private static Task AwayAsync(StateDriver state) => Poll.UntilAsync(() => state.Link.IsAway, "Redis is noticed to be away");

    private static Task HealedAsync(StateDriver state) => Poll.UntilAsync(() => !state.Link.IsAway, "Redis is found again");
}
