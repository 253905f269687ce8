using Crowd4Care.Server.Desk.Live;
using Crowd4Care.State;

namespace Crowd4Care.Server.Tests.Desk;

public sealed class OnlookersTests
{
    private static readonly Guid Mention = Id(1);
    private static readonly Guid Olga = Id(2);
    private readonly Clock clock = new();
    private Onlookers onlookers = null!;

    [SetUp]
    public void Open() => onlookers = new Onlookers(clock);

    [Test]
    public void Who_looks_is_there_until_their_page_says_so_no_more()
    {
        Assert.That(onlookers.Note(Looks()), Is.True);
        clock.Advance(Onlookers.Lasts / 2);
        Assert.That(onlookers.Note(Looks()), Is.False, "nothing new");
        clock.Advance(Onlookers.Lasts * 0.75);
        Assert.That(onlookers.Of(Mention).Single(), Is.EqualTo(new Onlooker(Olga, "Olga", false)));
        clock.Advance(Onlookers.Lasts);
        Assert.That(onlookers.Of(Mention), Is.Empty);
        Assert.That(onlookers.Note(Looks()), Is.True, "back again");
    }

    [Test]
    public void Who_closes_one_of_two_pages_is_still_there()
    {
        onlookers.Note(Looks(Id(8)));
        onlookers.Note(Looks(Id(9)));
        Assert.That(onlookers.Note(Looks(Id(8)) with { Kind = LookKind.Leaves }), Is.False);
        Assert.That(onlookers.Of(Mention), Has.Count.EqualTo(1));
        Assert.That(onlookers.Note(Looks(Id(9)) with { Kind = LookKind.Leaves }), Is.True);
        Assert.That(onlookers.Of(Mention), Is.Empty);
    }

    [Test]
    public void Who_saved_a_draft_is_writing_for_a_minute()
    {
        onlookers.Note(Looks());
        Assert.That(onlookers.Note(Looks(Guid.Empty) with { Kind = LookKind.Writes }), Is.True);
        Assert.That(onlookers.Of(Mention).Single().IsWriting);
        clock.Advance(Onlookers.Writes / 2);
        onlookers.Note(Looks());
        clock.Advance(Onlookers.Writes / 2);
        Assert.That(onlookers.Of(Mention).Single().IsWriting, Is.False);
    }

    [Test]
    public void Who_wrote_and_closed_their_last_page_is_gone()
    {
        onlookers.Note(Looks(Id(8)));
        onlookers.Note(Looks(Id(9)));
        onlookers.Note(Looks(Guid.Empty) with { Kind = LookKind.Writes });
        onlookers.Note(Looks(Id(8)) with { Kind = LookKind.Leaves });
        Assert.That(onlookers.Of(Mention).Single().IsWriting);
        onlookers.Note(Looks(Id(9)) with { Kind = LookKind.Leaves });
        Assert.That(onlookers.Of(Mention), Is.Empty);
        Assert.That(onlookers.Note(Looks(Id(9))), Is.False, "what the closed page said last came late");
        onlookers.Note(Looks(Guid.Empty) with { Kind = LookKind.Writes });
        Assert.That(onlookers.Of(Mention), Is.Empty, "its draft too");
    }

    [Test]
    public void Mentions_are_apart_and_people_are_in_order()
    {
        onlookers.Note(Looks());
        onlookers.Note(Looks() with { PersonId = Id(3), Name = "Ada" });
        onlookers.Note(Looks() with { MentionId = Id(4), PersonId = Id(5), Name = "Sam" });
        Assert.That(onlookers.Of(Mention).Select(p => p.Name), Is.EqualTo(new[] { "Ada", "Olga" }));
    }

    [Test]
    public async Task Only_who_looks_at_the_same_is_told()
    {
        var hub = new DeskHub(new InProcessPresence(clock), new InProcessFanOut(), clock);
        var (same, other) = (await hub.OpenAsync(Id(3)), await hub.OpenAsync(Id(5)));
        await hub.LookAsync(Looks() with { PersonId = Id(3), Name = "Ada" });
        await hub.LookAsync(Looks() with { MentionId = Id(4), PersonId = Id(5), Name = "Sam" });

        await hub.LookAsync(Looks());

        var told = await same.NextAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.That((told!.Company, told.Topics, told.Mentions), Is.EqualTo((new[] { Mention }, Array.Empty<string>(), Array.Empty<Guid>())), "no list is out of date because of it");
        using var closed = new CancellationTokenSource();
        var waits = other.NextAsync(TimeSpan.FromSeconds(10), closed.Token);
        Assert.That(waits.IsCompleted, Is.False);
        await closed.CancelAsync();
        Assert.That(async () => await waits, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(hub.LookingAt(Mention).Select(p => p.Name), Is.EqualTo(new[] { "Ada", "Olga" }));
    }

    private static Look Looks(Guid? view = null) => new(Mention, Olga, "Olga", view ?? Id(7), LookKind.Looks);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan time) => now += time;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
