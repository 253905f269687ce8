using Dapper;
using Microsoft.Data.Sqlite;

namespace Crowd4Care.Storage;

/// <summary>Brings a database to the schema that this program needs: numbered, forward only, one transaction each.</summary>
public sealed class Migrations(Database database, TimeProvider clock)
{
    /// <summary>Applies what is missing and returns the names of the applied ones.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version of the program.</exception>
    public Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken = default) =>
        database.WriteAsync<IReadOnlyList<string>>(async transaction =>
        {
            await transaction.ExecuteLongAsync(database.Dialect.LockMigrations);
            (transaction.Connection as SqliteConnection)?.CreateFunction("id_of", (string scope, string name) => Ids.Of(scope, name).ToString());
            await transaction.ExecuteAsync(
                """
                CREATE TABLE IF NOT EXISTS schema_versions (
                  version    INTEGER NOT NULL PRIMARY KEY,
                  name       TEXT NOT NULL,
                  applied_at BIGINT NOT NULL
                )
                """);
            var current = await transaction.Connection!.ExecuteScalarAsync<int>(
                "SELECT COALESCE(MAX(version), 0) FROM schema_versions", transaction: transaction);
            var known = Embedded(database.Dialect).ToList();
            if (current > known[^1].Version)
            {
                throw new InvalidOperationException(
                    $"The database has schema version {current}; this program knows versions up to {known[^1].Version}. Use the program that wrote it, or a newer one.");
            }

            var missing = known.Where(m => m.Version > current).ToList();
            foreach (var migration in missing)
            {
                await transaction.ExecuteLongAsync(migration.Text);
                await transaction.ExecuteAsync(
                    "INSERT INTO schema_versions (version, name, applied_at) VALUES (@Version, @Name, @now)",
                    new { migration.Version, migration.Name, now = clock.GetUtcNow() });
            }

            if (Read($"sql/{database.Dialect.Name}/mend.sql") is { } mend)
                await transaction.ExecuteLongAsync(mend);
            return missing.ConvertAll(m => m.Name);
        }, cancellationToken);

    /// <summary>The migrations of an engine, in order.</summary>
    internal static IEnumerable<Migration> Embedded(SqlDialect dialect)
    {
        var assembly = typeof(Migrations).Assembly;
        var prefix = $"sql/{dialect.Name}/";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]))
            .Order(StringComparer.Ordinal)
            .Select(name => (Name: name, File: name[prefix.Length..]))
            .Select(m => new Migration(int.Parse(m.File.AsSpan(0, 4), null), Path.GetFileNameWithoutExtension(m.File), Read(m.Name)!));
    }

    private static string? Read(string resource)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream(resource);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal sealed record Migration(int Version, string Name, string Text);
}
