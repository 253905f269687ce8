namespace Crowd4Care.Load;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentile
{
    /// <summary>The smallest value that at least this share of the values does not exceed; 0 when there are none.</summary>
    /// <param name="part">From 0 to 1.</param>
    public static T Of<T>(IEnumerable<T> values, double part)
        where T : struct
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? default : sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * part) - 1, 0, sorted.Count - 1)];
    }
}
