using System.Diagnostics.Metrics;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Telemetry;

public sealed class MetricReaderTests
{
    private ServiceProvider services = null!;
    private Meter meter = null!;
    private MetricReader reader = null!;

    [SetUp]
    public void ListenToAMeter()
    {
        services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        meter = factory.Create(CrowdMetrics.MeterName);
        reader = new MetricReader(factory);
    }

    [TearDown]
    public void Stop()
    {
        reader.Dispose();
        services.Dispose();
    }

    [Test]
    public void A_counter_adds_up_by_its_labels_whatever_their_order()
    {
        var counter = meter.CreateCounter<long>("test.count");
        counter.Add(1, Tag("a", 1), Tag("b", true));
        counter.Add(2, Tag("b", true), Tag("a", 1));
        counter.Add(5);

        Assert.That(Text(), Does.Contain("test_count_total{a=\"1\",b=\"true\"} 3\n").And.Contain("test_count_total 5\n"));
    }

    [Test]
    public void A_gauge_keeps_the_last_value_and_an_up_down_counter_the_balance()
    {
        var gauge = meter.CreateGauge<double>("test.gauge");
        gauge.Record(1.5);
        gauge.Record(0.5);
        var balance = meter.CreateUpDownCounter<long>("test.balance");
        balance.Add(3);
        balance.Add(-1);

        Assert.That(Text(), Does.Contain("# TYPE test_gauge gauge\ntest_gauge 0.5\n").And.Contain("# TYPE test_balance gauge\ntest_balance 2\n"));
    }

    [Test]
    public void A_value_on_the_bound_of_a_histogram_is_below_it()
    {
        var histogram = meter.CreateHistogram("test.time", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        foreach (var value in new double[] { 1, 1.5, 2, 3 })
            histogram.Record(value);

        Assert.That(Text(), Does.Contain(
            "test_time_seconds_bucket{le=\"1\"} 1\ntest_time_seconds_bucket{le=\"2\"} 3\ntest_time_seconds_bucket{le=\"+Inf\"} 4\n"
            + "test_time_seconds_sum 7.5\ntest_time_seconds_count 4\n"));
    }

    [Test]
    public void What_is_observed_is_as_old_as_the_question()
    {
        var there = true;
        meter.CreateObservableGauge("test.observed", () => there ? [new Measurement<long>(4, Tag("kind", "x"))] : Array.Empty<Measurement<long>>());

        Assert.That(Text(), Does.Contain("test_observed{kind=\"x\"} 4\n"));
        there = false;
        Assert.That(Text(), Does.Not.Contain("test_observed"));
    }

    [Test]
    public void One_that_cannot_be_observed_does_not_hide_the_others()
    {
        meter.CreateObservableGauge("test.broken", long () => throw new InvalidOperationException());
        meter.CreateObservableGauge("test.whole", () => 1L);

        Assert.That(Text(), Does.Contain("test_whole 1\n").And.Not.Contain("test_broken"));
    }

    [Test]
    public void A_label_without_end_ends_in_one_series_for_the_rest()
    {
        var counter = meter.CreateCounter<long>("test.many");
        for (var i = 0; i < MetricSeries.MostSeries + 100; i++)
            counter.Add(1, Tag("id", i));

        var family = reader.Collect().Single(f => f.Name == "test_many_total");
        Assert.Multiple(() =>
        {
            Assert.That(family.Points, Has.Count.EqualTo(MetricSeries.MostSeries + 1));
            Assert.That(family.Points.Single(p => p.Labels[0].Key == "otel_metric_overflow").Value, Is.EqualTo(100));
        });
    }

    [Test]
    public void Meters_of_another_host_in_the_process_are_not_read()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create(CrowdMetrics.MeterName).CreateCounter<long>("test.foreign").Add(1);

        Assert.That(Text(), Does.Not.Contain("test_foreign"));
    }

    [Test]
    public void The_runtime_is_read_too() =>
        Assert.That(Text(), Does.Contain("dotnet_process_memory_working_set_bytes ").And.Contain("dotnet_gc_collections_total{"));

    private string Text() => PrometheusText.Write(reader.Collect());

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
