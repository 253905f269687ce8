namespace Crowd4Care.Load.Desks;

/// <summary>What open desks cost. Times are those of a client on the same machine, in milliseconds.</summary>
internal sealed record DeskResult
{
    /// <summary>How many were open.</summary>
    public required int Desks { get; init; }

    /// <summary>The feed of an advocate, the whole page.</summary>
    public required double FeedP95Ms { get; init; }

    /// <summary>Claiming an open mention.</summary>
    public required double ClaimP95Ms { get; init; }

    /// <summary>What the server's working set grew by as the desks were opened, for each of them.</summary>
    public required long BytesPerDesk { get; init; }

    /// <summary>From the moment when a mention was routed, as the database says, until a desk heard of it; over all desks.</summary>
    public required double FanOutP95Ms { get; init; }

    /// <summary>A page of the desk that asks the database only who is there.</summary>
    public required double EmptyPageP95Ms { get; init; }

    /// <summary>How many mentions were stored before.</summary>
    public required int Mentions { get; init; }
}
