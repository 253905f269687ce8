using System.Data.Common;
using Crowd4Care.Load.Checks;
using Crowd4Care.Load.Mentions;
using Dapper;

namespace Crowd4Care.Load.Faults;

/// <summary>Looks at the database, past every proxy, and says how far the product is.</summary>
internal sealed class Watch(FaultBed bed)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(3);

    // A reply that failed often waits for up to ten minutes before it is tried again.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(15);

    private long heardFrom;
    private long mended;
    private DateTimeOffset mendedAt;

    /// <summary>The posts that the stream owes: those since it was first heard.</summary>
    public IReadOnlyList<NetworkRecord> Streamed => [.. bed.Network.Stream.Where(r => r.TimeUs > heardFrom)];

    /// <summary>Without a cursor a stream begins with now: nothing is owed before the first one is stored.</summary>
    public async Task StreamIsHeardAsync(CancellationToken cancellationToken)
    {
        var generator = new PostGenerator(-1, TimeProvider.System);
        await UntilAsync(async connection =>
        {
            bed.Network.Publish(generator.Next(), inStream: true, pushed: false);
            return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM channel_cursors") > 0;
        }, LongestRecovery, cancellationToken);
        heardFrom = bed.Network.Stream[^1].TimeUs;
    }

    /// <summary>Waits until every process is ready and nothing waits for long.</summary>
    public async Task HealthyAsync(CancellationToken cancellationToken)
    {
        foreach (var process in bed.Installation.Processes)
            await process.ReadyAsync(cancellationToken);
        await NothingOlderThanAsync(TimeProvider.System.GetUtcNow(), cancellationToken);
    }

    /// <summary>The recovery begins now.</summary>
    public void Mending() => (mended, mendedAt) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());

    /// <summary>Seconds since mending until a new mention is routed and nothing older waits.</summary>
    public async Task<double> RecoveredAsync(Traffic traffic, CancellationToken cancellationToken)
    {
        var probe = await traffic.PushOneAsync(cancellationToken);
        await UntilAsync(async connection => await connection.ExecuteScalarAsync<string>(
            "SELECT status FROM mentions WHERE network = 'bluesky' AND external_id = @probe", new { probe }) is not (null or "received" or "classified"),
            LongestRecovery, cancellationToken);
        await NothingOlderThanAsync(mendedAt, cancellationToken);
        return TimeProvider.System.GetElapsedTime(mended).TotalSeconds;
    }

    /// <summary>Seconds since mending until everything that stood in the stream then is stored.</summary>
    public async Task<double> StreamCaughtUpAsync(CancellationToken cancellationToken)
    {
        var mendedUs = mendedAt.ToUnixTimeMilliseconds() * 1000;
        if (Streamed.LastOrDefault(r => r.OnlyInStream && r.TimeUs < mendedUs) is { } last)
            await UntilAsync(connection => IsStoredAsync(connection, last), LongestRecovery, cancellationToken);
        return TimeProvider.System.GetElapsedTime(mended).TotalSeconds;
    }

    /// <summary>Starts processes again that ended by themselves, and says which.</summary>
    public async Task<IReadOnlyList<Violation>> RaiseTheDeadAsync(CancellationToken cancellationToken)
    {
        var dead = bed.Installation.Processes.Where(p => p.Pid == 0).ToList();
        foreach (var process in dead)
        {
            process.Start();
            await process.ReadyAsync(cancellationToken);
        }

        return dead.ConvertAll(p => new Violation(Broken.Died, $"{p.Name} ended by itself"));
    }

    /// <summary>Waits until everything owed is done; gives up after some minutes, and then the checks tell what is missing.</summary>
    public async Task SettledAsync(CancellationToken cancellationToken)
    {
        await HealthyAsync(cancellationToken);
        await UntilAsync(async connection =>
            await connection.ExecuteScalarAsync<long>(
                """
                SELECT (SELECT COUNT(*) FROM replies WHERE state = 'sending') + (SELECT COUNT(*) FROM mentions WHERE status IN ('received', 'classified'))
                  + (SELECT COUNT(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_readers r WHERE r.name = 'points' AND (r.tx, r.seq) >= (j.tx, j.seq)))
                """) == 0
            && (Streamed.Count == 0 || await IsStoredAsync(connection, Streamed[^1])), LongestSettling, cancellationToken);
    }

    private Task NothingOlderThanAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        UntilAsync(async connection => await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM mentions WHERE status IN ('received', 'classified') AND received_at < @time", new { time }) == 0, LongestRecovery, cancellationToken);

    private static async Task<bool> IsStoredAsync(DbConnection connection, NetworkRecord record) =>
        await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM mentions WHERE network = 'bluesky' AND external_id = @Uri", new { record.Uri }) > 0;

    // The database may be one of the broken parts: then it is not so yet.
    private async Task UntilAsync(Func<DbConnection, Task<bool>> isSo, TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < longest)
        {
            try
            {
                await using var connection = await bed.Installation.Database.OpenAsync(cancellationToken);
                if (await isSo(connection))
                    return;
            }
            catch (Exception e) when (e is DbException or TimeoutException)
            {
                // Not yet.
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }
    }
}
