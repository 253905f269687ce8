using System.Data.Common;
using System.Text.RegularExpressions;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Crowd4Care.Tests.Storage.Volume;

/// <summary>SQLite: its trace gives each statement with its values, to be explained afterwards, and its progress handler counts the work.</summary>
internal sealed partial class SqlitePlans : RecordingDatabase
{
    private const int StepsBetweenCounts = 100;

    // Of its virtual machine, for a row that is read, looked at and put into an order.
    private const int StepsOfARow = 40;

    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly List<(string Text, int From)> texts = [];
    private int counts;

    private SqlitePlans() =>
        database = new SqliteDatabase(Options.Create(new StorageOptions { DataDirectory = folder.FullName, Synchronous = "NORMAL" }));

    public override int Repetitions => 1;

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public static async Task<SqlitePlans> StartAsync()
    {
        var plans = new SqlitePlans();
        await new Migrations(plans.database, TimeProvider.System).ApplyAsync();
        return plans;
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = (SqliteConnection)await database.OpenAsync(cancellationToken);
        raw.sqlite3_trace(connection.Handle, (_, text) => texts.Add((text, counts)), null);
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenCounts, _ => ++counts * 0, null);
        return connection;
    }

    public override async Task FillAsync()
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA temp_store = MEMORY");
        var indexes = (await connection.QueryAsync<(string Name, string Text)>("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")).AsList();
        await connection.ExecuteAsync(string.Concat(indexes.Select(i => $"DROP INDEX {i.Name};")));
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        await AddRowsAsync(connection, "WITH RECURSIVE counted(n) AS (SELECT {0} UNION ALL SELECT n + 1 FROM counted WHERE n < {1}) SELECT n FROM counted");
        await connection.ExecuteAsync("COMMIT;");
        await connection.ExecuteAsync(string.Join(';', indexes.Select(i => i.Text)));
    }

    public override async Task<IReadOnlyList<Executed>> TakeAsync()
    {
        // What explains is traced too.
        var traced = texts.Zip(texts.Skip(1).Select(t => t.From).Append(counts), (t, until) => (t.Text, Counts: until - t.From)).ToList();
        await using var connection = await database.OpenAsync();
        var taken = new List<Executed>();
        foreach (var (text, spent) in traced)
        {
            var plan = text.StartsWith("--", StringComparison.Ordinal) || NoPlan().IsMatch(text)
                ? new List<string>()
                : (await connection.QueryAsync<Step>($"EXPLAIN QUERY PLAN {text}")).Select(s => s.Detail).ToList();
            taken.Add(new Executed($"{string.Join('\n', plan)}\n{text}", [.. Scanned(text, plan)], spent * (long)StepsBetweenCounts / StepsOfARow));
        }

        texts.Clear();
        return taken;
    }

    public override ValueTask DisposeAsync()
    {
        database.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<string> Scanned(string text, IEnumerable<string> plan)
    {
        var tables = Table().Matches(text).Where(m => Large.Contains(m.Groups["table"].Value))
            .ToLookup(m => m.Groups["alias"] is { Success: true, Value: var alias } ? alias : m.Groups["table"].Value, m => m.Groups["table"].Value);
        return plan.Where(p => p.StartsWith("SCAN ", StringComparison.Ordinal) && !p.Contains(" INDEX ", StringComparison.Ordinal))
            .SelectMany(p => tables[p.Split(' ')[1]]);
    }

    private sealed record Step
    {
        public required string Detail { get; init; }
    }

    [GeneratedRegex(@"\b(FROM|JOIN|UPDATE)\s+(?<table>\w+)(\s+(AS\s+)?(?!(WHERE|JOIN|LEFT|ON|SET|ORDER|GROUP|LIMIT|UNION|CROSS)\b)(?<alias>\w+))?")]
    private static partial Regex Table();

    [GeneratedRegex(@"^\s*(PRAGMA|BEGIN|COMMIT|ROLLBACK)")]
    private static partial Regex NoPlan();
}
