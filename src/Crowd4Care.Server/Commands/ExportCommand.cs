using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class ExportCommand
{
    public static Command Make() => new("export");
}
