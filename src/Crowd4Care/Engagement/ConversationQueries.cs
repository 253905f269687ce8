using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>A conversation as people read it: the customer's posts and our replies, in order.</summary>
public sealed class ConversationQueries(Database database)
{
    /// <summary>Everything said in a conversation, oldest first.</summary>
    public async Task<IReadOnlyList<Turn>> TurnsAsync(Guid conversationId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Turn>(
            """
            SELECT m.id AS mention_id, NULL AS reply_id, m.author_name AS name, m.author_handle AS handle, m.text, m.created_at AS at, m.url, m.status AS state,
              NULL AS error, NULL AS send_at, NULL AS person_id
            FROM mentions m WHERE m.conversation_id = @conversationId
            UNION ALL
            SELECT r.mention_id, r.id, p.name, p.login, r.text, COALESCE(r.posted_at, r.created_at), r.url, r.state, r.error, r.send_at, r.person_id
            FROM replies r JOIN mentions m ON m.id = r.mention_id LEFT JOIN people p ON p.id = r.person_id
            WHERE m.conversation_id = @conversationId AND r.state <> 'undone'
            ORDER BY at, mention_id
            """,
            new { conversationId })).AsList();
    }

    /// <summary>These mentions and all others of their conversations.</summary>
    public async Task<IReadOnlyList<Guid>> TogetherAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(
            $"""
            SELECT DISTINCT m.id FROM mentions c JOIN mentions m ON m.conversation_id = c.conversation_id WHERE c.id IN {database.Dialect.Ids}
            """,
            new { ids = Sql.Ids(mentionIds) })).AsList();
    }

    /// <summary>The replies of a mention, oldest first.</summary>
    public async Task<IReadOnlyList<Reply>> RepliesAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Reply>(
            """
            SELECT r.*, p.name AS person_name FROM replies r LEFT JOIN people p ON p.id = r.person_id
            WHERE r.mention_id = @mentionId ORDER BY r.created_at
            """,
            new { mentionId })).AsList();
    }
}

/// <summary>One thing that somebody said in a conversation.</summary>
public sealed record Turn
{
    /// <summary>The mention, or the mention that was answered.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The reply; null for a customer's post.</summary>
    public Guid? ReplyId { get; init; }

    /// <summary>Who said it.</summary>
    public string? Name { get; init; }

    /// <summary>The handle, or the login name of the person who replied.</summary>
    public string? Handle { get; init; }

    /// <summary>What was said.</summary>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it stands on the network.</summary>
    public string? Url { get; init; }

    /// <summary>The mention's status or the reply's state.</summary>
    public required string State { get; init; }

    /// <summary>Why a reply failed or is late.</summary>
    public string? Error { get; init; }

    /// <summary>When a held reply goes out.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Who wrote a reply.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>True for a reply from the desk.</summary>
    public bool IsReply => ReplyId is not null;
}
