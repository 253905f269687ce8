using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Throughput;

/// <summary>What the database says of a run.</summary>
internal sealed class Readings(Database database)
{
    /// <summary>How many mentions are not routed yet.</summary>
    public async Task<long> UnroutedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM mentions WHERE status IN ('received', 'classified')");
    }

    /// <summary>Waits until everything is routed.</summary>
    public async Task RoutedAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await AnyUnroutedAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > longest)
                throw new TimeoutException($"{await UnroutedAsync(cancellationToken)} mentions are still not routed after {longest.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    // Counting them all, again and again, would take a good part of a core.
    private async Task<bool> AnyUnroutedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int?>("SELECT 1 FROM mentions WHERE status IN ('received', 'classified') LIMIT 1") is not null;
    }

    /// <summary>Milliseconds from receipt to the first offer, sorted, of the mentions received in a span of time.</summary>
    public async Task<IReadOnlyList<long>> ReceivedToOfferedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<long>(
            """
            SELECT o.first - m.received_at AS waited
            FROM mentions m JOIN (SELECT mention_id, MIN(offered_at) AS first FROM offers GROUP BY mention_id) o ON o.mention_id = m.id
            WHERE m.received_at >= @from AND m.received_at < @until ORDER BY waited
            """,
            new { from, until })).AsList();
    }

    /// <summary>What became of the mentions received since then.</summary>
    public async Task<Outcomes> OutcomesAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<Outcomes>(
            """
            SELECT COUNT(*) AS received,
              COALESCE(SUM(CASE WHEN o.mention_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS offered,
              COALESCE(SUM(CASE WHEN o.mention_id IS NULL AND m.status = 'open' THEN 1 ELSE 0 END), 0) AS waiting,
              COALESCE(SUM(CASE WHEN o.mention_id IS NULL AND m.status = 'escalated' THEN 1 ELSE 0 END), 0) AS escalated,
              COALESCE(SUM(CASE WHEN m.status = 'ignored' THEN 1 ELSE 0 END), 0) AS ignored
            FROM mentions m LEFT JOIN (SELECT DISTINCT mention_id FROM offers) o ON o.mention_id = m.id
            WHERE m.received_at >= @from
            """,
            new { from });
    }

    /// <summary>When each stage began and ended its part of the mentions received since then.</summary>
    public async Task<IReadOnlyList<StageSpan>> StagesAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var spans = await connection.QueryAsync<StageSpan>(
            """
            SELECT CASE j.kind WHEN 'mention.received' THEN 'receive' WHEN 'mention.classified' THEN 'classify' ELSE 'route' END AS stage,
              MIN(j.at) AS first_at, MAX(j.at) AS last_at, COUNT(*) AS mentions
            FROM journal j
            WHERE j.kind IN ('mention.received', 'mention.classified', 'mention.opened', 'mention.escalated', 'mention.ignored') AND j.at >= @from
            GROUP BY 1 ORDER BY 3, 2
            """,
            new { from });
        return [.. spans];
    }
}

/// <summary>What became of mentions.</summary>
internal sealed record Outcomes
{
    public long Received { get; init; }

    public long Offered { get; init; }

    public long Waiting { get; init; }

    public long Escalated { get; init; }

    public long Ignored { get; init; }
}

/// <summary>When a stage was at work.</summary>
internal sealed record StageSpan
{
    public string Stage { get; init; } = "";

    public DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public long Mentions { get; init; }

    public double PerSecond => LastAt > FirstAt ? Math.Round(Mentions / (LastAt - FirstAt).TotalSeconds) : 0;
}
