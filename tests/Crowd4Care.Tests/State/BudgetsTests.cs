using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

public sealed class BudgetsTests(string kind) : StateFixture(kind)
{
    private static readonly RequestBudget ThreeThenOneEach10Seconds = new(3, 6, TimeSpan.FromMinutes(1));

    private readonly string channel = Some.Word("channel");

    [Test]
    public async Task A_burst_is_allowed_and_then_the_time_of_the_next_is_told()
    {
        for (var i = 0; i < 3; i++)
            Assert.That(await TakeAsync(), Is.Null);
        Assert.That(await TakeAsync(), Is.EqualTo(Clock.GetUtcNow().AddSeconds(10)));
    }

    [Test]
    public async Task At_the_time_that_was_told_there_is_exactly_one()
    {
        for (var i = 0; i < 3; i++)
            await TakeAsync();
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await TakeAsync(), Is.Null);
        Assert.That(await TakeAsync(), Is.EqualTo(Clock.GetUtcNow().AddSeconds(10)));
    }

    [Test]
    public async Task What_is_not_used_is_kept_up_to_the_burst()
    {
        Clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 3; i++)
            Assert.That(await TakeAsync(), Is.Null);
        Assert.That(await TakeAsync(), Is.Not.Null);
    }

    [Test]
    public async Task Channels_have_budgets_of_their_own()
    {
        for (var i = 0; i < 4; i++)
            await TakeAsync();
        Assert.That(await State.Budgets.TakeAsync(Some.Word("channel"), ThreeThenOneEach10Seconds), Is.Null);
    }

    [Test]
    public async Task A_pause_stops_everybody_until_its_end()
    {
        var until = Clock.GetUtcNow().AddMinutes(5);
        await State.Budgets.PauseAsync(channel, until);
        Assert.That(await TakeAsync(), Is.EqualTo(until));
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await TakeAsync(), Is.Null);
    }

    [Test]
    public async Task A_shorter_pause_does_not_end_a_longer_one()
    {
        var until = Clock.GetUtcNow().AddMinutes(5);
        await State.Budgets.PauseAsync(channel, until);
        await State.Budgets.PauseAsync(channel, until.AddMinutes(-4));
        Assert.That(await TakeAsync(), Is.EqualTo(until));
    }

    [Test]
    public async Task Sixty_four_workers_at_once_get_no_more_than_the_burst()
    {
        var budget = new RequestBudget(20, 1, TimeSpan.FromHours(1));
        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => State.Budgets.TakeAsync(channel, budget))));
        Assert.That(taken.Count(next => next is null), Is.EqualTo(20));
    }

    [Test]
    public async Task What_is_left_is_told_and_to_look_takes_nothing()
    {
        Assert.That(await LookAsync(), Is.EqualTo(new BudgetState(3, null, null)));
        await TakeAsync();
        await TakeAsync();
        Assert.That(await LookAsync(), Is.EqualTo(new BudgetState(1, Clock.GetUtcNow().AddSeconds(20), null)));
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await LookAsync()).Left, Is.EqualTo(1), "half of one is none");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await LookAsync()).Left, Is.EqualTo(2));

        var until = Clock.GetUtcNow().AddMinutes(5);
        await State.Budgets.PauseAsync(channel, until);
        Assert.That(await LookAsync(), Has.Property(nameof(BudgetState.Left)).EqualTo(0).And.Property(nameof(BudgetState.PausedUntil)).EqualTo(until));
    }

    private Task<BudgetState> LookAsync() => State.Budgets.LookAsync(channel, ThreeThenOneEach10Seconds);

    private Task<DateTimeOffset?> TakeAsync() => State.Budgets.TakeAsync(channel, ThreeThenOneEach10Seconds);
}
