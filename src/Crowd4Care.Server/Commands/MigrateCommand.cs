using System.CommandLine;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;

namespace Crowd4Care.Server.Commands;

/// <summary><c>migrate</c>: brings the database to the schema that this program needs.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var data = CommonOptions.Data();
        var command = new Command("migrate", "Brings the database up to date. The server does it at start, too.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = CrowdHost.ForCommand(parsed.Settings(data));
            var applied = await host.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
            Console.WriteLine(applied.Count == 0 ? "Up to date." : $"Applied {string.Join(", ", applied)}.");
            return 0;
        });
        return command;
    }
}
