using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class UserCommand
{
    public static Command Make() => new("user");
}
