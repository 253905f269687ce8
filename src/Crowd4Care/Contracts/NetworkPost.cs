namespace Crowd4Care.Contracts;

/// <summary>One public post as a network, an import or the API gives it: what is known before it is stored as a mention.</summary>
public sealed record NetworkPost
{
    /// <summary>The network's name in lower case: <c>bluesky</c>, <c>mastodon</c>, <c>x</c>, …</summary>
    public required string Network { get; init; }

    /// <summary>The network's own identifier, opaque. Identity of a mention is (network, external id).</summary>
    public required string ExternalId { get; init; }

    /// <summary>Identifies this version of the post where the network has such a thing (Bluesky: the CID); a reply must name it.</summary>
    public string? ContentId { get; init; }

    /// <summary>Where a person can look at the post.</summary>
    public string? Url { get; init; }

    /// <summary>Who wrote it.</summary>
    public required PostAuthor Author { get; init; }

    /// <summary>The post as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>When the author says that it was written. Clients may lie: the stored time is never later than the receipt.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Language tags (BCP 47) that the author's client declared; a hint, not the truth.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>External id of the post that this one answers.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>External id of the first post of the thread; null where this is the first or the network does not say.</summary>
    public string? RootId { get; init; }

    /// <summary>Version of the thread's first post (Bluesky: its CID), when <see cref="RootId"/> is given.</summary>
    public string? RootContentId { get; init; }

    /// <summary>The brand's account that the post addresses, as the source names it.</summary>
    public string? BrandHandle { get; init; }

    /// <summary>How the post concerns the brand.</summary>
    public PostRelation Relation { get; init; } = PostRelation.Mention;

    /// <summary>True when somebody only passes on another's post without a word of their own; such posts are ignored.</summary>
    public bool IsRepost { get; init; }
}

/// <summary>The author of a post. The id stays when the handle changes.</summary>
/// <param name="Id">The network's identifier of the account (Bluesky: the DID); the handle where there is none.</param>
/// <param name="Handle">The name the account is addressed by, without the leading @.</param>
/// <param name="Name">The display name, where known.</param>
/// <param name="Followers">Number of followers, where known.</param>
/// <param name="IsVerified">Whether the network says that the account is who it claims to be; null where it says nothing.</param>
/// <param name="IsBot">Whether the account says of itself that a program writes its posts; null where the network says nothing.</param>
public sealed record PostAuthor(string Id, string Handle, string? Name = null, int? Followers = null, bool? IsVerified = null, bool? IsBot = null);

/// <summary>How a post concerns the brand.</summary>
public enum PostRelation
{
    /// <summary>It names the brand's account.</summary>
    Mention,

    /// <summary>It answers a post of the brand or one of a conversation that the brand takes part in.</summary>
    Reply,

    /// <summary>It quotes a post of the brand.</summary>
    Quote,

    /// <summary>It contains a word that the channel listens for.</summary>
    Keyword,
}
