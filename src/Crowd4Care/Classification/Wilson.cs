namespace Crowd4Care.Classification;

/// <summary>
/// Where a share probably lies when so many of so few were counted: Wilson's score interval, which stays between 0 and 1 and is honest for
/// small numbers (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
/// </summary>
public static class Wilson
{
    // Between -z and z lie 95 % of a normal distribution.
    private const double Z = 1.959964;

    /// <summary>The bounds that hold the true share in 95 cases of 100; 0 and 1 where nothing was counted.</summary>
    public static (double Low, double High) Interval(int right, int count)
    {
        if (count == 0)
            return (0, 1);

        var share = (double)right / count;
        var widening = Z * Z / count;
        var centre = (share + (widening / 2)) / (1 + widening);
        var reach = Z / (1 + widening) * Math.Sqrt((share * (1 - share) / count) + (widening / (4 * count)));
        return (Math.Max(0, centre - reach), Math.Min(1, centre + reach));
    }
}
