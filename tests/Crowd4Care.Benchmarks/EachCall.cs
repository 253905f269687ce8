using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Mathematics.OutlierDetection;

namespace Crowd4Care.Benchmarks;

/// <summary>Times every call by itself and leaves none out, so that percentiles are those of calls and not of means.</summary>
internal sealed class EachCall : ManualConfig
{
    public EachCall()
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring)
            .WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(2000).WithIterationCount(5000).WithOutlierMode(OutlierMode.DontRemove)
            // A collection before each call would take a hundred times as long as the call where the community is large.
            .WithGcForce(false));
        AddColumn(Percentile(50), Percentile(99), Share());
    }

    private static Column Percentile(int percentile) => new($"p{percentile} µs", $"So many microseconds at most took {percentile} of 100 calls.", (summary, benchmark) =>
        (summary[benchmark]?.ResultStatistics?.Percentiles.Percentile(percentile) / 1000)?.ToString("F1", CultureInfo.InvariantCulture));

    // The library's own column divides every time by every other: minutes for some thousand calls.
    private static Column Share() => new("p50 / decision", "The median, in medians of a decision among as many advocates.", (summary, benchmark) =>
    {
        var decision = summary.BenchmarksCases.FirstOrDefault(c =>
            c.Descriptor.WorkloadMethod.Name == nameof(RoutingBenchmarks.Decide) && c.Parameters.ValueInfo == benchmark.Parameters.ValueInfo);
        return decision is null ? null : (summary[benchmark]?.ResultStatistics?.Median / summary[decision]?.ResultStatistics?.Median)?.ToString("0.###", CultureInfo.InvariantCulture);
    });

    private sealed class Column(string name, string legend, Func<Summary, BenchmarkCase, string?> value) : IColumn
    {
        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Statistics;

        public int PriorityInCategory => 100;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => legend;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => value(summary, benchmarkCase) ?? "?";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
