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
        var made = new DateTimeOffset(2026, 6, 30, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456);
        var bits = new Tid(new StoppedClock(made)).Next()
            .Aggregate(0L, (value, c) => (value << 5) | (long)"234567abcdefghijklmnopqrstuvwxyz".IndexOf(c, StringComparison.Ordinal));
        Assert.That(DateTimeOffset.UnixEpoch.AddMicroseconds(bits >> 10), Is.EqualTo(made));
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
