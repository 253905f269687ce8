using System.CommandLine;
using System.Data.Common;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Server.Commands;

/// <summary>
/// <c>restore FOLDER</c>: puts a backup in place of an installation's data, while nothing runs on it, and brings it to the schema of this
/// program. Listening then goes on from the cursors in the backup.
/// </summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "What backup wrote." };
        var force = new Option<bool>("--force") { Description = "Replaces the data that is there." };
        var data = CommonOptions.Data();
        var command = new Command("restore", "Restores a backup; no server may run.") { folder, force, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var backup = new BackupFolder(parsed.GetValue(folder)!);
            var made = backup.Describe();
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var storage = CrowdHost.Storage(host.Services);
            if (made.Engine != storage.Engine)
                throw new InvalidDataException($"The backup is of {made.Engine}; Storage:Engine is {storage.Engine}. They have to be the same.");
            using var held = ServerLock.Take(storage.DataDirectory);

            if (storage.IsPostgres)
                await LoadAsync(storage, host.Services.GetRequiredService<Database>(), backup, parsed.GetValue(force), cancellationToken);
            else
                Replace(storage, backup, parsed.GetValue(force));
            backup.GiveKeys(storage);
            // Besides the schema it mends what a new PostgreSQL cluster counts from the start again.
            await host.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
            Console.WriteLine($"Restored the backup of {made.At:u}.");
            return 0;
        });
        return command;
    }

    private static void Replace(StorageOptions storage, BackupFolder backup, bool force)
    {
        var file = storage.DatabaseFile;
        if (File.Exists(file) && !force)
            throw new IOException($"{file} is there already; --force replaces it.");

        var arriving = $"{file}.restoring";
        File.Copy(backup.DatabaseFile, arriving, overwrite: true);
        using (var copy = File.OpenHandle(arriving, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(copy);
        // The log of the old database must not be replayed into the new one.
        foreach (var old in new[] { file, $"{file}-wal", $"{file}-shm" })
            File.Delete(old);
        File.Move(arriving, file);
    }

    private static async Task LoadAsync(StorageOptions storage, Database database, BackupFolder backup, bool force, CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenAsync(cancellationToken))
        {
            await AwaitEndOfUseAsync(connection, cancellationToken);
            if (await connection.ExecuteScalarAsync<string?>("SELECT to_regclass('schema_versions')::text") is not null && !force)
                throw new InvalidOperationException("The database is not empty; --force replaces what is in it.");
        }

        await PostgresProgram.RestoreAsync(storage, backup.DatabaseFile, cancellationToken);
    }

    // The server notices with a delay that a process is gone.
    private static async Task AwaitEndOfUseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        for (var looks = 1; ; looks++)
        {
            var others = await connection.ExecuteScalarAsync<int>(
                """
                SELECT COUNT(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                """);
            if (others == 0)
                return;
            if (looks == 10)
                throw new InvalidOperationException($"The database is in use: {others} connections. Stop every process that works on it first.");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }
}
