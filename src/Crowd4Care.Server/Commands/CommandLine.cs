using System.CommandLine;

namespace Crowd4Care.Server.Commands;

/// <summary>The command line: 0 done, 1 failed, 2 wrong usage; errors on standard error in one line.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    /// <summary>Runs a command line; <c>serve</c> is the command if none is given.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Crowd4Care: brand mentions to the advocate who is best qualified to answer.")
        {
            ServeCommand.Make(),
            IngestCommand.Make(),
            ExportCommand.Make(),
            ImportCommand.Make(),
            BacktestCommand.Make(),
            ClassifyCommand.Make(),
            ModelCommands.Train(),
            ModelCommands.Evaluate(),
            ModelCommands.Predict(),
            ModelCommands.Bench(),
            BenchRouteCommand.Make(),
            UserCommand.Make(),
            KeyCommand.Make(),
            PointsCommand.Make(),
            SkillsCommand.Make(),
            SimulateCommand.Make(),
            MigrateCommand.Make(),
            BackupCommand.Make(),
            RestoreCommand.Make(),
        };
        string[] asked = args is [] || (args[0].StartsWith('-') && args[0] is not ("-h" or "-?" or "--help" or "--version")) ? ["serve", .. args] : args;
        var parsed = root.Parse(asked);
        if (parsed.Errors.Count > 0)
        {
            // An unknown word is the cause when something else seems to be missing because of it.
            var error = parsed.Errors.FirstOrDefault(e => parsed.UnmatchedTokens.Any(t => e.Message.Contains(t, StringComparison.Ordinal))) ?? parsed.Errors[0];
            await Console.Error.WriteLineAsync($"{error.Message} See --help.");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or System.ComponentModel.Win32Exception or InvalidOperationException or UnauthorizedAccessException
            or Microsoft.Extensions.Options.OptionsValidationException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync(e.Message.ReplaceLineEndings(" "));
            return Failed;
        }
    }
}

/// <summary>A value on the command line is wrong: the message says what, which value, and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
