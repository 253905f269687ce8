namespace Crowd4Care.Load.Faults;

/// <summary>How much to break.</summary>
internal sealed record FaultPlan
{
    // Two of most roles: one goes on while the other is broken.
    private static readonly Dictionary<string, int> Twice = new() { ["web"] = 2, ["ingest"] = 2, ["route"] = 2, ["reply"] = 2 };

    public required Size Size { get; init; }

    public required int Rounds { get; init; }

    public required int Seed { get; init; }

    /// <summary>Copies of roles as they were asked for.</summary>
    public required IReadOnlyDictionary<string, int> Copies { get; init; }

    /// <summary>Copies of roles as they shall be.</summary>
    public IReadOnlyDictionary<string, int> AllCopies => Copies.Concat(Twice.Where(t => !Copies.ContainsKey(t.Key))).ToDictionary();

    /// <summary>Part of the names of the faults that are wanted; empty for all.</summary>
    public required string Only { get; init; }

    /// <summary>Where logs are copied to in the end.</summary>
    public string? Keep { get; init; }
}

/// <summary>One round as it was.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Fault">What was broken.</param>
/// <param name="Lasted">For how long, in seconds.</param>
/// <param name="Recovery">Seconds from mending until a new mention is routed and nothing older waits.</param>
/// <param name="Stream">Seconds from mending until everything that stood in the stream then is stored.</param>
internal sealed record RoundResult(int Round, string Fault, double Lasted, double Recovery, double Stream);

/// <summary>What came of it, in the order in which it is printed.</summary>
internal sealed record FaultResult
{
    public required int Rounds { get; init; }

    /// <summary>How often each fault was tried.</summary>
    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    /// <summary>Mentions that were taken by push or stood in the stream.</summary>
    public required int Accepted { get; init; }

    public required int Lost { get; init; }

    public required int DoubledReplies { get; init; }

    public required int DoubledPoints { get; init; }

    public required double RecoveryP95Seconds { get; init; }

    public required double RecoveryLongestSeconds { get; init; }

    public required double StreamRecoveryP95Seconds { get; init; }

    /// <summary>Replies that the API took, and records that stand on the network.</summary>
    public required int RepliesAccepted { get; init; }

    public required int RepliesOnNetwork { get; init; }

    /// <summary>What else the checks found: impossible journals, offers over capacity, processes that ended by themselves.</summary>
    public required int OtherViolations { get; init; }

    public required string Size { get; init; }

    public required int Seed { get; init; }

    public required double Seconds { get; init; }
}
