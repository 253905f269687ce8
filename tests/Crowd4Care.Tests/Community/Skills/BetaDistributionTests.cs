using Crowd4Care.Community.Skills;

namespace Crowd4Care.Tests.Community.Skills;

public sealed class BetaDistributionTests
{
    [TestCase(1, 1, 0.3, 0.3)]
    [TestCase(2, 1, 0.3, 0.09)]
    [TestCase(1, 3, 0.2, 0.488)]
    [TestCase(2, 2, 0.25, 0.15625)]
    [TestCase(2, 3, 0.5, 0.6875)]
    [TestCase(0.5, 0.5, 0.5, 0.5)]
    [TestCase(0.5, 0.5, 0.25, 1.0 / 3)]
    [TestCase(8, 2, 0, 0)]
    [TestCase(8, 2, 1, 1)]
    public void The_probability_of_a_share_is_as_computed_by_hand(double a, double b, double x, double below) =>
        Assert.That(new BetaDistribution(a, b).Below(x), Is.EqualTo(below).Within(1e-12));

    // I_x(a, b) of whole numbers is the probability of at least a successes in a + b − 1 tries (DLMF 8.17.5).
    [Test]
    public void Whole_shapes_agree_with_the_binomial_distribution()
    {
        foreach (var (a, b, x) in from a in Enumerable.Range(1, 40) from b in Enumerable.Range(1, 40) from x in new[] { 0.01, 0.2, 0.5, 0.77, 0.99 } select (a, b, x))
            Assert.That(new BetaDistribution(a, b).Below(x), Is.EqualTo(AtLeast(a, a + b - 1, x)).Within(1e-11), $"I_{x}({a}, {b})");
    }

    [Test]
    public void A_quantile_has_its_probability_below_it()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var (a, b, p) = (0.5 + (Math.Pow(random.NextDouble(), 4) * 2_000), 0.5 + (Math.Pow(random.NextDouble(), 4) * 2_000), 0.001 + (random.NextDouble() * 0.998));
            var share = new BetaDistribution(a, b).Quantile(p);
            Assert.That(share, Is.InRange(0, 1));
            Assert.That(new BetaDistribution(a, b).Below(share), Is.EqualTo(p).Within(1e-6), $"a {a}, b {b}, p {p}");
        }
    }

    [Test]
    public void Mirrored_shapes_have_mirrored_quantiles() =>
        Assert.That(new BetaDistribution(3, 11).Quantile(0.05), Is.EqualTo(1 - new BetaDistribution(11, 3).Quantile(0.95)).Within(1e-9));

    [TestCase(0.05)]
    [TestCase(0.5)]
    [TestCase(0.95)]
    public void A_flat_distribution_has_its_probabilities_as_quantiles(double p) => Assert.That(new BetaDistribution(1, 1).Quantile(p), Is.EqualTo(p).Within(1e-9));

    // Beta(a, 1) has the distribution function x^a.
    [Test]
    public void A_quantile_is_as_computed_by_hand() => Assert.That(new BetaDistribution(8, 1).Quantile(0.05), Is.EqualTo(Math.Pow(0.05, 1.0 / 8)).Within(1e-9));

    private static double AtLeast(int least, int tries, double x)
    {
        var (sum, term) = (0.0, Math.Pow(1 - x, tries));
        for (var k = 0; k <= tries; k++)
        {
            if (k >= least)
                sum += term;
            term *= (tries - k) / (k + 1.0) * x / (1 - x);
        }

        return sum;
    }
}
