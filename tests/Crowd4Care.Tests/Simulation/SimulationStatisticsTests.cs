using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Simulation;

public sealed class SimulationStatisticsTests
{
    [TestCase(0.5, 2.5)]
    [TestCase(0.95, 3.85)]
    [TestCase(0, 1)]
    [TestCase(1, 4)]
    public void A_percentile_lies_between_its_neighbours(double share, double expected) =>
        Assert.That(Statistics.Percentile([4, 1, 3, 2], share), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void A_percentile_of_nothing_is_0() => Assert.That(Statistics.Percentile([], 0.5), Is.Zero);

    [Test]
    public void When_all_have_the_same_the_gini_is_0() => Assert.That(Statistics.Gini([3, 3, 3]), Is.Zero.Within(1e-12));

    [Test]
    public void When_one_of_four_has_everything_the_gini_is_three_quarters() => Assert.That(Statistics.Gini([0, 8, 0, 0]), Is.EqualTo(0.75).Within(1e-12));

    [Test]
    public void A_gini_is_half_the_mean_difference_over_the_mean() => Assert.That(Statistics.Gini([3, 1, 2]), Is.EqualTo(2.0 / 9).Within(1e-12));

    [Test]
    public void The_gini_of_nothing_is_0() => Assert.That(Statistics.Gini([0, 0]), Is.Zero);

    [Test]
    public void An_interval_is_by_student()
    {
        // Mean 3, standard deviation √2.5, t of 4 degrees of freedom 2.7764.
        var (mean, half) = Statistics.MeanOf([1, 2, 3, 4, 5]);
        Assert.That(mean, Is.EqualTo(3).Within(1e-12));
        Assert.That(half, Is.EqualTo(2.7764 * Math.Sqrt(0.5)).Within(1e-9));
    }

    [TestCase(31, 2.0423)]
    [TestCase(101, 1.9840)]
    public void Many_values_have_an_interval_too(int count, double t)
    {
        var values = Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 1.0 : -1.0).ToArray();
        var deviation = Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (count - 1));
        Assert.That(Statistics.MeanOf(values).HalfWidth, Is.EqualTo(t * deviation / Math.Sqrt(count)).Within(1e-4));
    }

    [Test]
    public void Of_one_value_there_is_no_interval() => Assert.That(Statistics.MeanOf([7]), Is.EqualTo((7.0, 0.0)));

    [Test]
    public void Random_numbers_are_those_of_their_seed()
    {
        var (one, same, other) = (new SeededRandom(1), new SeededRandom(1), new SeededRandom(2));
        double[] Ten(SeededRandom random) => [.. Enumerable.Range(0, 10).Select(_ => random.Next())];
        var first = Ten(one);
        Assert.That(Ten(same), Is.EqualTo(first));
        Assert.That(Ten(other), Is.Not.EqualTo(first));
    }

    [Test]
    public void Random_numbers_are_spread_evenly()
    {
        var random = new SeededRandom(3);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.Next()).ToArray();
        Assert.That(values, Is.All.InRange(0.0, 1.0));
        Assert.That(values.Average(), Is.EqualTo(0.5).Within(0.01));
        Assert.That(values.GroupBy(v => (int)(v * 10)).Select(g => g.Count()), Is.All.InRange(9_600, 10_400));
        Assert.That(Enumerable.Range(0, 100_000).Average(i => SeededRandom.Of(5, i / 100, i % 100, 2)), Is.EqualTo(0.5).Within(0.01));
    }
}
