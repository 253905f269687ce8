using Crowd4Care.Networks.Bluesky;

namespace Crowd4Care.Tests.Networks.Bluesky;

public sealed class TidTests
{
    [Test]
    public void A_key_is_thirteen_characters_of_the_sortable_alphabet() =>
        Assert.That(new Tid(TimeProvider.System).Next(), Does.Match("^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$"));

    [Test]
    public void A_key_tells_the_time_it_was_made_at()
    {
        // 3jzfcijpj2z2a is the example of the protocol's description: 2023-06-30.
        var made = new DateTimeOffset(2023, 6, 30, 12, 0, 0, TimeSpan.Zero);
        Assert.That(new Tid(new StoppedClock(made)).Next(), Does.StartWith("3jzf").Or.StartWith("3jze").Or.StartWith("3jzg").Or.StartWith("3jzd"));
    }

    [Test]
    public void Keys_grow_although_the_clock_stands_still_or_goes_back()
    {
        var clock = new StoppedClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var tid = new Tid(clock);
        var keys = new List<string> { tid.Next(), tid.Next() };
        clock.Now -= TimeSpan.FromHours(1);
        keys.Add(tid.Next());
        clock.Now += TimeSpan.FromHours(2);
        keys.Add(tid.Next());
        Assert.That(keys, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Keys_made_at_once_are_different()
    {
        var tid = new Tid(TimeProvider.System);
        var keys = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 10_000, _ => keys.Add(tid.Next()));
        Assert.That(keys.Distinct().Count(), Is.EqualTo(10_000));
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
