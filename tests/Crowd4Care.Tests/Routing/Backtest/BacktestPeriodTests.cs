using Crowd4Care.Routing.Backtest;

namespace Crowd4Care.Tests.Routing.Backtest;

public sealed class BacktestPeriodTests
{
    [TestCase("2026-01-31", "2026-01-31T00:00:00+00:00")]
    [TestCase("2026-01-31T12:30", "2026-01-31T12:30:00+00:00")]
    [TestCase("2026-01-31T12:30:15Z", "2026-01-31T12:30:15+00:00")]
    [TestCase("2026-01-31T12:30:15.5+02:00", "2026-01-31T10:30:15.5+00:00")]
    public void Dates_and_times_are_read(string text, string time) =>
        Assert.That(BacktestPeriod.Read(text, null).Period?.From, Is.EqualTo(DateTimeOffset.Parse(time, null)));

    [TestCase(null, null)]
    [TestCase("", "")]
    public void An_empty_side_is_open(string? from, string? to) => Assert.That(BacktestPeriod.Read(from, to).Period, Is.EqualTo(BacktestPeriod.Everything));

    [TestCase("yesterday", null, "from")]
    [TestCase("31.01.2026", null, "from")]
    [TestCase(null, "2026-13-01", "to")]
    [TestCase("2026-02-01", "2026-01-01", "from")]
    public void A_mistake_is_named(string? from, string? to, string side)
    {
        var (period, mistake) = BacktestPeriod.Read(from, to);

        Assert.That(period, Is.Null);
        Assert.That(mistake, Does.StartWith(side).And.Contain(from ?? to));
    }
}
