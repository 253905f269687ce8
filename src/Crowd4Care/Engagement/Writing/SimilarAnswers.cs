using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Writing;

/// <summary>What was answered before on the same topic in the same language. Computed when somebody is about to answer.</summary>
public sealed class SimilarAnswers(Database database)
{
    // The last ones of a topic: what was said long ago may be wrong today, and the cost stays the same at any volume.
    private const int Looked = 300;
    private const int Shown = 3;

    /// <summary>The answers to the mentions that are most like this one, the best first.</summary>
    public async Task<IReadOnlyList<SimilarAnswer>> FindAsync(
        string brandId, Guid mentionId, string text, string? language, string? topic, CancellationToken cancellationToken = default)
    {
        if (language is null || topic is null)
            return [];

        await using var connection = await database.OpenAsync(cancellationToken);
        var answered = (await connection.QueryAsync<SimilarAnswer>(
            """
            SELECT r.id AS reply_id, m.text AS question, r.text AS answer, r.signature, r.person_id, p.name AS person_name, r.posted_at
            FROM (
              SELECT id, text, status_at FROM mentions
              WHERE brand_id = @brandId AND topic = @topic AND language = @language AND status IN ('answered', 'resolved') AND id <> @mentionId
              ORDER BY status_at DESC LIMIT @Looked) AS m
            JOIN replies r ON r.mention_id = m.id AND r.state = 'posted'
            LEFT JOIN people p ON p.id = r.person_id
            ORDER BY m.status_at DESC, r.id DESC
            """,
            new { brandId, topic, language, mentionId, Looked })).DistinctBy(a => a.Question).ToList();
        return AnswerRanking.Best(text, answered, a => a.Question, Shown);
    }

    /// <summary>A posted reply of a brand, or null.</summary>
    public async Task<Reply?> FindReplyAsync(string brandId, Guid replyId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Reply>(
            """
            SELECT r.*, p.name AS person_name FROM replies r JOIN mentions m ON m.id = r.mention_id LEFT JOIN people p ON p.id = r.person_id
            WHERE r.id = @replyId AND r.state = 'posted' AND m.brand_id = @brandId AND m.status <> 'deleted'
            """,
            new { replyId, brandId });
    }
}

/// <summary>A mention that was answered, and its answer.</summary>
public sealed record SimilarAnswer
{
    /// <summary>The reply.</summary>
    public required Guid ReplyId { get; init; }

    /// <summary>What the customer wrote.</summary>
    public required string Question { get; init; }

    /// <summary>What was answered, as it was posted.</summary>
    public required string Answer { get; init; }

    /// <summary>What of <see cref="Answer"/> is the signature; null for answers from before this was stored.</summary>
    public string? Signature { get; init; }

    /// <summary>Who answered.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name of who answered.</summary>
    public string? PersonName { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? PostedAt { get; init; }
}
