namespace Crowd4Care.Storage;

/// <summary>
/// The few fragments in which the engines differ. Everything else is written once: <c>ON CONFLICT</c>, <c>RETURNING</c>,
/// <c>UPDATE … FROM</c>, window functions and the JSON operator <c>->></c> are the same on SQLite and PostgreSQL.
/// </summary>
public sealed class SqlDialect
{
    // What a transaction with a lower number wrote is visible or rolled back, for good.
    private const string OlderThanRunning = "tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)";

    private SqlDialect()
    {
    }

    /// <summary>SQLite 3.38 and later. It has one writer at a time: there is nothing to lock.</summary>
    public static SqlDialect Sqlite { get; } = new()
    {
        Name = "sqlite",
        // The limit keeps it apart: each column would write the row out as JSON and read it again.
        Rows = "(SELECT value FROM json_each(@rows) LIMIT -1) AS r",
        Ids = "(SELECT value FROM json_each(@ids))",
        ForUpdate = "",
        SkipLocked = "",
        JournalPage = "WHERE seq > @Seq ORDER BY seq LIMIT @limit",
        LockMigrations = "SELECT 1",
        // The numbers are in the order of coming in, as ids are but for those of one millisecond; so the first page begins at the highest number.
        NewestMatching =
            """
            SELECT n.mention_id, n.number AS place FROM mention_words JOIN mention_numbers n ON n.number = mention_words.rowid
            WHERE mention_words MATCH @match AND mention_words.rowid < COALESCE(
              (SELECT number FROM mention_numbers WHERE mention_id = @before),
              CASE WHEN @before LIKE 'ffffffff-%' THEN (SELECT MAX(number) FROM mention_numbers) + 1 END,
              (SELECT number FROM mention_numbers WHERE mention_id < @before ORDER BY mention_id DESC LIMIT 1) + 1, 0)
            ORDER BY mention_words.rowid DESC LIMIT @window
            """,
    };

    /// <summary>PostgreSQL 13 and later.</summary>
    public static SqlDialect Postgres { get; } = new()
    {
        Name = "postgres",
        Rows = "jsonb_array_elements(CAST(@rows AS jsonb)) AS r(value)",
        Ids = "(SELECT value FROM jsonb_array_elements_text(CAST(@ids AS jsonb)) AS i(value))",
        ForUpdate = "FOR NO KEY UPDATE",
        SkipLocked = "FOR NO KEY UPDATE SKIP LOCKED",
        JournalPage = $"WHERE (tx, seq) > (@Tx, @Seq) AND {OlderThanRunning} ORDER BY tx, seq LIMIT @limit",
        LockMigrations = "SELECT pg_advisory_xact_lock(4243)",
        PlanByValues = "SET LOCAL plan_cache_mode = force_custom_plan",
        NewestMatching =
            """
            SELECT mention_id, mention_id AS place FROM mention_words
            WHERE brand_id = @brandId AND words @@ to_tsquery('simple', @match) AND mention_id < @before
            ORDER BY mention_id DESC LIMIT @window
            """,
        CountMatching =
            """
            SELECT COUNT(*) FROM (SELECT words FROM mention_words WHERE brand_id = @brandId AND mention_id < @before ORDER BY mention_id DESC LIMIT @sample) AS newest
            WHERE words @@ to_tsquery('simple', @match)
            """,
        // By what no index has, so that the one of the words is used.
        NewestOfRare =
            """
            SELECT mention_id, mention_id AS place FROM mention_words
            WHERE brand_id = @brandId AND words @@ to_tsquery('simple', @match) AND mention_id || '' < @before
            ORDER BY mention_id || '' DESC LIMIT @window
            """,
    };

    /// <summary>The engine's name in configuration, and the folder of its migrations.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// A table expression <c>r</c> with one row for each object of the JSON array in parameter <c>@rows</c>:
    /// <c>SELECT r.value->>'id' FROM {dialect.Rows}</c>. A batch of any size is one statement.
    /// </summary>
    public required string Rows { get; init; }

    /// <summary>
    /// The texts of the JSON array in parameter <c>@ids</c>, for <c>IN</c>: one statement text whatever their number.
    /// </summary>
    public required string Ids { get; init; }

    /// <summary>Ends a query whose rows the transaction is going to decide on: others wait until it is over.</summary>
    public required string ForUpdate { get; init; }

    /// <summary>Ends a query that takes work: rows that another transaction has taken are left out.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>
    /// The next <c>@limit</c> journal rows after <c>@Tx</c>, <c>@Seq</c> that no row committed later can stand before: on PostgreSQL those of
    /// transactions older than every one that still runs.
    /// </summary>
    public required string JournalPage { get; init; }

    /// <summary>
    /// The ids (<c>mention_id</c>) of the newest <c>@window</c> mentions before <c>@before</c> whose words fit <c>@match</c>, which each engine wants
    /// written in its own way, and their <c>place</c> in the order; on PostgreSQL of <c>@brandId</c>, on SQLite the brand is one of the words.
    /// </summary>
    public required string NewestMatching { get; init; }

    /// <summary>The same for words that few mentions have; null where one way is good for both.</summary>
    public string? NewestOfRare { get; init; }

    /// <summary>
    /// How many of the newest <c>@sample</c> mentions of <c>@brandId</c> before <c>@before</c> fit <c>@match</c>; null where nobody has to know.
    /// </summary>
    public string? CountMatching { get; init; }

    /// <summary>
    /// A statement after which the queries of a transaction are planned by their values, not as on average; null where that is no choice. For
    /// what costs a thousand times more for one value than for another.
    /// </summary>
    public string? PlanByValues { get; init; }

    /// <summary>A statement that makes a second migration wait.</summary>
    public required string LockMigrations { get; init; }
}
