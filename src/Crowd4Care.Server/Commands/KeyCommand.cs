using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class KeyCommand
{
    public static Command Make() => new("key");
}
