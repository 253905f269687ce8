namespace Crowd4Care.Storage;

/// <summary>
/// The few fragments in which the engines differ. Everything else is written once: <c>ON CONFLICT</c>, <c>RETURNING</c>,
/// <c>UPDATE … FROM</c>, window functions and the JSON operator <c>->></c> are the same on SQLite and PostgreSQL.
/// </summary>
public sealed class SqlDialect
{
    private SqlDialect(string name, string rows, string ids) => (Name, Rows, Ids) = (name, rows, ids);

    /// <summary>SQLite 3.38 and later.</summary>
    public static SqlDialect Sqlite { get; } = new("sqlite", "json_each(@rows) AS r", "(SELECT value FROM json_each(@ids))");

    /// <summary>The engine's name in configuration, and the folder of its migrations.</summary>
    public string Name { get; }

    /// <summary>
    /// A table expression <c>r</c> with one row for each object of the JSON array in parameter <c>@rows</c>:
    /// <c>SELECT r.value->>'id' FROM {dialect.Rows}</c>. A batch of any size is one statement.
    /// </summary>
    public string Rows { get; }

    /// <summary>
    /// The texts of the JSON array in parameter <c>@ids</c>, for <c>IN</c>: one statement text whatever their number.
    /// </summary>
    public string Ids { get; }
}
