using System.Diagnostics.Metrics;
using System.Globalization;

namespace Crowd4Care.Telemetry;

/// <summary>The series of one instrument, by their labels.</summary>
internal sealed class MetricSeries(string name, string kind, Instrument instrument)
{
    // A label that takes values without end must not take the memory.
    internal const int MostSeries = 500;

    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly KeyValuePair<string, string>[] Overflow = [new("otel_metric_overflow", "true")];

    private readonly Lock sync = new();
    private readonly Dictionary<string, Series> byLabels = [];
    private readonly double[] bounds = kind == "histogram" ? BoundsOf(instrument) : [];
    private readonly bool adds = !instrument.IsObservable && !instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);

    /// <summary>Whether its values are asked for, and so are only as old as the last question.</summary>
    public bool IsObserved => instrument.IsObservable;

    /// <summary>Prometheus's word for an instrument.</summary>
    public static string KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter"
            : "gauge";
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (sync)
        {
            var series = Find(tags);
            series.Value = adds ? series.Value + value : value;
            if (bounds.Length > 0)
                series.Counts[Bucket(value)]++;
        }
    }

    public void Clear()
    {
        lock (sync)
            byLabels.Clear();
    }

    public MetricFamily Family()
    {
        lock (sync)
        {
            var points = byLabels.Values.Select(s => new MetricPoint(s.Labels, s.Value) { Bounds = bounds, Counts = [.. s.Counts] });
            return new MetricFamily(name, kind, instrument.Description ?? "", [.. points]);
        }
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = Key(tags);
        if (byLabels.TryGetValue(key, out var found))
            return found;
        if (byLabels.Count >= MostSeries)
            return byLabels.TryGetValue(Overflow[0].Key, out var rest) ? rest : byLabels[Overflow[0].Key] = New(Overflow);
        return byLabels[key] = New(Labels(tags));
    }

    private Series New(KeyValuePair<string, string>[] labels) => new(labels, new long[bounds.Length + 1]);

    private static string Key(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        if (tags.Length == 1)
            return $"{tags[0].Key}={Text(tags[0].Value)}";
        return string.Join('\u001f', Labels(tags).Select(l => $"{l.Key}={l.Value}"));
    }

    private static KeyValuePair<string, string>[] Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
            labels[i] = new(PrometheusText.NameOf(tags[i].Key), Text(tags[i].Value));
        Array.Sort(labels, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return labels;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private int Bucket(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        return bucket;
    }

    private static double[] BoundsOf(Instrument instrument)
    {
        IEnumerable<double>? advised = instrument switch
        {
            Histogram<double> h => h.Advice?.HistogramBucketBoundaries,
            Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b),
            _ => null,
        };
        return advised is null ? DefaultBounds : [.. advised];
    }

    private sealed class Series(KeyValuePair<string, string>[] labels, long[] counts)
    {
        public KeyValuePair<string, string>[] Labels => labels;

        public long[] Counts => counts;

        public double Value { get; set; }
    }
}
