namespace Crowd4Care.Load.Throughput;

/// <summary>What to measure.</summary>
internal sealed record LoadPlan
{
    public required Size Size { get; init; }

    /// <summary>How many mentions; null for as many as the time asks for.</summary>
    public int? Mentions { get; init; }

    /// <summary>So many a second; null for as fast as they are taken.</summary>
    public double? Rate { get; init; }

    /// <summary>Whether the rate comes in bursts.</summary>
    public bool Bursts { get; init; }

    /// <summary>How long a soak lasts; null for no soak.</summary>
    public double? Minutes { get; init; }

    public required int Seed { get; init; }

    /// <summary>Advocates who are present.</summary>
    public required int Advocates { get; init; }

    /// <summary>How many mentions each of them can be offered; nobody answers.</summary>
    public required int Capacity { get; init; }

    /// <summary>Mentions in one request.</summary>
    public required int Batch { get; init; }

    public required IReadOnlyDictionary<string, int> Copies { get; init; }

    /// <summary>Recorded mentions, one JSON object a line; generated ones if left out.</summary>
    public string? File { get; init; }
}
