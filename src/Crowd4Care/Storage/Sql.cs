using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;

namespace Crowd4Care.Storage;

/// <summary>Short forms of the Dapper calls that a store makes inside a transaction, and the JSON that the database holds.</summary>
public static class Sql
{
    /// <summary>JSON in columns and row parameters: camelCase, enums as lower-case names, ids and times as the columns hold them.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Texts() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions RowJson = new(Json) { Converters = { new UnixMilliseconds() } };

    /// <summary>The JSON array for a <c>@rows</c> parameter; times become Unix milliseconds.</summary>
    public static string Rows<T>(IEnumerable<T> rows) => JsonSerializer.Serialize(rows, RowJson);

    /// <summary>A row made ready before the transaction that stores it, so that nobody waits for that.</summary>
    public static PreparedRow Row<T>(T row) => new(JsonSerializer.Serialize(row, RowJson));

    /// <summary>The JSON array for a <c>@rows</c> parameter, of rows that are ready.</summary>
    public static string Rows(IEnumerable<PreparedRow> rows) => $"[{string.Join(',', rows.Select(r => r.Json))}]";

    /// <summary>The JSON array for an <c>@ids</c> parameter.</summary>
    public static string Ids<T>(IEnumerable<T> ids) => JsonSerializer.Serialize(ids, RowJson);

    /// <summary>Serialises a value for a JSON column.</summary>
    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <summary>Reads a JSON column.</summary>
    public static T FromJson<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    /// <summary>Runs a statement; returns the number of rows it touched.</summary>
    public static Task<int> ExecuteAsync(this DbTransaction transaction, string sql, object? parameters = null) =>
        transaction.Connection!.ExecuteAsync(sql, parameters, transaction);

    /// <summary>Runs a statement that looks at a whole table: it may take as long as it needs.</summary>
    public static Task<int> ExecuteLongAsync(this DbTransaction transaction, string sql) =>
        transaction.Connection!.ExecuteAsync(sql, transaction: transaction, commandTimeout: 0);

    /// <summary>Runs a query inside the transaction.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this DbTransaction transaction, string sql, object? parameters = null) =>
        (await transaction.Connection!.QueryAsync<T>(sql, parameters, transaction)).AsList();

    /// <summary>The only row of a query inside the transaction, or null.</summary>
    public static Task<T?> SingleAsync<T>(this DbTransaction transaction, string sql, object? parameters = null) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T>(sql, parameters, transaction);

    // PostgreSQL's texts have no U+0000.
    private sealed class Texts : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Clean(value));

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(Clean(value));

        private static string Clean(string value) => value.Replace('\0', '\uFFFD');
    }

    private sealed class UnixMilliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }
}

/// <summary>A row of a <c>@rows</c> parameter, see <see cref="Sql.Row{T}"/>.</summary>
/// <param name="Json">The JSON object.</param>
public readonly record struct PreparedRow(string Json);
