using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing.Backtest;

/// <summary>The columns of a stored mention and its score that rules can ask for; the others are not read.</summary>
public sealed record PastMention
{
    /// <inheritdoc cref="MentionRow.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="MentionRow.BrandId"/>
    public required string BrandId { get; init; }

    /// <inheritdoc cref="MentionRow.ChannelId"/>
    public Guid? ChannelId { get; init; }

    /// <inheritdoc cref="MentionRow.Network"/>
    public required string Network { get; init; }

    /// <inheritdoc cref="MentionRow.ConversationId"/>
    public required Guid ConversationId { get; init; }

    /// <inheritdoc cref="MentionRow.InReplyTo"/>
    public string? InReplyTo { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorId"/>
    public required string AuthorId { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorHandle"/>
    public required string AuthorHandle { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorName"/>
    public string? AuthorName { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorFollowers"/>
    public int? AuthorFollowers { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorVerified"/>
    public bool? AuthorVerified { get; init; }

    /// <inheritdoc cref="MentionRow.AuthorBot"/>
    public bool? AuthorBot { get; init; }

    /// <inheritdoc cref="MentionRow.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="MentionRow.Languages"/>
    public string? Languages { get; init; }

    /// <inheritdoc cref="MentionRow.BrandHandle"/>
    public string? BrandHandle { get; init; }

    /// <inheritdoc cref="MentionRow.Relation"/>
    public required PostRelation Relation { get; init; }

    /// <inheritdoc cref="MentionRow.IsRepost"/>
    public bool IsRepost { get; init; }

    /// <inheritdoc cref="MentionRow.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="MentionRow.ReceivedAt"/>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc cref="MentionScore.ModelVersion"/>
    public required string ModelVersion { get; init; }

    /// <summary>Its scores as they stand in their column, see <see cref="ScoreColumn"/>.</summary>
    public required string Heads { get; init; }

    /// <summary>
    /// The mention as the router saw it when it first came: classified, with the priority of an ordinary one, whatever became of it since.
    /// </summary>
    /// <param name="ownAccounts">The brand's own accounts, as <see cref="PastMentions.OwnAccountsAsync"/> tells them.</param>
    public RoutableMention ToRoutable(IReadOnlySet<string> ownAccounts) => new()
    {
        Row = new MentionRow
        {
            Id = Id, BrandId = BrandId, ChannelId = ChannelId, Network = Network, ExternalId = "", ConversationId = ConversationId, InReplyTo = InReplyTo,
            AuthorId = AuthorId, AuthorHandle = AuthorHandle, AuthorName = AuthorName, AuthorFollowers = AuthorFollowers, AuthorVerified = AuthorVerified, AuthorBot = AuthorBot,
            Text = Text, Languages = Languages, BrandHandle = BrandHandle, Relation = Relation, IsRepost = IsRepost, CreatedAt = CreatedAt, ReceivedAt = ReceivedAt,
            Status = MentionStatus.Classified, StatusAt = ReceivedAt,
        },
        Score = new MentionScore { ModelVersion = ModelVersion, Heads = ScoreColumn.Read(Heads) },
        IsOwnPost = ownAccounts.Count > 0 && ownAccounts.Contains($"{Network} {AuthorHandle.ToLowerInvariant()}"),
    };
}
