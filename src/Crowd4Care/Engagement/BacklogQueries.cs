using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>What waits at each stage of a mention's way.</summary>
public sealed class BacklogQueries(Database database)
{
    /// <summary>All stages of a brand in the order of the way, those with nothing in them too.</summary>
    public async Task<IReadOnlyList<Backlog>> OfBrandAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        // CROSS JOIN: SQLite begins with the table that stands first, the small one.
        return (await connection.QueryAsync<Backlog>(
            $"""
            SELECT 'received' AS stage, COUNT(*) AS count, MIN(status_at) AS oldest
            FROM mentions WHERE {MentionSets.Passing} AND status = 'received' AND brand_id = @brandId
            UNION ALL
            SELECT 'classified', COUNT(*), MIN(status_at)
            FROM mentions WHERE {MentionSets.Passing} AND status = 'classified' AND brand_id = @brandId
            UNION ALL
            SELECT 'waiting', COUNT(*), MIN(m.received_at)
            FROM waiting w CROSS JOIN mentions m
            WHERE m.id = w.mention_id AND m.brand_id = @brandId AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.mention_id = w.mention_id AND o.state = 'open')
            UNION ALL
            SELECT 'sending', COUNT(*), MIN(r.created_at)
            FROM replies r CROSS JOIN mentions m
            WHERE {ReplyStore.Waiting} AND r.state = 'sending' AND m.id = r.mention_id AND m.brand_id = @brandId
            """,
            new { brandId })).AsList();
    }
}

/// <summary>What waits at one stage.</summary>
public sealed record Backlog
{
    /// <summary><c>received</c> (for its score), <c>classified</c> (for the router), <c>waiting</c> (for an advocate), <c>sending</c> (a reply, for the network).</summary>
    public required string Stage { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>Since when the oldest is there.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
