namespace Crowd4Care.Telemetry;

/// <summary>What Prometheus calls a family: a name with all its series.</summary>
/// <param name="Name">The name without the endings of a histogram's lines.</param>
/// <param name="Kind">counter, gauge or histogram.</param>
/// <param name="Help">What it tells.</param>
/// <param name="Points">The series.</param>
public sealed record MetricFamily(string Name, string Kind, string Help, IReadOnlyList<MetricPoint> Points);

/// <summary>One series with its value now.</summary>
/// <param name="Labels">The labels in the order in which they are written.</param>
/// <param name="Value">The value; for a histogram the sum.</param>
public sealed record MetricPoint(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>For a histogram: the upper bounds, ascending, without infinity.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>For a histogram: how many fell between a bound and the one before it, and at last how many are over all bounds.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];
}
