using Crowd4Care.Contracts;
using Crowd4Care.Networks;

namespace Crowd4Care.Engagement;

/// <summary>What came of handing in a reply.</summary>
/// <param name="Outcome">The outcome.</param>
public sealed record ReplyResult(ReplyOutcome Outcome)
{
    /// <summary>The stored reply.</summary>
    public Guid? ReplyId { get; init; }

    /// <summary>The text with its signature.</summary>
    public string? Text { get; init; }

    /// <summary>Where the stored reply is.</summary>
    public ReplyState? State { get; init; }

    /// <summary>Until when it can be taken back, where it is held.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>For a text that is too long: its length.</summary>
    public TextMeasure? Measure { get; init; }

    /// <summary>Why it can only be posted by hand; for an unfilled text, its placeholders.</summary>
    public string? Reason { get; init; }

    /// <summary>The mention's state, when the claim is lost.</summary>
    public MentionStatus? Status { get; init; }
}

/// <summary>Outcomes of handing in a reply.</summary>
public enum ReplyOutcome
{
    /// <summary>Stored; it is on its way.</summary>
    Submitted,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>The claim is not this person's, has run out, or a reply is being sent under it already.</summary>
    NotYours,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>A placeholder of a template still stands in it.</summary>
    Unfilled,

    /// <summary>Longer than the network takes.</summary>
    TooLong,

    /// <summary>No channel of the brand can post to this network.</summary>
    ByHandOnly,
}
