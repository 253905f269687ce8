using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>What the parts under the product can do on this machine, measured right before the run with nothing else running.</summary>
internal static class RawLimits
{
    public const string SqliteBatchInsert = "sqliteBatchInsert";

    private const int Rows = 2000;

    /// <summary>All limits of a size, each per second.</summary>
    public static Task<Dictionary<string, double>> MeasureAsync(Installation installation, LoadPlan plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var posts = new PostGenerator(plan.Seed, TimeProvider.System).Take(Rows).ToList();
        return Task.FromResult(new Dictionary<string, double> { [SqliteBatchInsert] = Math.Round(SqliteLimit.Measure(installation.Folder, posts)) });
    }

    /// <summary>The slowest batch insert among the limits: nothing durable can be faster.</summary>
    public static double SlowestInsert(IReadOnlyDictionary<string, double> raw) => raw.Where(r => r.Key.EndsWith("BatchInsert", StringComparison.Ordinal)).Min(r => r.Value);
}
