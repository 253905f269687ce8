using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Mentions;

/// <summary>Stores new mentions in their conversations, and finds them again.</summary>
public sealed class MentionStore(Database database, Journal journal, TimeProvider clock)
{
    private readonly string insertMentions =
        $"""
        INSERT INTO mentions (id, brand_id, channel_id, network, external_id, content_id, url, conversation_id, in_reply_to, root_id,
          root_content_id, author_id, author_handle, author_name, author_followers, author_verified, author_bot, text, languages, brand_handle, relation,
          is_repost, created_at, received_at, status, status_at)
        SELECT r.value->>'id', @brandId, @channelId, r.value->>'network', r.value->>'externalId', r.value->>'contentId', r.value->>'url',
          r.value->>'conversationId', r.value->>'inReplyTo', r.value->>'rootId', r.value->>'rootContentId', r.value->>'authorId',
          r.value->>'authorHandle', r.value->>'authorName', CAST(r.value->>'authorFollowers' AS BIGINT), CAST(r.value->>'authorVerified' AS INTEGER),
          CAST(r.value->>'authorBot' AS INTEGER), r.value->>'text', r.value->>'languages', r.value->>'brandHandle', r.value->>'relation', CAST(r.value->>'isRepost' AS INTEGER), CAST(r.value->>'createdAt' AS BIGINT), @now, 'received', @now
        FROM {database.Dialect.Rows}
        WHERE true
        ON CONFLICT (network, external_id) DO NOTHING
        RETURNING id
        """;

    /// <summary>
    /// Stores posts as mentions in status received; those already stored are left as they are. A follow-up after an answer
    /// reopens its conversation.
    /// </summary>
    /// <returns>The ids of the newly stored ones, in the order of <paramref name="posts"/>.</returns>
    public async Task<IReadOnlyList<Guid>> InsertAsync(DbTransaction transaction, string brandId, Guid? channelId, IReadOnlyCollection<PreparedPost> posts)
    {
        if (posts.Count == 0)
            return [];

        var now = clock.GetUtcNow();
        var known = await ConversationsOfAsync(transaction, posts);
        var mentions = ToMentions(posts, known);
        var parameters = new { rows = Sql.Rows(mentions.Select(m => m.Post.RowOf(m.Id, m.ConversationId))), brandId, channelId, now };
        var inserted = (await transaction.QueryAsync<Guid>(insertMentions, parameters)).ToHashSet();

        var stored = mentions.FindAll(m => inserted.Contains(m.Id));
        var ids = stored.ConvertAll(m => m.Id);
        await journal.AppendAsync(transaction, now, brandId, JournalKinds.Received, ids);
        await ReopenAsync(transaction, brandId, stored.FindAll(m => m.Post.Post.InReplyTo is not null).ConvertAll(m => m.Id), now);
        return ids;
    }

    /// <summary>What classification reads of mentions, in no particular order.</summary>
    public async Task<IReadOnlyList<MentionText>> TextsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<MentionText>(
            $"SELECT id, brand_id, text, languages, in_reply_to IS NOT NULL AS is_reply, status, received_at, version FROM mentions WHERE id IN {database.Dialect.Ids}", new { ids = Sql.Ids(ids) })).AsList();
    }

    /// <summary>Stored mentions by id, in no particular order.</summary>
    public async Task<IReadOnlyList<MentionRow>> LoadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<MentionRow>($"SELECT * FROM mentions WHERE id IN {database.Dialect.Ids}", new { ids = Sql.Ids(ids) })).AsList();
    }

    /// <summary>
    /// Takes those of the mentions that are still as they were read and that nobody else is changing now, until the transaction is over. So
    /// reading and thinking need no transaction, and the one that stores is short.
    /// </summary>
    /// <param name="versions">The versions that were read.</param>
    public async Task<IReadOnlySet<Guid>> HoldAsync(DbTransaction transaction, IReadOnlyDictionary<Guid, long> versions) =>
        (await transaction.QueryAsync<(Guid Id, long Version)>(
            $"SELECT id, version FROM mentions WHERE id IN {database.Dialect.Ids} ORDER BY id {database.Dialect.SkipLocked}", new { ids = Sql.Ids(versions.Keys) }))
        .Where(m => versions[m.Id] == m.Version).Select(m => m.Id).ToHashSet();

    /// <summary>One stored mention, or null.</summary>
    public async Task<MentionRow?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<MentionRow>("SELECT * FROM mentions WHERE id = @id", new { id });
    }

    /// <summary>One stored mention, or null; nobody else can change it until the transaction is over.</summary>
    public Task<MentionRow?> FindAsync(DbTransaction transaction, Guid id) =>
        transaction.SingleAsync<MentionRow>($"SELECT * FROM mentions WHERE id = @id {database.Dialect.ForUpdate}", new { id });

    /// <summary>Mentions that have been in a passing state since before <paramref name="before"/>, oldest first: their wake-up was lost.</summary>
    public async Task<IReadOnlyList<Guid>> StuckAsync(MentionStatus status, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(
            $"SELECT id FROM mentions WHERE {MentionSets.Passing} AND status = @status AND status_at < @before ORDER BY status_at LIMIT @limit",
            new { status = status.ToText(), before, limit })).AsList();
    }

    /// <summary>Whether any mention still waits for classification or routing.</summary>
    public async Task<bool> AnyUnroutedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM mentions WHERE {MentionSets.Passing}) THEN 1 ELSE 0 END") == 1;
    }

    /// <summary>How many mentions wait for classification or routing, and since when the oldest does.</summary>
    public async Task<(long Count, DateTimeOffset? Oldest)> UnroutedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, DateTimeOffset?)>(
            $"SELECT COUNT(*), MIN(status_at) FROM mentions WHERE {MentionSets.Passing}");
    }

    /// <summary>Whether any of these mentions still waits for classification or routing.</summary>
    public async Task<bool> AnyUnroutedAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM mentions WHERE id IN {database.Dialect.Ids} AND {MentionSets.Passing}) THEN 1 ELSE 0 END",
            new { ids = Sql.Ids(ids) }) == 1;
    }

    /// <summary>Mentions with these external ids, or by these authors, that are still there.</summary>
    public Task<IReadOnlyList<Guid>> ToPurgeAsync(DbTransaction transaction, string network, IEnumerable<string> externalOrAuthorIds) =>
        transaction.QueryAsync<Guid>(
            $"""
            SELECT id FROM mentions WHERE network = @network AND external_id IN {database.Dialect.Ids} AND status <> 'deleted'
            UNION
            SELECT id FROM mentions WHERE network = @network AND author_id IN {database.Dialect.Ids} AND status <> 'deleted'
            """,
            new { network, ids = Sql.Ids(externalOrAuthorIds) });

    // A post joins the conversation of the post that it answers, whether that is a mention or one of our replies. Otherwise its
    // conversation is named by its root.
    private async Task<Dictionary<(string Network, string ExternalId), Guid>> ConversationsOfAsync(
        DbTransaction transaction, IReadOnlyCollection<PreparedPost> posts)
    {
        var parents = posts.Select(p => p.Post).Where(p => p.InReplyTo is not null).ToList();
        var known = parents.Count == 0 ? [] : await transaction.QueryAsync<Parent>(
            // Joined row by row: with two lists of values the engine may rather read the whole table.
            $"""
            WITH parents AS (SELECT DISTINCT r.value->>'network' AS network, r.value->>'inReplyTo' AS id FROM {database.Dialect.Rows})
            SELECT m.network, m.external_id, m.conversation_id FROM parents p CROSS JOIN mentions m WHERE m.network = p.network AND m.external_id = p.id
            UNION ALL
            SELECT ours.network, ours.external_id, m.conversation_id FROM parents p CROSS JOIN replies ours JOIN mentions m ON m.id = ours.mention_id
            WHERE ours.network = p.network AND ours.external_id = p.id
            """,
            new { rows = Sql.Rows(parents.Select(p => new { p.Network, p.InReplyTo })) });
        return known.DistinctBy(k => (k.Network, k.ExternalId)).ToDictionary(k => (k.Network, k.ExternalId), k => k.ConversationId);
    }

    // Ids are made here, by whoever has the transaction: readers of pages after an id rely on their being in the order of commits.
    private List<NewMention> ToMentions(IReadOnlyCollection<PreparedPost> posts, Dictionary<(string, string), Guid> known)
    {
        var roots = new Dictionary<(string, string), string>();
        return [.. posts.Select(prepared =>
        {
            var post = prepared.Post;
            var conversation = post.InReplyTo is { } parent && known.TryGetValue((post.Network, parent), out var found) ? found : (Guid?)null;
            var root = post.RootId
                ?? (post.InReplyTo is null ? post.ExternalId : roots.GetValueOrDefault((post.Network, post.InReplyTo), post.InReplyTo));
            roots[(post.Network, post.ExternalId)] = root;
            if (conversation is { } joined)
                known[(post.Network, post.ExternalId)] = joined;

            return new NewMention(Ids.New(clock), conversation ?? Ids.Of(post.Network, root), prepared);
        })];
    }

    // Writes the fact for the answered mention; the follow-up itself is routed like any mention, first to who answered.
    private async Task ReopenAsync(DbTransaction transaction, string brandId, IReadOnlyCollection<Guid> followUps, DateTimeOffset now)
    {
        if (followUps.Count == 0)
            return;

        var reopened = await transaction.QueryAsync<Reopened>(
            $"""
            SELECT f.id AS follow_up_id, (
              SELECT a.id FROM mentions a
              WHERE a.conversation_id = f.conversation_id AND a.author_id = f.author_id AND a.id <> f.id AND a.status IN ('answered', 'resolved')
              ORDER BY a.created_at DESC LIMIT 1) AS answered_id
            FROM mentions f WHERE f.id IN {database.Dialect.Ids}
            """,
            new { ids = Sql.Ids(followUps) });
        await journal.AppendAsync(transaction, reopened.Where(r => r.AnsweredId is not null).Select(r => new JournalEntry
        {
            At = now, BrandId = brandId, MentionId = r.AnsweredId, Kind = JournalKinds.Reopened, Data = Sql.ToJson(new { by = r.FollowUpId }),
        }));
    }

    private sealed record Parent
    {
        public required string Network { get; init; }

        public required string ExternalId { get; init; }

        public required Guid ConversationId { get; init; }
    }

    private sealed record Reopened
    {
        public required Guid FollowUpId { get; init; }

        public Guid? AnsweredId { get; init; }
    }

    private sealed record NewMention(Guid Id, Guid ConversationId, PreparedPost Post);
}
