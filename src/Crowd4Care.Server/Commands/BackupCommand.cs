using System.CommandLine;
using System.Text.Json;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Server.Commands;

/// <summary><c>backup FOLDER</c>: the database as it is at one moment, and the keys that protect its secrets, while servers run.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A new or empty folder." };
        var force = new Option<bool>("--force") { Description = "Replaces the backup that is there." };
        var data = CommonOptions.Data();
        var command = new Command("backup", "Backs up database and keys; servers may run.") { folder, force, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var backup = new BackupFolder(parsed.GetValue(folder)!);
            var storage = CrowdHost.ExistingStorage(host.Services);
            backup.Begin(parsed.GetValue(force));
            var database = host.Services.GetRequiredService<Database>();
            if (storage.IsPostgres)
                await PostgresProgram.DumpAsync(storage, backup.DatabaseFile, cancellationToken);
            else
                await CopyAsync(database, backup.DatabaseFile, cancellationToken);

            // After the database: keys are only ever added.
            backup.TakeKeys(storage);
            backup.End(storage, host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            Console.WriteLine($"Backed up to {backup.Path}.");
            return 0;
        });
        return command;
    }

    // One read transaction: writers go on meanwhile.
    private static async Task CopyAsync(Database database, string file, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("VACUUM INTO @file", new { file });
    }
}

/// <summary>A folder that holds a backup. It is whole once its description is there.</summary>
internal sealed class BackupFolder(string folder)
{
    private const string Description = "backup.json";

    public string Path { get; } = System.IO.Path.GetFullPath(folder);

    public string DatabaseFile => In("database");

    private string Keys => In("keys");

    /// <summary>Makes room. An unfinished or foreign folder is left alone unless forced.</summary>
    public void Begin(bool force)
    {
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            if (!force)
                throw new IOException($"{Path} is not empty; name a new folder, or replace the backup in it with --force.");
            File.Delete(In(Description));
            File.Delete(DatabaseFile);
            if (Directory.Exists(Keys))
                Directory.Delete(Keys, recursive: true);
        }

        // It holds everything that people wrote, and the keys: for the owner alone.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void TakeKeys(StorageOptions storage) => CopyFiles(KeyFolder.Of(storage), Keys);

    public void GiveKeys(StorageOptions storage) => CopyFiles(Keys, KeyFolder.Of(storage));

    public void End(StorageOptions storage, DateTimeOffset at)
    {
        using (var database = File.OpenHandle(DatabaseFile, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(database);
        var version = typeof(BackupFolder).Assembly.GetName().Version?.ToString(3) ?? "";
        File.WriteAllText(In(Description), JsonSerializer.Serialize(new BackupDescription(storage.Engine, version, at), JsonSerializerOptions.Web));
    }

    /// <summary>Reads what the backup is.</summary>
    public BackupDescription Describe()
    {
        var file = In(Description);
        if (!File.Exists(file))
            throw new InvalidDataException($"{Path} holds no finished backup: there is no {Description} in it.");
        return JsonSerializer.Deserialize<BackupDescription>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{file} is empty.");
    }

    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from) : [])
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)), overwrite: true);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>What a backup is.</summary>
/// <param name="Engine">The engine whose database it holds.</param>
/// <param name="Version">The version of the program that made it.</param>
/// <param name="At">When it was finished.</param>
internal sealed record BackupDescription(string Engine, string Version, DateTimeOffset At);
