namespace Crowd4Care.Contracts;

// Messages are wake-ups: they carry ids, the rows carry the truth. A repeated or late message changes nothing.
// A message's full type name is its identity on the bus: don't rename or move one; add properties, don't change them.

/// <summary>Mentions were stored. Sent by Ingestion and its sweep; Classification listens.</summary>
public sealed record MentionsReceived
{
    /// <summary>The stored mentions; at most 1,000.</summary>
    public required IReadOnlyList<Guid> MentionIds { get; init; }
}

/// <summary>Mentions were scored. Sent by Classification and its sweep; Routing listens.</summary>
public sealed record MentionsClassified
{
    /// <summary>The scored mentions; at most 1,000.</summary>
    public required IReadOnlyList<Guid> MentionIds { get; init; }
}

/// <summary>Open mentions should be looked at again: an offer ended, a claim ran out, or it is time. Sent by Routing, Engagement and Escalation; Routing listens.</summary>
public sealed record MentionsToOffer
{
    /// <summary>The open mentions; at most 1,000.</summary>
    public required IReadOnlyList<Guid> MentionIds { get; init; }
}

/// <summary>A reply waits to be posted. Sent by Engagement and its sweep; Engagement listens.</summary>
public sealed record ReplySubmitted
{
    /// <summary>The reply.</summary>
    public required Guid ReplyId { get; init; }

    /// <summary>The network it goes to.</summary>
    public required string Network { get; init; }
}

/// <summary>Offers ran out. Sent by the sweep of Routing; Community listens, and sets those away who let several in a row run out.</summary>
public sealed record OffersIgnored
{
    /// <summary>Whose offers; at most 1,000.</summary>
    public required IReadOnlyList<Guid> PersonIds { get; init; }
}

/// <summary>Something that an open desk shows has changed. Sent by every step after its commit; the desk listens.</summary>
public sealed record MentionsChanged
{
    /// <summary>The mentions that changed; at most 1,000.</summary>
    public required IReadOnlyList<Guid> MentionIds { get; init; }

    /// <summary>People whose own lists changed (an offer came or went); empty when only the shared lists did.</summary>
    public IReadOnlyList<Guid> PersonIds { get; init; } = [];
}
