using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class PointsCommand
{
    public static Command Make() => new("points");
}
