using System.Data.Common;
using System.Text.Json;
using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Dapper;
using Npgsql;

namespace Crowd4Care.Tests.Storage.Volume;

/// <summary>PostgreSQL: its module auto_explain sends the plan of every statement, with the rows that it really touched, as a notice.</summary>
internal sealed class PostgresPlans : RecordingDatabase
{
    private const string Explain =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_timing=off "
        + "-c auto_explain.log_format=json -c auto_explain.log_level=notice -c client_min_messages=notice";

    private readonly string connectionString;
    private readonly NpgsqlDataSource source;
    private readonly List<Executed> executed = [];

    private PostgresPlans(string connectionString)
    {
        this.connectionString = connectionString;
        // Prepared as the service prepares: the server may then settle for a plan that doesn't look at the values.
        source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Options = Explain, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, CommandTimeout = 300 });
    }

    // Once unprepared, five times with the values, then as the server likes.
    public override int Repetitions => 8;

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public static async Task<PostgresPlans> StartAsync() => new(await PostgresServer.CreateAsync());

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notice += (_, notice) => Note(notice.Notice.MessageText);
        return connection;
    }

    public override async Task FillAsync()
    {
        await using var plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 300 });
        await using var connection = await plain.OpenConnectionAsync();
        await connection.ExecuteAsync("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'");
        // Nothing of this has to survive: without a log it is written in half the time. Who refers to another goes first.
        foreach (var table in new[] { "note_names", "questions", "duplicates" }.Concat(Large).Except(["mentions"]).Append("waiting").Append("drafts").Append("mentions"))
            await connection.ExecuteAsync($"ALTER TABLE {table} SET UNLOGGED");
        var indexes = (await connection.QueryAsync<(string Name, string Text)>(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)")).AsList();
        await connection.ExecuteAsync(string.Concat(indexes.Select(i => $"DROP INDEX {i.Name};")));
        await AddRowsAsync(connection, "SELECT n FROM generate_series({0}, {1}) AS n");
        // Triggers are asleep here, as foreign keys are.
        await connection.ExecuteAsync("INSERT INTO mention_words SELECT id, brand_id, words_of_mention(author_handle, author_name, text) FROM mentions WHERE text <> ''");
        foreach (var (_, text) in indexes)
            await connection.ExecuteAsync(text);
        await connection.ExecuteAsync("VACUUM (ANALYZE) mentions, offers, points, mention_words");
        await connection.ExecuteAsync("ANALYZE;");
    }

    public override Task<IReadOnlyList<Executed>> TakeAsync()
    {
        lock (executed)
        {
            var taken = executed.ToList();
            executed.Clear();
            return Task.FromResult<IReadOnlyList<Executed>>(taken);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await PostgresServer.DropAsync(connectionString);
    }

    private void Note(string notice)
    {
        if (notice.IndexOf('{', StringComparison.Ordinal) is var json and >= 0 && notice.StartsWith("duration:", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(notice.AsMemory(json));
            var steps = Steps(document.RootElement.GetProperty("Plan")).ToList();
            var scanned = steps.Where(s => Text(s, "Node Type") == "Seq Scan").Select(s => Text(s, "Relation Name")).Where(Large.Contains);
            lock (executed)
                executed.Add(new Executed(notice, [.. scanned], steps.Max(Rows)));
        }
    }

    private static IEnumerable<JsonElement> Steps(JsonElement step) =>
        step.TryGetProperty("Plans", out var parts) ? parts.EnumerateArray().SelectMany(Steps).Prepend(step) : [step];

    private static long Rows(JsonElement step) => (long)(
        (Number(step, "Actual Rows") + Number(step, "Rows Removed by Filter") + Number(step, "Rows Removed by Index Recheck")) * Number(step, "Actual Loops"));

    private static double Number(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private static string Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
