namespace Crowd4Care.Mentions;

/// <summary>Conditions that stand word for word in the definitions of indexes: a query says them again, else an engine may not use the index.</summary>
internal static class MentionSets
{
    /// <summary>On their way to the router.</summary>
    public const string Passing = "status IN ('received', 'classified')";

    /// <summary>
    /// The order of the staff queues, the highest first, in units of a point in four minutes: priority, and a point for every four minutes since it came and for every
    /// four since it was due (less one for every four until then). All grow alike, so that the order stays.
    /// </summary>
    public const string QueueRank = "CAST(priority AS BIGINT) * 240000 - received_at - COALESCE(due_at, received_at)";

    /// <summary>Routed.</summary>
    public const string Routed = "status NOT IN ('received', 'classified')";
}
