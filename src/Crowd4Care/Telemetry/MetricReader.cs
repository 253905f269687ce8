using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Crowd4Care.Telemetry;

/// <summary>Listens to the meters of this host and sums up what they measure, for <see cref="PrometheusText"/>.</summary>
public sealed class MetricReader : IDisposable
{
    /// <summary>The meters that are read: ours, the runtime's, the web server's. Their labels take few values.</summary>
    public static IReadOnlyList<string> Meters { get; } =
        [CrowdMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, MetricSeries> series = new();
    private readonly IMeterFactory factory;
    private readonly Lock collecting = new();

    /// <summary>Begins to listen.</summary>
    public MetricReader(IMeterFactory factory)
    {
        this.factory = factory;
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricSeries)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricSeries)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((MetricSeries)state!).Record(value, tags));
        listener.Start();
    }

    /// <summary>What is measured now, by name.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (collecting)
        {
            foreach (var observed in series.Values.Where(s => s.IsObserved))
                observed.Clear();
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // What can't be observed now is left out; the others were.
            }

            return [.. series.Values.Select(s => s.Family()).Where(f => f.Points.Count > 0).OrderBy(f => f.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Publish(Instrument instrument, MeterListener to)
    {
        // A meter with another scope is of another host in this process.
        if (!Meters.Contains(instrument.Meter.Name) || !(instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory)))
            return;

        var kind = MetricSeries.KindOf(instrument);
        var name = PrometheusText.NameOf(instrument.Name, instrument.Unit, kind);
        to.EnableMeasurementEvents(instrument, series.GetOrAdd(name, _ => new MetricSeries(name, kind, instrument)));
    }
}
