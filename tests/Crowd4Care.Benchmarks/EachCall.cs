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
        AddColumn(new Percentile(50), new Percentile(99), new Share());
    }

    private sealed class Percentile(int percentile) : IColumn
    {
        public string Id => $"P{percentile}";

        public string ColumnName => $"p{percentile} µs";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Statistics;

        public int PriorityInCategory => percentile;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Time;

        public string Legend => $"So many microseconds at most took {percentile} of 100 calls.";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? (statistics.Percentiles.Percentile(percentile) / 1000).ToString("F1", CultureInfo.InvariantCulture) : "?";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }

    // The library's own column divides every time by every other: minutes for some thousand calls.
    private sealed class Share : IColumn
    {
        public string Id => nameof(Share);

        public string ColumnName => "p50 / decision";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Statistics;

        public int PriorityInCategory => 100;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "The median, in medians of a decision among as many advocates.";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            var decision = summary.BenchmarksCases.FirstOrDefault(c =>
                c.Descriptor.WorkloadMethod.Name == nameof(RoutingBenchmarks.Decide) && c.Parameters.ValueInfo == benchmarkCase.Parameters.ValueInfo);
            return decision is not null && summary[decision]?.ResultStatistics is { } one && summary[benchmarkCase]?.ResultStatistics is { } own
                ? (own.Median / one.Median).ToString("0.###", CultureInfo.InvariantCulture) : "?";
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
