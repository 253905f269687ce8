using Crowd4Care.Contracts;

namespace Crowd4Care.Mentions;

/// <summary>A status as the database and the API write it.</summary>
public static class StatusText
{
    /// <summary>The lower-case name.</summary>
    public static string ToText(this MentionStatus status) => status switch
    {
        MentionStatus.Received => "received",
        MentionStatus.Classified => "classified",
        MentionStatus.Open => "open",
        MentionStatus.Claimed => "claimed",
        MentionStatus.Escalated => "escalated",
        MentionStatus.Approval => "approval",
        MentionStatus.Answered => "answered",
        MentionStatus.Resolved => "resolved",
        MentionStatus.Ignored => "ignored",
        MentionStatus.Deleted => "deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
