using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Questions;

/// <summary>Questions to staff, as they and those who asked see them.</summary>
public sealed class QuestionQueries(Database database)
{
    /// <summary>Questions that wait for an answer, the oldest first.</summary>
    public async Task<IReadOnlyList<WaitingQuestion>> WaitingAsync(string brandId, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingQuestion>(
            """
            SELECT q.id, q.mention_id, q.person_id, p.name AS person_name, q.text, q.asked_at, m.claim_expires_at,
              m.network, m.author_handle, m.author_name, m.text AS mention_text, m.created_at
            FROM (SELECT * FROM questions WHERE brand_id = @brandId AND state = 'waiting' ORDER BY id LIMIT @limit) AS q
            JOIN mentions m ON m.id = q.mention_id LEFT JOIN people p ON p.id = q.person_id
            ORDER BY q.id
            """,
            new { brandId, limit })).AsList();
    }

    /// <summary>How many wait.</summary>
    public async Task<int> CountAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<int>("SELECT COUNT(*) FROM questions WHERE brand_id = @brandId AND state = 'waiting'", new { brandId });
    }

    /// <summary>What was asked about a mention, the oldest first.</summary>
    public async Task<IReadOnlyList<AskedQuestion>> OfMentionAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<AskedQuestion>(
            """
            SELECT q.id, q.person_id, p.name AS person_name, q.text, q.state, q.asked_at, q.answer, a.name AS answered_by, q.ended_at
            FROM questions q LEFT JOIN people p ON p.id = q.person_id LEFT JOIN people a ON a.id = q.answered_by
            WHERE q.mention_id = @mentionId ORDER BY q.id
            """,
            new { mentionId })).AsList();
    }
}

/// <summary>A question that waits, with what it is about.</summary>
public sealed record WaitingQuestion
{
    /// <summary>Identifies the question.</summary>
    public required Guid Id { get; init; }

    /// <summary>The mention.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>Who asks.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name of who asks.</summary>
    public string? PersonName { get; init; }

    /// <summary>What they ask.</summary>
    public required string Text { get; init; }

    /// <summary>When they asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When their claim runs out, and the question ends; null while a reply of theirs is on its way.</summary>
    public DateTimeOffset? ClaimExpiresAt { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Who wrote the mention.</summary>
    public required string AuthorHandle { get; init; }

    /// <summary>The display name of who wrote the mention.</summary>
    public string? AuthorName { get; init; }

    /// <summary>What the mention says.</summary>
    public required string MentionText { get; init; }

    /// <summary>When the mention was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A question and what became of it.</summary>
public sealed record AskedQuestion
{
    /// <summary>Identifies the question.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who asked.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name of who asked.</summary>
    public string? PersonName { get; init; }

    /// <summary>What they asked.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it waits.</summary>
    public required QuestionState State { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What staff answered.</summary>
    public string? Answer { get; init; }

    /// <summary>The name of who answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>When it was answered, or its claim was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
