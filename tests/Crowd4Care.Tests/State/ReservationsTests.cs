using Crowd4Care.State;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.State;

public sealed class ReservationsTests(string kind) : StateFixture(kind)
{
    private readonly Guid ana = Some.Id();
    private readonly Guid ben = Some.Id();
    private readonly Guid turn = Some.Id();
    private readonly Guid other = Some.Id();

    [Test]
    public async Task What_is_free_is_granted()
    {
        var granted = await State.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3), new(ben, 1, 2, 3)]);
        Assert.That(granted, Is.EquivalentTo(new Dictionary<Guid, int> { [ana] = 2, [ben] = 1 }));
    }

    [Test]
    public async Task As_many_are_granted_as_fit()
    {
        var granted = await State.Reservations.TryReserveAsync(turn, [new(ana, 5, 1, 3), new(ben, 1, 4, 3)]);
        Assert.That(granted, Is.EquivalentTo(new Dictionary<Guid, int> { [ana] = 2, [ben] = 0 }));
    }

    [Test]
    public async Task Others_get_what_is_left()
    {
        await State.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3)]);
        Assert.That((await State.Reservations.TryReserveAsync(other, [new(ana, 2, 0, 3)]))[ana], Is.EqualTo(1));
    }

    [Test]
    public async Task A_turn_sees_what_others_hold_and_not_its_own()
    {
        await State.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3)]);
        await State.Reservations.TryReserveAsync(other, [new(ana, 1, 0, 3), new(ben, 1, 0, 3)]);
        Assert.That(await State.Reservations.OfOthersAsync(turn), Is.EquivalentTo(new Dictionary<Guid, int> { [ana] = 1, [ben] = 1 }));
    }

    [Test]
    public async Task Asked_again_because_the_answer_was_lost_it_grants_the_same()
    {
        await State.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3)]);
        Assert.That((await State.Reservations.TryReserveAsync(turn, [new(ana, 2, 0, 3)]))[ana], Is.EqualTo(2));
        Assert.That((await State.Reservations.OfOthersAsync(other))[ana], Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_released_is_free()
    {
        await State.Reservations.TryReserveAsync(turn, [new(ana, 3, 0, 3)]);
        await State.Reservations.ReleaseAsync(turn);
        Assert.That(await State.Reservations.OfOthersAsync(other), Is.Empty);
        Assert.That((await State.Reservations.TryReserveAsync(other, [new(ana, 3, 0, 3)]))[ana], Is.EqualTo(3));
    }

    [Test]
    public async Task What_is_never_released_ends_by_itself()
    {
        await State.Reservations.TryReserveAsync(turn, [new(ana, 3, 0, 3)]);
        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That((await State.Reservations.TryReserveAsync(other, [new(ana, 3, 0, 3)]))[ana], Is.Zero);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await State.Reservations.TryReserveAsync(other, [new(ana, 3, 0, 3)]))[ana], Is.EqualTo(3));
    }

    [Test]
    public async Task Sixty_four_turns_at_once_never_get_more_than_there_is()
    {
        Guid[] people = [.. Enumerable.Range(0, 5).Select(_ => Some.Id())];
        for (var round = 0; round < 10; round++)
        {
            var turns = Enumerable.Range(0, 64).Select(_ => Some.Id()).ToList();
            var granted = await Task.WhenAll(turns.Select(t => Task.Run(() =>
                State.Reservations.TryReserveAsync(t, [.. people.Select(p => new PlacesWanted(p, 2, 1, 8))]))));
            foreach (var person in people)
                Assert.That(granted.Sum(g => g[person]), Is.EqualTo(7), "all free places, and no more");
            await Task.WhenAll(turns.Select(t => State.Reservations.ReleaseAsync(t)));
        }
    }
}
