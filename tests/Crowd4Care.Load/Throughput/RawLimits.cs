using Crowd4Care.Load.Mentions;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>What the parts under the product can do on this machine, measured right before the run with nothing else running.</summary>
internal static class RawLimits
{
    private const int Rows = 2000;
    private const int SmallMessages = 10_000;
    private const int SmallMessage = 800;
    private const int BatchMessages = 2_000;
    private const int ScriptCalls = 30_000;

    // What Crowd4Care sends: the ids of a request's mentions.
    private const int MentionsInMessage = 500;
    private const int BytesOfMention = 40;

    /// <summary>All limits of a size, each per second.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(Installation installation, LoadPlan plan, CancellationToken cancellationToken)
    {
        var posts = new PostGenerator(plan.Seed, TimeProvider.System).Take(Rows).ToList();
        var raw = new Dictionary<string, double>();
        if (plan.Size == Size.Embedded)
        {
            raw["sqliteBatchInsert"] = SqliteLimit.Measure(installation.Folder, posts);
        }
        else
        {
            var settings = installation.Settings((_, port) => port);
            var broker = new Uri(settings["Bus:Url"]);
            raw["postgresBatchInsert"] = await PostgresLimit.MeasureAsync(settings["Storage:ConnectionString"], posts, cancellationToken);
            raw["rabbitMqSmallMessages"] = await RabbitLimit.MeasureAsync(broker, SmallMessages, SmallMessage, cancellationToken);
            raw["rabbitMqMentionsInBatches"] = MentionsInMessage * await RabbitLimit.MeasureAsync(broker, BatchMessages, MentionsInMessage * BytesOfMention, cancellationToken);
            raw["redisScriptCalls"] = await RedisLimit.MeasureAsync(settings["State:Redis"], ScriptCalls, cancellationToken);
        }

        return raw.ToDictionary(r => r.Key, r => Math.Round(r.Value));
    }

    /// <summary>The slowest batch insert of the engine in use: nothing durable can be faster.</summary>
    public static double SlowestInsert(Size size, IReadOnlyDictionary<string, double> raw) =>
        size == Size.Embedded ? raw["sqliteBatchInsert"] : raw["postgresBatchInsert"];
}
