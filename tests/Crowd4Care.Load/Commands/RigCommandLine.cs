using System.CommandLine;

namespace Crowd4Care.Load.Commands;

/// <summary>The rig's command line: 0 done, 1 failed, 2 wrong usage; errors on standard error in one line.</summary>
internal static class RigCommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    // Ctrl-C must leave time to stop every process that was started.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures Crowd4Care, and breaks it.") { LoadCommand.Make(), DeskLoadCommand.Make(), FaultsCommand.Make() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{Place(args)}: {parsed.Errors[0].Message} See --help.");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{Place(args)}: {e.Message}");
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{Place(args)}: interrupted; everything that was started is stopped.");
            return Failed;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or TimeoutException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"{Place(args)}: {e.Message}");
            return Failed;
        }
        catch (Exception e)
        {
            // A mistake of the rig's own: here the way to it matters.
            await Console.Error.WriteLineAsync($"{Place(args)}: {e}");
            return Failed;
        }
    }

    private static string Place(string[] args) => args is [var command, ..] && command is "load" or "desk-load" or "faults" ? $"ops/{command}" : "crowd4care-load";
}

/// <summary>A value on the command line is wrong: the message says what, which value, and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
