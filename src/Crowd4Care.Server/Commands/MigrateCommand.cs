using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class MigrateCommand
{
    public static Command Make() => new("migrate");
}
