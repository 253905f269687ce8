using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>What the lists of the desk and the API show.</summary>
public sealed class FeedQueries(Database database)
{
    private const string Columns =
        """
        m.id, m.brand_id, m.network, m.external_id, m.url, m.conversation_id, m.in_reply_to, m.author_id, m.author_handle, m.author_name, m.author_followers, m.text,
        m.created_at, m.received_at, m.status, m.status_at, m.priority, m.queue, m.due_at, m.assignee_id, a.name AS assignee_name, m.fence, m.claim_expires_at,
        m.version, s.language, s.sentiment, s.anger, s.toxicity, s.topic, o.person_id AS offered_to, o.expires_at AS offer_expires_at
        """;

    private const string From =
        """
        FROM mentions m
        LEFT JOIN scores s ON s.mention_id = m.id
        LEFT JOIN people a ON a.id = m.assignee_id
        LEFT JOIN offers o ON o.mention_id = m.id AND o.state = 'open'
        """;

    /// <summary>Mentions that are offered to a person now, the soonest to expire first.</summary>
    public Task<IReadOnlyList<FeedItem>> OffersAsync(Guid personId, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"""
            SELECT {Columns} FROM offers o JOIN mentions m ON m.id = o.mention_id
            LEFT JOIN scores s ON s.mention_id = m.id LEFT JOIN people a ON a.id = m.assignee_id
            WHERE o.person_id = @personId AND o.state = 'open' AND m.status = 'open' ORDER BY o.expires_at
            """,
            new { personId }, cancellationToken);

    /// <summary>Mentions that a person has claimed, the soonest to expire first.</summary>
    public Task<IReadOnlyList<FeedItem>> ClaimedAsync(Guid personId, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"SELECT {Columns} {From} WHERE m.assignee_id = @personId AND m.status = 'claimed' ORDER BY COALESCE(m.claim_expires_at, 0), m.id",
            new { personId }, cancellationToken);

    /// <summary>
    /// Open mentions that nobody has reserved, in the languages that the person speaks (all, when none is declared) first, then the
    /// most urgent and the newest.
    /// </summary>
    public Task<IReadOnlyList<FeedItem>> OpenAsync(string brandId, Guid personId, FeedFilter filter, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"""
            SELECT {Columns} {From}
            WHERE m.brand_id = @brandId AND m.status = 'open' AND o.id IS NULL
              AND (@Language IS NULL OR s.language = @Language) AND (@Topic IS NULL OR s.topic = @Topic) AND (@Network IS NULL OR m.network = @Network)
            ORDER BY
              CASE WHEN EXISTS (SELECT 1 FROM skills k WHERE k.person_id = @personId AND k.skill = 'lang:' || s.language) THEN 0 ELSE 1 END,
              m.priority DESC, m.created_at DESC, m.id
            LIMIT @Limit OFFSET @Offset
            """,
            new { brandId, personId, filter.Language, filter.Topic, filter.Network, filter.Limit, filter.Offset }, cancellationToken);

    /// <summary>The languages, topics and networks of the open mentions that nobody has reserved, the most frequent first.</summary>
    public async Task<IReadOnlyList<OpenFacet>> OpenFacetsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<OpenFacet>(
            """
            WITH open_mentions AS (
              SELECT m.network, s.language, s.topic FROM mentions m LEFT JOIN scores s ON s.mention_id = m.id
              WHERE m.brand_id = @brandId AND m.status = 'open' AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.mention_id = m.id AND o.state = 'open'))
            SELECT 'language' AS kind, language AS value, COUNT(*) AS count FROM open_mentions WHERE language IS NOT NULL GROUP BY language
            UNION ALL SELECT 'topic', topic, COUNT(*) FROM open_mentions WHERE topic IS NOT NULL GROUP BY topic
            UNION ALL SELECT 'network', network, COUNT(*) FROM open_mentions GROUP BY network
            ORDER BY count DESC, value
            """,
            new { brandId })).AsList();
    }

    /// <summary>What a person answered, newest first.</summary>
    public Task<IReadOnlyList<FeedItem>> HistoryAsync(Guid personId, int limit, int offset = 0, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"""
            SELECT {Columns} {From}
            WHERE m.id IN (SELECT r.mention_id FROM replies r WHERE r.person_id = @personId)
            ORDER BY m.status_at DESC, m.id DESC LIMIT @limit OFFSET @offset
            """,
            new { personId, limit, offset }, cancellationToken);

    /// <summary>Mentions of a brand (of all, when it is null) in the order of their ids, oldest first: a page after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<FeedItem>> PageAsync(string? brandId, string? status, Guid? after, int limit, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"""
            SELECT {Columns} {From}
            WHERE (@brandId IS NULL OR m.brand_id = @brandId) AND (@status IS NULL OR m.status = @status) AND (CAST(@after AS TEXT) IS NULL OR m.id > @after)
            ORDER BY m.id LIMIT @limit
            """,
            new { brandId, status, after, limit }, cancellationToken);

    /// <summary>One mention as the lists show it, or null.</summary>
    public async Task<FeedItem?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await QueryAsync($"SELECT {Columns} {From} WHERE m.id = @id", new { id }, cancellationToken)).SingleOrDefault();

    /// <summary>How many mentions of a brand are in each state.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(string Status, int Count)>(
            "SELECT status, COUNT(*) FROM mentions WHERE brand_id = @brandId GROUP BY status", new { brandId })).ToDictionary(r => r.Status, r => r.Count);
    }

    private async Task<IReadOnlyList<FeedItem>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<FeedItem>(sql, parameters)).AsList();
    }
}

/// <summary>What to show of the open mentions.</summary>
/// <param name="Language">Only this scored language.</param>
/// <param name="Topic">Only this scored topic.</param>
/// <param name="Network">Only this network.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">After so many.</param>
public sealed record FeedFilter(string? Language = null, string? Topic = null, string? Network = null, int Limit = 30, int Offset = 0);

/// <summary>A value that open mentions have.</summary>
public sealed record OpenFacet
{
    /// <summary>language, topic or network.</summary>
    public required string Kind { get; init; }

    /// <summary>The value.</summary>
    public required string Value { get; init; }

    /// <summary>How many have it.</summary>
    public required int Count { get; init; }
}

/// <summary>A mention as a list shows it.</summary>
public sealed record FeedItem
{
    /// <inheritdoc cref="Mentions.MentionRow.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.BrandId"/>
    public required string BrandId { get; init; }

    /// <inheritdoc cref="NetworkPost.Network"/>
    public required string Network { get; init; }

    /// <inheritdoc cref="NetworkPost.ExternalId"/>
    public required string ExternalId { get; init; }

    /// <inheritdoc cref="NetworkPost.Url"/>
    public string? Url { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.ConversationId"/>
    public required Guid ConversationId { get; init; }

    /// <inheritdoc cref="NetworkPost.InReplyTo"/>
    public string? InReplyTo { get; init; }

    /// <inheritdoc cref="PostAuthor.Id"/>
    public required string AuthorId { get; init; }

    /// <inheritdoc cref="PostAuthor.Handle"/>
    public required string AuthorHandle { get; init; }

    /// <inheritdoc cref="PostAuthor.Name"/>
    public string? AuthorName { get; init; }

    /// <inheritdoc cref="PostAuthor.Followers"/>
    public int? AuthorFollowers { get; init; }

    /// <inheritdoc cref="NetworkPost.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="NetworkPost.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.ReceivedAt"/>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.Status"/>
    public required MentionStatus Status { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.StatusAt"/>
    public required DateTimeOffset StatusAt { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.Queue"/>
    public string? Queue { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.DueAt"/>
    public DateTimeOffset? DueAt { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.AssigneeId"/>
    public Guid? AssigneeId { get; init; }

    /// <summary>The assignee's name.</summary>
    public string? AssigneeName { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.Fence"/>
    public long Fence { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.ClaimExpiresAt"/>
    public DateTimeOffset? ClaimExpiresAt { get; init; }

    /// <inheritdoc cref="Mentions.MentionRow.Version"/>
    public long Version { get; init; }

    /// <summary>The scored language; null before it was scored.</summary>
    public string? Language { get; init; }

    /// <summary>The scored sentiment: negative, neutral, positive.</summary>
    public string? Sentiment { get; init; }

    /// <summary>Probability that the text is angry, 0 to 1.</summary>
    public double? Anger { get; init; }

    /// <summary>Probability that the text is offensive, 0 to 1.</summary>
    public double? Toxicity { get; init; }

    /// <summary>The scored topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Who has the open offer.</summary>
    public Guid? OfferedTo { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? OfferExpiresAt { get; init; }
}
