using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Storage;

/// <summary>
/// A whole database as JSON lines, to move an installation from one engine to the other: a head, a line for each row, and an end that
/// counts them. Read in one transaction, so that it is the state of one moment; written in one, so that it comes whole or not at all.
/// </summary>
public sealed class DatabaseCopy(Database database, Migrations migrations)
{
    /// <summary>The table that travels with the rows, wherever an engine keeps the keys.</summary>
    public const string Keys = "data_protection_keys";

    private const int BatchSize = 1000;

    // Rows that hold files come few at a time.
    private const int BatchLength = 16 << 20;

    // Columns of bytes travel as PostgreSQL writes them: \x and hexadecimal digits.
    private const string Bytes = "file";

    /// <summary>What is copied, in the order in which rows refer to each other. Leases are of the moment.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        "brands", "people", "skills", "api_keys", "setup_links", "channels", "channel_cursors", "channel_parts", "channel_posts", "rule_sets", "brand_heads", "brand_head_models", "mentions", "scores", "corrections", "models", "trainings", "decisions",
        "offers", "waiting", "drafts", "replies", "templates", "knowledge_links", "notes", "note_names", "questions", "duplicates", "journal", "journal_readers", "points", "skill_outcomes", "skill_evidence", "outcome_lines", Keys,
    ];

    /// <summary>Writes everything.</summary>
    /// <param name="keys">Keys that lie outside the database, as rows of <see cref="Keys"/>.</param>
    /// <returns>How many rows each table has.</returns>
    public async Task<IReadOnlyDictionary<string, long>> WriteAsync(Stream output, IEnumerable<JsonObject> keys, CancellationToken cancellationToken = default)
    {
        await migrations.ApplyAsync(cancellationToken);
        var counts = new Dictionary<string, long>();
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await WriteAsync(writer, new JsonObject { ["crowd4care"] = database.Dialect.Name, ["schema"] = Version });
        foreach (var table in Tables)
            counts[table] = await WriteTableAsync(writer, transaction, table, cancellationToken);
        foreach (var key in keys)
        {
            await WriteAsync(writer, new JsonObject { ["table"] = Keys, ["row"] = key });
            counts[Keys]++;
        }

        await WriteAsync(writer, new JsonObject { ["end"] = JsonSerializer.SerializeToNode(counts) });
        return counts;
    }

    /// <summary>Reads what <see cref="WriteAsync(Stream, IEnumerable{JsonObject}, CancellationToken)"/> wrote into an empty database.</summary>
    /// <returns>How many rows each table got.</returns>
    /// <exception cref="InvalidDataException">It is something else, not whole, of another version, or the database is not empty.</exception>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        await migrations.ApplyAsync(cancellationToken);
        using var reader = new StreamReader(input);
        CheckHead(await reader.ReadLineAsync(cancellationToken));
        var counts = await database.WriteAsync(async transaction =>
        {
            await ClearAsync(transaction);
            return await ReadRowsAsync(reader, transaction, cancellationToken);
        }, cancellationToken);
        // Transactions are counted by each cluster for itself.
        await migrations.ApplyAsync(cancellationToken);
        return counts;
    }

    private int Version => Migrations.Embedded(database.Dialect).Last().Version;

    private void CheckHead(string? line)
    {
        var head = Parse(line);
        if (head["crowd4care"] is not JsonValue engine)
            throw new InvalidDataException("This is not an export of Crowd4Care: its first line has no \"crowd4care\".");
        if ((int?)head["schema"] != Version)
            throw new InvalidDataException($"The export has schema version {head["schema"]}; this program needs {Version}. Export and import with the same version.");
        if ((string?)engine != database.Dialect.Name && database.Dialect == SqlDialect.Sqlite)
            throw new InvalidDataException("An export of PostgreSQL can be imported into PostgreSQL only: SQLite reads the journal in another order.");
    }

    private async Task<Dictionary<string, long>> ReadRowsAsync(StreamReader reader, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var counts = Tables.ToDictionary(t => t, _ => 0L);
        var batch = new List<JsonNode>(BatchSize);
        var length = 0;
        var filling = "";
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var read = Parse(line);
            if (read["end"] is JsonObject end)
            {
                await InsertAsync(transaction, filling, batch);
                Check(end, counts);
                await GoOnCountingAsync(transaction);
                return counts;
            }

            if ((string?)read["table"] is not { } table || !counts.TryGetValue(table, out var count) || read["row"] is not JsonObject row)
                throw new InvalidDataException($"Row {counts.Values.Sum() + 1} is not of a table of Crowd4Care.");
            if (table != filling || batch.Count == BatchSize || length > BatchLength)
            {
                await InsertAsync(transaction, filling, batch);
                length = 0;
            }

            length += line.Length;
            filling = table;
            counts[table] = count + 1;
            read.Remove("row");
            batch.Add(row);
        }

        throw new InvalidDataException("The export is not whole: its end is missing.");
    }

    private static void Check(JsonObject end, Dictionary<string, long> counts)
    {
        if (counts.FirstOrDefault(c => (long?)end[c.Key] != c.Value) is { Key: { } table } wrong)
            throw new InvalidDataException($"The export is not whole: it has {wrong.Value} rows of {table}, and says {end[table]}.");
    }

    // What a server makes when it starts for the first time is replaced; what people made is not.
    private static async Task ClearAsync(DbTransaction transaction)
    {
        foreach (var table in new[] { "people", "mentions", "channels", "rule_sets" })
        {
            if (await transaction.SingleAsync<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS t") > 0)
                throw new InvalidDataException($"The database is not empty: it has {table}. An import needs a new one.");
        }

        foreach (var table in Tables.Reverse())
            await transaction.ExecuteLongAsync($"DELETE FROM {table}");
    }

    private async Task InsertAsync(DbTransaction transaction, string table, List<JsonNode> batch)
    {
        if (batch.Count == 0)
            return;

        var columns = batch[0].AsObject().Select(c => c.Key).ToList();
        var sql = database.Dialect == SqlDialect.Postgres
            ? $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns)} FROM jsonb_populate_recordset(NULL::{table}, CAST(@rows AS jsonb))"
            : $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(FromJson))} FROM {database.Dialect.Rows}";
        await transaction.ExecuteAsync(sql, new { rows = new JsonArray([.. batch]).ToJsonString() });
        batch.Clear();
    }

    private static string FromJson(string column) => column == Bytes ? $"unhex(substr(r.value->>'{column}', 3))" : $"r.value->>'{column}'";

    private Task GoOnCountingAsync(DbTransaction transaction) => database.Dialect == SqlDialect.Postgres
        ? transaction.ExecuteLongAsync("SELECT setval(pg_get_serial_sequence('journal', 'seq'), (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal), false)")
        : Task.CompletedTask;

    private static async Task<long> WriteTableAsync(StreamWriter writer, DbTransaction transaction, string table, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT * FROM {table}";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0L;
        for (; await rows.ReadAsync(cancellationToken); count++)
        {
            var row = new JsonObject();
            for (var i = 0; i < rows.FieldCount; i++)
                row[rows.GetName(i)] = ToJson(rows.GetValue(i));
            await WriteAsync(writer, new JsonObject { ["table"] = table, ["row"] = row });
        }

        return count;
    }

    private static JsonNode? ToJson(object value) => value switch
    {
        DBNull => null,
        // PostgreSQL holds no such character; new texts have none.
        string text => text.Replace('\0', '\uFFFD'),
        long number => number,
        int number => number,
        double number => number,
        byte[] bytes => $"\\x{Convert.ToHexStringLower(bytes)}",
        _ => throw new NotSupportedException($"A column holds {value.GetType().Name}."),
    };

    private static Task WriteAsync(StreamWriter writer, JsonObject line) => writer.WriteLineAsync(line.ToJsonString());

    private static JsonObject Parse(string? line)
    {
        try
        {
            return JsonNode.Parse(line ?? "") as JsonObject ?? throw new InvalidDataException("This is not an export of Crowd4Care: a line is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException("This is not an export of Crowd4Care, or it is cut off: a line is not JSON.");
        }
    }
}
