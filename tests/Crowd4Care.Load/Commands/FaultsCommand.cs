using System.CommandLine;

namespace Crowd4Care.Load.Commands;

internal static class FaultsCommand
{
    public static Command Make() => new("faults", "Breaks things.");
}
