namespace Crowd4Care.Engagement;

/// <summary>A reply as it is stored.</summary>
public sealed record Reply
{
    /// <summary>Identifies the reply.</summary>
    public required Guid Id { get; init; }

    /// <summary>The mention that it answers.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The channel whose account posts it; null when it is posted by hand.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The writer's name, where it was asked for.</summary>
    public string? PersonName { get; init; }

    /// <summary>The fencing number of the claim under which it was written.</summary>
    public required long Fence { get; init; }

    /// <summary>As readers see it, signature included.</summary>
    public required string Text { get; init; }

    /// <summary>What of <see cref="Text"/> is the signature; null for replies from before this was stored.</summary>
    public string? Signature { get; init; }

    /// <summary>The key under which the network stores it.</summary>
    public required string NetworkKey { get; init; }

    /// <summary>Where it is.</summary>
    public required ReplyState State { get; init; }

    /// <summary>The network's identifier, once posted.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Where a person can look at it, once posted.</summary>
    public string? Url { get; init; }

    /// <summary>What the network said last, when it did not take it; or why staff did not approve it.</summary>
    public string? Error { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is looked at again, while it is on its way.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may go out, where that is later than <see cref="CreatedAt"/>: until then it can be taken back.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>When it stood on the network.</summary>
    public DateTimeOffset? PostedAt { get; init; }
}

/// <summary>States of a reply.</summary>
public enum ReplyState
{
    /// <summary>Waits for some seconds in which its writer can take it back; then it is sent.</summary>
    Held,

    /// <summary>Waits until staff approve it.</summary>
    Approval,

    /// <summary>On its way; tried until the network takes or refuses it.</summary>
    Sending,

    /// <summary>On the network.</summary>
    Posted,

    /// <summary>Refused by the network for good.</summary>
    Failed,

    /// <summary>Taken back by its writer before it was sent.</summary>
    Undone,

    /// <summary>Not approved by staff; the reason is in <see cref="Reply.Error"/>.</summary>
    Rejected,
}
