using System.Diagnostics;
using Crowd4Care.Load.Mentions;
using Npgsql;

namespace Crowd4Care.Load.Throughput;

/// <summary>
/// How many rows of a mention's width PostgreSQL takes a second on this disk: 500 in a statement by unnest, each its own transaction,
/// fsync and synchronous_commit on, one connection, a primary key and no other index.
/// </summary>
internal static class PostgresLimit
{
    private const int RowsPerTransaction = 500;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2);

    public static async Task<double> MeasureAsync(string connectionString, IReadOnlyList<GeneratedPost> posts, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"CREATE TABLE rig_limit (id TEXT PRIMARY KEY, {string.Join(", ", LimitRow.TextColumns.Skip(1).Select(c => $"{c} TEXT"))}, {string.Join(", ", LimitRow.NumberColumns.Select(c => $"{c} BIGINT"))})");
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO rig_limit SELECT * FROM unnest({string.Join(", ", Enumerable.Range(1, LimitRow.TextColumns.Count + LimitRow.NumberColumns.Count).Select(i => $"${i}"))})";
        foreach (var _ in LimitRow.TextColumns)
            insert.Parameters.Add(new NpgsqlParameter { Value = Array.Empty<string>() });
        foreach (var _ in LimitRow.NumberColumns)
            insert.Parameters.Add(new NpgsqlParameter { Value = Array.Empty<long>() });

        var watch = Stopwatch.StartNew();
        var rows = 0;
        while (watch.Elapsed < Lasts)
        {
            var some = Enumerable.Range(rows, RowsPerTransaction).Select(i => LimitRow.Of(posts[i % posts.Count])).ToList();
            for (var i = 0; i < LimitRow.TextColumns.Count; i++)
                insert.Parameters[i].Value = some.ConvertAll(r => r.Texts[i]).ToArray();
            for (var i = 0; i < LimitRow.NumberColumns.Count; i++)
                insert.Parameters[LimitRow.TextColumns.Count + i].Value = some.ConvertAll(r => r.Numbers[i]).ToArray();
            await insert.ExecuteNonQueryAsync(cancellationToken);
            rows += RowsPerTransaction;
        }

        var perSecond = rows / watch.Elapsed.TotalSeconds;
        await ExecuteAsync(connection, "DROP TABLE rig_limit");
        return perSecond;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
