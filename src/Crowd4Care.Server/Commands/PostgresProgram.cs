using System.Diagnostics;
using Crowd4Care.Storage;
using Npgsql;

namespace Crowd4Care.Server.Commands;

/// <summary>PostgreSQL's own programs for backups, of the newest version on this machine.</summary>
internal static class PostgresProgram
{
    public static Task DumpAsync(StorageOptions storage, string file, CancellationToken cancellationToken) =>
        RunAsync(storage, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", file], cancellationToken);

    /// <summary>All or nothing: in one transaction.</summary>
    public static Task RestoreAsync(StorageOptions storage, string file, CancellationToken cancellationToken) =>
        RunAsync(
            storage, "pg_restore",
            ["--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname", Connection(storage).Database!, file],
            cancellationToken);

    private static async Task RunAsync(StorageOptions storage, string name, string[] arguments, CancellationToken cancellationToken)
    {
        var connection = Connection(storage);
        var start = new ProcessStartInfo(Find(name), arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(null, null);
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        using var process = Process.Start(start) ?? throw new IOException($"{name} can't be started.");
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new IOException($"{name} failed: {said.Trim()}");
    }

    private static NpgsqlConnectionStringBuilder Connection(StorageOptions storage)
    {
        var connection = new NpgsqlConnectionStringBuilder(storage.ConnectionString);
        connection.Database ??= connection.Username;
        return connection;
    }

    private static string Find(string name)
    {
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian) ? Directory.EnumerateDirectories(debian) : [];
        return installed.Where(version => File.Exists($"{version}/bin/{name}"))
            .MaxBy(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0) is { } newest
            ? $"{newest}/bin/{name}"
            : name;
    }
}
