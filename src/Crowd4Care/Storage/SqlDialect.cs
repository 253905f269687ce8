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

    /// <summary>A statement that makes a second migration wait.</summary>
    public required string LockMigrations { get; init; }
}
