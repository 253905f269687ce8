using Crowd4Care.Classification;

namespace Crowd4Care.Tests.Classification;

public sealed class WilsonTests
{
    // From the formula by hand; the first two stand in textbooks too.
    [TestCase(0, 10, 0.000, 0.278)]
    [TestCase(10, 10, 0.722, 1.000)]
    [TestCase(81, 263, 0.255, 0.366)]
    [TestCase(15, 148, 0.062, 0.160)]
    [TestCase(50, 100, 0.404, 0.596)]
    [TestCase(0, 0, 0.0, 1.0)]
    public void It_says_where_the_share_lies(int right, int count, double low, double high)
    {
        var interval = Wilson.Interval(right, count);
        Assert.That(interval.Low, Is.EqualTo(low).Within(0.0006));
        Assert.That(interval.High, Is.EqualTo(high).Within(0.0006));
    }

    [TestCase(19, 19, null)]
    [TestCase(20, 20, 1.0)]
    [TestCase(5, 20, 0.25)]
    public void Few_are_no_figure(int right, int count, double? share) => Assert.That(new MeasuredShare("topic", right, count).Share, Is.EqualTo(share));
}
