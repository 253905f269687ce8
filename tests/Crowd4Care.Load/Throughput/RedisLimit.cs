using System.Diagnostics;
using StackExchange.Redis;

namespace Crowd4Care.Load.Throughput;

/// <summary>How many calls of a small script a second Redis takes from this process, 64 of them at once: a reservation under a limit.</summary>
internal static class RedisLimit
{
    private const int AtOnce = 64;
    private const int People = 1000;
    private const string Reserve =
        "local load = redis.call('INCR', KEYS[1]); if load > tonumber(ARGV[1]) then redis.call('DECR', KEYS[1]); return 0; end return 1";

    public static async Task<double> MeasureAsync(string server, int calls, CancellationToken cancellationToken)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(server);
        var database = redis.GetDatabase();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(
            0, calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, _) => await database.ScriptEvaluateAsync(Reserve, [$"rig:{i % People}"], [20]));
        var perSecond = calls / watch.Elapsed.TotalSeconds;
        await database.KeyDeleteAsync([.. Enumerable.Range(0, People).Select(i => (RedisKey)$"rig:{i}")]);
        return perSecond;
    }
}
