using Crowd4Care.Contracts;

namespace Crowd4Care.Mentions;

/// <summary>A stored mention.</summary>
public sealed record MentionRow
{
    /// <summary>Identifies the mention.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose mention it is.</summary>
    public required string BrandId { get; init; }

    /// <summary>The channel that heard it; null for imported and pushed mentions.</summary>
    public Guid? ChannelId { get; init; }

    /// <inheritdoc cref="NetworkPost.Network"/>
    public required string Network { get; init; }

    /// <inheritdoc cref="NetworkPost.ExternalId"/>
    public required string ExternalId { get; init; }

    /// <inheritdoc cref="NetworkPost.ContentId"/>
    public string? ContentId { get; init; }

    /// <inheritdoc cref="NetworkPost.Url"/>
    public string? Url { get; init; }

    /// <summary>The thread on the network that it belongs to.</summary>
    public required Guid ConversationId { get; init; }

    /// <inheritdoc cref="NetworkPost.InReplyTo"/>
    public string? InReplyTo { get; init; }

    /// <inheritdoc cref="NetworkPost.RootId"/>
    public string? RootId { get; init; }

    /// <inheritdoc cref="NetworkPost.RootContentId"/>
    public string? RootContentId { get; init; }

    /// <inheritdoc cref="PostAuthor.Id"/>
    public required string AuthorId { get; init; }

    /// <inheritdoc cref="PostAuthor.Handle"/>
    public required string AuthorHandle { get; init; }

    /// <inheritdoc cref="PostAuthor.Name"/>
    public string? AuthorName { get; init; }

    /// <inheritdoc cref="PostAuthor.Followers"/>
    public int? AuthorFollowers { get; init; }

    /// <inheritdoc cref="PostAuthor.IsVerified"/>
    public bool? AuthorVerified { get; init; }

    /// <inheritdoc cref="PostAuthor.IsBot"/>
    public bool? AuthorBot { get; init; }

    /// <inheritdoc cref="NetworkPost.Text"/>
    public required string Text { get; init; }

    /// <summary>Declared language tags, separated by commas.</summary>
    public string? Languages { get; init; }

    /// <inheritdoc cref="NetworkPost.BrandHandle"/>
    public string? BrandHandle { get; init; }

    /// <inheritdoc cref="NetworkPost.Relation"/>
    public required PostRelation Relation { get; init; }

    /// <inheritdoc cref="NetworkPost.IsRepost"/>
    public bool IsRepost { get; init; }

    /// <inheritdoc cref="NetworkPost.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required MentionStatus Status { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StatusAt { get; init; }

    /// <summary>Higher is more urgent; 0 is ordinary.</summary>
    public int Priority { get; init; }

    /// <summary>The staff queue it belongs to; null while it is with the crowd.</summary>
    public string? Queue { get; init; }

    /// <summary>When staff should have answered.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who has it, or had it when it was answered.</summary>
    public Guid? AssigneeId { get; init; }

    /// <summary>Grows with each claim; a reply must carry the current one.</summary>
    public long Fence { get; init; }

    /// <summary>When the claim runs out; null while there is none or a reply is being sent.</summary>
    public DateTimeOffset? ClaimExpiresAt { get; init; }

    /// <summary>How long its claim lasts, in minutes; null where nobody said.</summary>
    public double? ClaimMinutes { get; init; }

    /// <summary>How many places of the holder's capacity its claim takes.</summary>
    public int Places { get; init; } = 1;

    /// <summary>How often the holder of the claim asked for more time.</summary>
    public int ClaimExtensions { get; init; }

    /// <summary>Grows with each change; the <c>ETag</c>.</summary>
    public long Version { get; init; }

    /// <summary>The terms of its claim.</summary>
    public ClaimTerms Terms => new() { Minutes = ClaimMinutes, Places = Places };

    /// <summary>Where a released claim returns to.</summary>
    public MentionStatus Home => Queue is null ? MentionStatus.Open : MentionStatus.Escalated;
}

/// <summary>The words of a stored mention.</summary>
public sealed record MentionText
{
    /// <inheritdoc cref="MentionRow.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="MentionRow.BrandId"/>
    public required string BrandId { get; init; }

    /// <inheritdoc cref="NetworkPost.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="MentionRow.Languages"/>
    public string? Languages { get; init; }

    /// <summary>Whether it answers another post.</summary>
    public bool IsReply { get; init; }

    /// <inheritdoc cref="MentionRow.Status"/>
    public required MentionStatus Status { get; init; }

    /// <inheritdoc cref="MentionRow.ReceivedAt"/>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc cref="MentionRow.Version"/>
    public required long Version { get; init; }
}
