using Crowd4Care.Classification;

namespace Crowd4Care.Tests.Classification;

public sealed class StabilityIndexTests
{
    [Test]
    public void The_same_mix_is_nought_whatever_the_numbers() =>
        Assert.That(StabilityIndex.Of(Counts(("a", 60), ("b", 40)), Counts(("a", 600), ("b", 400))), Is.Zero.Within(1e-12));

    [Test]
    public void It_is_the_sum_over_the_labels() =>
        // (0.7 - 0.5) ln(0.7/0.5) + (0.3 - 0.5) ln(0.3/0.5)
        Assert.That(StabilityIndex.Of(Counts(("a", 70), ("b", 30)), Counts(("a", 50), ("b", 50))), Is.EqualTo(0.1695).Within(0.0001));

    [Test]
    public void It_is_the_same_in_both_directions()
    {
        var (one, other) = (Counts(("a", 70), ("b", 30)), Counts(("a", 20), ("b", 80)));
        Assert.That(StabilityIndex.Of(one, other), Is.EqualTo(StabilityIndex.Of(other, one)).Within(1e-12));
    }

    [Test]
    public void A_label_that_appears_or_goes_is_counted()
    {
        Assert.That(StabilityIndex.Of(Counts(("a", 500), ("new", 500)), Counts(("a", 1000))), Is.GreaterThan(StabilityIndex.Alarm));
        Assert.That(StabilityIndex.Of(Counts(("a", 1000)), Counts(("a", 500), ("old", 500))), Is.GreaterThan(StabilityIndex.Alarm));
        Assert.That(StabilityIndex.Of(Counts(("a", 999), ("rare", 1)), Counts(("a", 1000))), Is.LessThan(0.01));
    }

    [Test]
    public void With_nothing_to_compare_it_is_nought() => Assert.That(StabilityIndex.Of(Counts(), Counts(("a", 10))), Is.Zero);

    [TestCase(500, 500, 0.26, true)]
    [TestCase(499, 5000, 0.26, false)]
    [TestCase(5000, 499, 0.26, false)]
    [TestCase(5000, 5000, 0.25, false)]
    public void An_alarm_needs_a_large_change_and_enough_mentions(int now, int before, double index, bool alarm) =>
        Assert.That(new HeadDrift("topic", index, now, before, []).IsAlarm, Is.EqualTo(alarm));

    private static Dictionary<string, int> Counts(params (string Label, int Count)[] counts) => counts.ToDictionary(c => c.Label, c => c.Count);
}
