using System.CommandLine;
using System.IO.Compression;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>import FILE</c>: an installation as <c>export all</c> wrote it, into a new database of either engine.</summary>
internal static class ImportCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "What export all wrote, plain or gzipped." };
        var data = CommonOptions.Data();
        var command = new Command("import", "Takes over an installation that export all wrote; no server may run.") { file, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var storage = CrowdHost.Storage(host.Services);
            using var held = ServerLock.Take(storage.DataDirectory);
            await using var input = Open(parsed.GetValue(file)!);
            var counts = await host.Services.GetRequiredService<DatabaseCopy>().ReadAsync(input, cancellationToken);
            if (!storage.IsPostgres)
                await KeyFolder.TakeAsync(storage, host.Services.GetRequiredService<Database>(), cancellationToken);
            Console.WriteLine($"Imported {counts["mentions"]} mentions, {counts["people"]} people and {counts.Values.Sum()} rows in all.");
            return 0;
        });
        return command;
    }

    private static Stream Open(string file)
    {
        var stream = File.OpenRead(CommonOptions.Existing(file));
        var isCompressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
