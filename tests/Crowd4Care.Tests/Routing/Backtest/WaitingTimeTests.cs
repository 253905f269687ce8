using Crowd4Care.Routing.Backtest;

namespace Crowd4Care.Tests.Routing.Backtest;

public sealed class WaitingTimeTests
{
    // With one place Erlang C is the line of a single counter: utilisation / (1 - utilisation) times the time of service.
    [TestCase(3, 1, 10, 10)]
    [TestCase(1.5, 1, 10, 3.333)]
    // From tables of Erlang C: two places and one erlang wait with probability 1/3.
    [TestCase(6, 2, 10, 3.333)]
    public void Known_lines_are_as_long_as_known(double perHour, double capacity, double answerMinutes, double minutes) =>
        Assert.That(WaitingTime.Estimate(perHour, capacity, answerMinutes).Minutes, Is.EqualTo(minutes));

    [TestCase(6, 1)]
    [TestCase(60, 9.9)]
    [TestCase(1, 0)]
    public void A_line_that_grows_without_end_has_no_length(double perHour, double capacity) =>
        Assert.That(WaitingTime.Estimate(perHour, capacity, 10).Minutes, Is.Null);

    [Test]
    public void Without_offers_nobody_waits() =>
        Assert.That(WaitingTime.Estimate(0, 0, 10), Is.EqualTo(new WaitingTime(0, 0, 0, 0)));

    [Test]
    public void A_large_crowd_is_no_trouble() =>
        Assert.That(WaitingTime.Estimate(60_000, 100_000, 10), Is.EqualTo(new WaitingTime(60_000, 100_000, 0.1, 0)));

    [Test]
    public void More_places_wait_less()
    {
        var waits = Enumerable.Range(11, 30).Select(places => WaitingTime.Estimate(60, places, 10).Minutes!.Value).ToList();

        Assert.That(waits, Is.Ordered.Descending);
    }
}
