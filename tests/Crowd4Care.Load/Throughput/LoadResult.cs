namespace Crowd4Care.Load.Throughput;

/// <summary>What was measured, in the order in which it is printed.</summary>
internal sealed record LoadResult
{
    public required string Size { get; init; }

    public required long Mentions { get; init; }

    public required double MentionsPerSecond { get; init; }

    public required long ReceivedToOfferedP50Ms { get; init; }

    public required long ReceivedToOfferedP99Ms { get; init; }

    /// <summary>Limits of the machine, measured right before, each per second.</summary>
    public required IReadOnlyDictionary<string, double> Raw { get; init; }

    /// <summary><see cref="MentionsPerSecond"/> to the slowest batch insert of <see cref="Raw"/>.</summary>
    public required double RatioToRaw { get; init; }

    public required string Mode { get; init; }

    public double? Rate { get; init; }

    public required int Seed { get; init; }

    public required double Seconds { get; init; }

    public required int Advocates { get; init; }

    public required int Capacity { get; init; }

    public required IReadOnlyDictionary<string, int> Copies { get; init; }

    public required Outcomes Outcomes { get; init; }

    /// <summary>Mentions a second of each stage while it was at work.</summary>
    public required IReadOnlyDictionary<string, double> StagesPerSecond { get; init; }

    /// <summary>Processor seconds for each mention, all processes of the product together.</summary>
    public required double CpuMillisecondsPerMention { get; init; }

    /// <summary>Processor seconds by process: the product's, the servers', and the rig's own.</summary>
    public required IReadOnlyDictionary<string, double> CpuSeconds { get; init; }

    /// <summary>Memory in use at the end, in mebibytes.</summary>
    public required IReadOnlyDictionary<string, double> ResidentMebibytes { get; init; }

    /// <summary>Moments at which somebody had more than their capacity allows, as the journal tells.</summary>
    public required long CapacityExceeded { get; init; }

    /// <summary><c>ingest FILE</c> without a server: mentions a second.</summary>
    public double? IngestFilePerSecond { get; init; }

    public SoakResult? Soak { get; init; }

    public required int Cores { get; init; }

    public required string Versions { get; init; }
}
