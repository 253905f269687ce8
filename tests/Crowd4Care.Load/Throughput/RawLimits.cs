using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>What the parts under the product can do on this machine, measured right before the run with nothing else running.</summary>
internal static class RawLimits
{
    private const int Rows = 2000;

    /// <summary>All limits of a size, each per second.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(Installation installation, LoadPlan plan, CancellationToken cancellationToken)
    {
        var posts = new PostGenerator(plan.Seed, TimeProvider.System).Take(Rows).ToList();
        var raw = new Dictionary<string, double> { ["sqliteBatchInsert"] = SqliteLimit.Measure(installation.Folder, posts) };
        if (plan.Size == Size.Distributed)
        {
            var settings = installation.Settings((_, port) => port);
            raw["postgresBatchInsert"] = await PostgresLimit.MeasureAsync(settings["Storage:ConnectionString"], posts, cancellationToken);
        }

        return raw.ToDictionary(r => r.Key, r => Math.Round(r.Value));
    }

    /// <summary>The slowest batch insert of the engine in use: nothing durable can be faster.</summary>
    public static double SlowestInsert(Size size, IReadOnlyDictionary<string, double> raw) =>
        size == Size.Embedded ? raw["sqliteBatchInsert"] : raw["postgresBatchInsert"];
}
