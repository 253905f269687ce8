using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Storage;

/// <summary>Where the data is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Folder for the database and the keys that protect secrets; made when it is missing.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Name of the engine: <c>sqlite</c> or <c>postgres</c>.</summary>
    public string Engine { get; set; } = SqlDialect.Sqlite.Name;

    /// <summary>For PostgreSQL, as Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the engine is PostgreSQL.</summary>
    public bool IsPostgres => Engine == SqlDialect.Postgres.Name;

    /// <summary>
    /// SQLite's <c>synchronous</c> setting: <c>FULL</c> survives a power cut, <c>NORMAL</c> survives the death of the process
    /// and may lose the last moments before a power cut.
    /// </summary>
    [RegularExpression("FULL|NORMAL")]
    public string Synchronous { get; set; } = "FULL";

    /// <summary>The fewest days that <see cref="KeepDays"/> may say.</summary>
    public const int FewestKeepDays = 30;

    /// <summary>How many days conversations are kept after nothing happens in them any more; null keeps them for ever.</summary>
    public int? KeepDays { get; set; }

    /// <summary>The SQLite file.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "crowd4care.db");
}
