namespace Crowd4Care.Routing;

/// <summary>The figures that results are told in.</summary>
internal static class Statistics
{
    // Student's t, 97.5 %, by degrees of freedom from 1; from 30 on by Cornish and Fisher's expansion, which is right to four digits there.
    private static readonly double[] T =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930,
        2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452,
    ];

    /// <summary>The mean, and half the width of its 95 % confidence interval by Student's t; 0 for a single value, of which nothing is known.</summary>
    public static (double Mean, double HalfWidth) MeanOf(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return (0, 0);

        var mean = values.Average();
        if (values.Count == 1)
            return (mean, 0);
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        return (mean, StudentT(values.Count - 1) * Math.Sqrt(variance / values.Count));
    }

    /// <summary>The value that this share is at or below, between two values by linear interpolation (Hyndman and Fan's type 7); 0 of none.</summary>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return 0;

        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }

    /// <summary>How unevenly something is spread: 0 when all have the same, (n − 1)/n when one of n has everything; 0 when there is nothing.</summary>
    public static double Gini(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var sum = sorted.Sum();
        return sum <= 0 ? 0 : sorted.Select((v, i) => (2.0 * (i + 1) - sorted.Length - 1) * v).Sum() / (sorted.Length * sum);
    }

    private static double StudentT(int freedom)
    {
        const double z = 1.959964;
        return freedom <= T.Length ? T[freedom - 1] : z + (z * z * z + z) / (4 * freedom) + (5 * Math.Pow(z, 5) + 16 * Math.Pow(z, 3) + 3 * z) / (96.0 * freedom * freedom);
    }
}
