namespace Crowd4Care.Community.Skills;

/// <summary>
/// The beta distribution: what is known of a share after so many successes and failures. Sections and equations are of the NIST Digital Library of
/// Mathematical Functions, https://dlmf.nist.gov.
/// </summary>
/// <param name="a">First shape, above 0.</param>
/// <param name="b">Second shape, above 0.</param>
public readonly struct BetaDistribution(double a, double b)
{
    private const double Tiny = 1e-300;
    private const double Exact = 1e-12;
    private const int MostSteps = 200;

    /// <summary>The mean.</summary>
    public double Mean => a / (a + b);

    /// <summary>
    /// The probability of a share of at most <paramref name="x"/>: the regularised incomplete beta function I_x(a, b), by its continued fraction
    /// (8.17.22) where that converges fast and by I_x(a, b) = 1 − I_(1−x)(b, a) (8.17.4) elsewhere.
    /// </summary>
    /// <param name="x">0 to 1.</param>
    public double Below(double x)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        return x < (a + 1) / (a + b + 2) ? Fraction(a, b, x) : 1 - Fraction(b, a, 1 - x);
    }

    /// <summary>
    /// The share below which lies the probability <paramref name="p"/>: Newton's steps on <see cref="Below"/> from the mean, halving the interval
    /// where a step would leave it. Within 1e-10.
    /// </summary>
    /// <param name="p">0 to 1.</param>
    public double Quantile(double p)
    {
        if (p is <= 0 or >= 1)
            return p <= 0 ? 0 : 1;

        var (low, high, x) = (0.0, 1.0, Mean);
        for (var i = 0; i < MostSteps && high - low > 1e-11; i++)
        {
            var miss = Below(x) - p;
            if (Math.Abs(miss) < Exact)
                break;
            if (miss > 0)
                high = x;
            else
                low = x;
            var next = x - (miss / Density(x));
            // What is no number goes here too.
            x = next > low && next < high ? next : (low + high) / 2;
        }

        return x;
    }

    private double Density(double x) => Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)) - LogBeta(a, b));

    // Lentz's way to compute a continued fraction from its beginning, as modified by Thompson and Barnett (J. Comput. Phys. 64, 1986).
    private static double Fraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m <= MostSteps; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            if (Math.Abs(Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1))) - 1) < 1e-15)
                break;
        }

        return value * Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - LogBeta(a, b)) / a;

        double Step(double term)
        {
            d = 1 / NotZero(1 + (term * d));
            c = NotZero(1 + (term / c));
            value *= c * d;
            return c * d;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    // Stirling's series (5.11.1), exact to 1e-12 from 10 on; below, Γ(x) = Γ(x + 1) / x (5.5.1) leads there.
    private static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < 10; x++)
            product *= x;
        var square = 1 / (x * x);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI))
            + ((1.0 / 12 - (square * (1.0 / 360 - (square * (1.0 / 1260 - (square / 1680)))))) / x) - Math.Log(product);
    }
}
