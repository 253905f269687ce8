using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Escalation;

/// <summary>The staff queues.</summary>
public sealed class QueueQueries(Database database)
{
    /// <summary>What waits for staff and what staff have taken: by priority, waiting time and due time together (<see cref="QueueItem.PointsAt"/>), then by age.</summary>
    /// <param name="queue">Only this queue; null for all.</param>
    public async Task<IReadOnlyList<QueueItem>> ListAsync(string brandId, string? queue, int limit, int offset = 0, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<QueueItem>(
            $"""
            SELECT m.id, m.network, m.author_handle, m.author_name, m.author_followers, m.text, m.created_at, m.received_at, m.status, m.priority, m.queue, m.due_at,
              m.assignee_id, a.name AS assignee_name, s.language, s.sentiment, s.anger, s.topic
            FROM mentions m LEFT JOIN people a ON a.id = m.assignee_id LEFT JOIN scores s ON s.mention_id = m.id
            WHERE m.brand_id = @brandId AND m.queue IS NOT NULL AND m.status IN ('escalated', 'claimed') AND (@queue IS NULL OR m.queue = @queue)
            ORDER BY {MentionSets.QueueRank} DESC, m.id LIMIT @limit OFFSET @offset
            """,
            new { brandId, queue, limit, offset })).AsList();
    }

    /// <summary>How many wait in each queue.</summary>
    public async Task<IReadOnlyList<QueueCount>> CountsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<QueueCount>(
            """
            SELECT queue, COUNT(*) AS waiting FROM mentions
            WHERE brand_id = @brandId AND queue IS NOT NULL AND status IN ('escalated', 'claimed') AND status = 'escalated'
            GROUP BY queue ORDER BY queue
            """,
            new { brandId })).AsList();
    }
}

/// <summary>An escalation as the queue shows it.</summary>
public sealed record QueueItem
{
    // As MentionSets.QueueRank has it.
    private const double MinutesOfAPoint = 4;

    /// <summary>The mention.</summary>
    public required Guid Id { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string AuthorHandle { get; init; }

    /// <summary>The author's display name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>How many follow the author.</summary>
    public int? AuthorFollowers { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>escalated, or claimed when staff have taken it.</summary>
    public required Contracts.MentionStatus Status { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Higher is more urgent.</summary>
    public int Priority { get; init; }

    /// <summary>The points that waiting adds: one for every four minutes.</summary>
    public double WaitingPointsAt(DateTimeOffset now) => (now - ReceivedAt).TotalMinutes / MinutesOfAPoint;

    /// <summary>The points that the due time adds: one for every four minutes past it; as long as there is time, it takes them off.</summary>
    public double DuePointsAt(DateTimeOffset now) => (now - (DueAt ?? ReceivedAt)).TotalMinutes / MinutesOfAPoint;

    /// <summary>The sum by which the queue is ordered.</summary>
    public double PointsAt(DateTimeOffset now) => Priority + WaitingPointsAt(now) + DuePointsAt(now);

    /// <summary>The queue.</summary>
    public required string Queue { get; init; }

    /// <summary>When it should have been answered.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who has taken it.</summary>
    public Guid? AssigneeId { get; init; }

    /// <summary>The name of who has taken it.</summary>
    public string? AssigneeName { get; init; }

    /// <summary>The scored language.</summary>
    public string? Language { get; init; }

    /// <summary>The scored sentiment.</summary>
    public string? Sentiment { get; init; }

    /// <summary>Probability that the text is angry, 0 to 1.</summary>
    public double? Anger { get; init; }

    /// <summary>The scored topic.</summary>
    public string? Topic { get; init; }
}

/// <summary>A queue and how many wait in it.</summary>
public sealed record QueueCount
{
    /// <summary>The queue.</summary>
    public required string Queue { get; init; }

    /// <summary>How many wait.</summary>
    public required int Waiting { get; init; }
}
