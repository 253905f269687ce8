using System.Diagnostics;
using Crowd4Care.Load.Mentions;
using Crowd4Care.Storage;
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
    private static readonly string[] Columns =
        ["id", "conversation", "network", "external_id", "url", "author_id", "author_handle", "author_name", "followers", "text", "language", "created_at", "received_at", "status"];

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
                Insert(insert, posts[rows++ % posts.Count]);
            transaction.Commit();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void Insert(SqliteCommand insert, GeneratedPost post)
    {
        object?[] values =
        [
            Ids.New(TimeProvider.System).ToString(), Ids.New(TimeProvider.System).ToString(), "bluesky", post.Id, $"https://bsky.app/profile/{post.Handle}/post/{post.Key}",
            post.Did, post.Handle, post.Name, post.Followers, post.Text, post.Language, post.CreatedAt.ToUnixTimeMilliseconds(), post.CreatedAt.ToUnixTimeMilliseconds(), "received",
        ];
        for (var i = 0; i < values.Length; i++)
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
