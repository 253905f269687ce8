using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>What the lists of the desk and the API show.</summary>
public sealed class FeedQueries(Database database, ISharedCache cache)
{
    private static readonly TimeSpan FacetsLast = TimeSpan.FromSeconds(5);

    private const string Columns =
        """
        m.id, m.brand_id, m.network, m.external_id, m.url, m.conversation_id, m.in_reply_to, m.author_id, m.author_handle, m.author_name, m.author_followers, m.author_verified, m.author_bot, m.text,
        m.created_at, m.received_at, m.status, m.status_at, m.priority, m.queue, m.due_at, m.assignee_id, a.name AS assignee_name, m.fence, m.claim_expires_at,
        m.claim_minutes, m.claim_extensions, m.version, s.language, s.sentiment, s.anger, s.toxicity, s.topic,
        o.person_id AS offered_to, o.expires_at AS offer_expires_at,
        (SELECT COUNT(*) FROM offers f WHERE f.mention_id = m.id AND f.state = 'open') AS offered_to_count,
        CASE m.status WHEN 'open' THEN COALESCE(o.places, (SELECT w.places FROM waiting w WHERE w.mention_id = m.id), 1) WHEN 'claimed' THEN m.places ELSE 1 END AS places
        """;

    private const string From =
        """
        FROM mentions m
        LEFT JOIN scores s ON s.mention_id = m.id
        LEFT JOIN people a ON a.id = m.assignee_id
        LEFT JOIN offers o ON o.id = (
          SELECT f.id FROM offers f WHERE f.mention_id = m.id AND f.state = 'open' ORDER BY CASE WHEN f.person_id = @viewer THEN 0 ELSE 1 END, f.id LIMIT 1)
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

    /// <summary>Mentions that a person has claimed, the soonest to expire first; those whose reply is on its way or waits for approval before them.</summary>
    public Task<IReadOnlyList<FeedItem>> ClaimedAsync(Guid personId, CancellationToken cancellationToken = default) =>
        QueryAsync(
            $"SELECT {Columns} {From} WHERE m.assignee_id = @personId AND m.status IN ('claimed', 'approval') ORDER BY COALESCE(m.claim_expires_at, 0), m.id",
            new { personId, viewer = (Guid?)null }, cancellationToken);

    /// <summary>
    /// Open mentions that nobody has reserved, in the languages that the person speaks (all, when none is declared) first, then the
    /// most urgent and the newest.
    /// </summary>
    public async Task<IReadOnlyList<FeedItem>> OpenAsync(string brandId, Guid personId, FeedFilter filter, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await OpenLists.PageAsync(connection, brandId, personId, filter);
        // Somebody may have taken one meanwhile.
        return [.. (await LoadAsync(connection, ids)).Where(m => m is { Status: MentionStatus.Open, OfferedTo: null })];
    }

    /// <summary>The languages, topics and networks of the open mentions that nobody has reserved, the most frequent first; some seconds old.</summary>
    public Task<IReadOnlyList<OpenFacet>> OpenFacetsAsync(string brandId, CancellationToken cancellationToken = default) =>
        cache.GetAsync("open facets", brandId, FacetsLast, () => CountOpenAsync(brandId, cancellationToken));

    /// <summary>What a person answered, their last answer first.</summary>
    public async Task<IReadOnlyList<FeedItem>> HistoryAsync(Guid personId, int limit, int offset = 0, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<Guid>(
            """
            SELECT r.mention_id FROM replies r
            WHERE r.person_id = @personId AND r.state <> 'undone' AND NOT EXISTS (
              SELECT 1 FROM replies later
              WHERE later.mention_id = r.mention_id AND later.person_id = r.person_id AND later.state <> 'undone' AND (later.created_at, later.id) > (r.created_at, r.id))
            ORDER BY r.created_at DESC, r.id DESC LIMIT @limit OFFSET @offset
            """,
            new { personId, limit, offset });
        return await LoadAsync(connection, ids.AsList());
    }

    /// <summary>Mentions of a brand (of all, when it is null) in the order of their ids, oldest first: a page after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<FeedItem>> PageAsync(string? brandId, string? status, Guid? after, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<Guid>(PageText(brandId, status), new { brandId, status, after = after ?? Guid.Empty, limit });
        return await LoadAsync(connection, ids.AsList());
    }

    /// <summary>One mention as the lists show it, or null.</summary>
    /// <param name="id">The mention.</param>
    /// <param name="viewer">Who looks: of several open offers theirs is shown; null for nobody of them.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<FeedItem?> FindAsync(Guid id, Guid? viewer = null, CancellationToken cancellationToken = default) =>
        (await QueryAsync($"SELECT {Columns} {From} WHERE m.id = @id", new { id, viewer }, cancellationToken)).SingleOrDefault();

    /// <summary>These mentions as the lists show them, in their order; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<FeedItem>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await LoadAsync(connection, ids);
    }

    /// <summary>How many mentions of a brand are in each state.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(string Status, int Count)>(
            $"""
            SELECT status, COUNT(*) FROM mentions WHERE brand_id = @brandId AND {MentionSets.Passing} GROUP BY status
            UNION ALL SELECT status, COUNT(*) FROM mentions WHERE brand_id = @brandId AND {MentionSets.Routed} GROUP BY status
            """,
            new { brandId })).ToDictionary(r => r.Status, r => r.Count);
    }

    // The statuses of a brand lie beside each other in the index, each in the order of ids.
    private static string PageText(string? brandId, string? status)
    {
        if (brandId is null)
            return $"SELECT id FROM mentions WHERE id > @after {(status is null ? "" : "AND status = @status")} ORDER BY id LIMIT @limit";

        var parts = Enum.GetValues<MentionStatus>().Where(s => status is null || s.ToText() == status).Select(s =>
            $"""
            SELECT id FROM (
              SELECT id FROM mentions
              WHERE brand_id = @brandId AND status = '{s.ToText()}' AND {(s is MentionStatus.Received or MentionStatus.Classified ? MentionSets.Passing : MentionSets.Routed)}
                AND id > @after
              ORDER BY id LIMIT @limit) AS {s.ToText()}
            """);
        return $"{string.Join(" UNION ALL ", parts)} ORDER BY id LIMIT @limit";
    }

    private async Task<IReadOnlyList<OpenFacet>> CountOpenAsync(string brandId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<OpenFacet>(
            """
            WITH open_mentions AS (
              SELECT m.network, m.language, m.topic, COUNT(*) AS mentions FROM mentions m
              WHERE m.brand_id = @brandId AND m.status = 'open' AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.mention_id = m.id AND o.state = 'open')
              GROUP BY m.network, m.language, m.topic)
            SELECT 'language' AS kind, language AS value, CAST(SUM(mentions) AS INTEGER) AS count FROM open_mentions WHERE language IS NOT NULL GROUP BY language
            UNION ALL SELECT 'topic', topic, CAST(SUM(mentions) AS INTEGER) FROM open_mentions WHERE topic IS NOT NULL GROUP BY topic
            UNION ALL SELECT 'network', network, CAST(SUM(mentions) AS INTEGER) FROM open_mentions GROUP BY network
            ORDER BY count DESC, value
            """,
            new { brandId })).AsList();
    }

    // In the order of the ids.
    private async Task<IReadOnlyList<FeedItem>> LoadAsync(DbConnection connection, IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0)
            return [];

        var items = (await connection.QueryAsync<FeedItem>($"SELECT {Columns} {From} WHERE m.id IN {database.Dialect.Ids}", new { ids = Sql.Ids(ids), viewer = (Guid?)null }))
            .ToDictionary(m => m.Id);
        return [.. ids.Select(id => items.GetValueOrDefault(id)).OfType<FeedItem>()];
    }

    private async Task<IReadOnlyList<FeedItem>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<FeedItem>(sql, parameters)).AsList();
    }
}

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
    /// <inheritdoc cref="MentionRow.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="MentionRow.BrandId"/>
    public required string BrandId { get; init; }

    /// <inheritdoc cref="NetworkPost.Network"/>
    public required string Network { get; init; }

    /// <inheritdoc cref="NetworkPost.ExternalId"/>
    public required string ExternalId { get; init; }

    /// <inheritdoc cref="NetworkPost.Url"/>
    public string? Url { get; init; }

    /// <inheritdoc cref="MentionRow.ConversationId"/>
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

    /// <inheritdoc cref="PostAuthor.IsVerified"/>
    public bool? AuthorVerified { get; init; }

    /// <inheritdoc cref="PostAuthor.IsBot"/>
    public bool? AuthorBot { get; init; }

    /// <inheritdoc cref="NetworkPost.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="NetworkPost.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="MentionRow.ReceivedAt"/>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc cref="MentionRow.Status"/>
    public required MentionStatus Status { get; init; }

    /// <inheritdoc cref="MentionRow.StatusAt"/>
    public required DateTimeOffset StatusAt { get; init; }

    /// <inheritdoc cref="MentionRow.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="MentionRow.Queue"/>
    public string? Queue { get; init; }

    /// <inheritdoc cref="MentionRow.DueAt"/>
    public DateTimeOffset? DueAt { get; init; }

    /// <inheritdoc cref="MentionRow.AssigneeId"/>
    public Guid? AssigneeId { get; init; }

    /// <summary>The assignee's name.</summary>
    public string? AssigneeName { get; init; }

    /// <inheritdoc cref="MentionRow.Fence"/>
    public long Fence { get; init; }

    /// <inheritdoc cref="MentionRow.ClaimExpiresAt"/>
    public DateTimeOffset? ClaimExpiresAt { get; init; }

    /// <inheritdoc cref="MentionRow.ClaimMinutes"/>
    public double? ClaimMinutes { get; init; }

    /// <inheritdoc cref="MentionRow.ClaimExtensions"/>
    public int ClaimExtensions { get; init; }

    /// <inheritdoc cref="MentionRow.Version"/>
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

    /// <summary>Who has an open offer: of several the viewer, where they have one, else the first who was chosen.</summary>
    public Guid? OfferedTo { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? OfferExpiresAt { get; init; }

    /// <summary>How many have an open offer of it: whoever claims first has it.</summary>
    public int OfferedToCount { get; init; }

    /// <summary>How many places of its holder's capacity it takes, or would take of whoever claims it.</summary>
    public int Places { get; init; } = 1;
}
