namespace Crowd4Care.Contracts;

/// <summary>Where a mention is in its life. Stored as the lower-case name.</summary>
public enum MentionStatus
{
    /// <summary>Stored; waits for classification.</summary>
    Received,

    /// <summary>Scored; waits for routing.</summary>
    Classified,

    /// <summary>With the crowd: offered to an advocate, or free to be claimed.</summary>
    Open,

    /// <summary>Somebody has the exclusive, expiring right to answer it.</summary>
    Claimed,

    /// <summary>In a staff queue.</summary>
    Escalated,

    /// <summary>A reply waits for approval.</summary>
    Approval,

    /// <summary>A reply stands on the network.</summary>
    Answered,

    /// <summary>Closed.</summary>
    Resolved,

    /// <summary>Needs no answer: spam, the brand's own post, a repost.</summary>
    Ignored,

    /// <summary>Deleted on the network; its text is purged.</summary>
    Deleted,
}
