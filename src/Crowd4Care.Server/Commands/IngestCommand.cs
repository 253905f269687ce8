using System.CommandLine;

namespace Crowd4Care.Server.Commands;

internal static class IngestCommand
{
    public static Command Make() => new("ingest");
}
