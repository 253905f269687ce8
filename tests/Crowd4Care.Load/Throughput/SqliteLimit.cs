using System.Diagnostics;
using Crowd4Care.Load.Mentions;
using Microsoft.Data.Sqlite;

namespace Crowd4Care.Load.Throughput;

/// <summary>
/// How many rows of a mention's width SQLite takes a second on this disk: transactions of 500, WAL, synchronous = FULL, a prepared
/// statement, a primary key and no other index.
/// </summary>
internal static class SqliteLimit
{
    private const int RowsPerTransaction = 500;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2);
    private static readonly string[] Columns = [.. LimitRow.TextColumns, .. LimitRow.NumberColumns];

    public static double Measure(string folder, IReadOnlyList<GeneratedPost> posts)
    {
        var file = Path.Combine(folder, "limit.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        Execute(connection, $"CREATE TABLE rows ({string.Join(", ", Columns.Select(c => c == "id" ? "id TEXT NOT NULL PRIMARY KEY" : c))})");
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO rows VALUES ({string.Join(", ", Columns.Select(c => "@" + c))})";
        foreach (var column in Columns)
            insert.Parameters.Add(new SqliteParameter("@" + column, null));

        var watch = Stopwatch.StartNew();
        var rows = 0;
        while (watch.Elapsed < Lasts)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < RowsPerTransaction; i++)
                Insert(insert, LimitRow.Of(posts[rows++ % posts.Count]));
            transaction.Commit();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void Insert(SqliteCommand insert, LimitRow row)
    {
        for (var i = 0; i < row.Texts.Count; i++)
            insert.Parameters[i].Value = (object?)row.Texts[i] ?? DBNull.Value;
        for (var i = 0; i < row.Numbers.Count; i++)
            insert.Parameters[row.Texts.Count + i].Value = row.Numbers[i];
        insert.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
