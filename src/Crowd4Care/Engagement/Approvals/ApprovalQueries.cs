using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement.Approvals;

/// <summary>What waits for approval, and what decides whether something has to.</summary>
public sealed class ApprovalQueries(Database database)
{
    /// <summary>Replies that wait for approval, the oldest first.</summary>
    public async Task<IReadOnlyList<WaitingReply>> ListAsync(string brandId, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingReply>(
            $"""
            SELECT r.id AS reply_id, m.id AS mention_id, m.network, m.author_handle, m.author_name, m.text AS question, m.created_at, m.language, m.topic,
              r.text AS answer, r.signature, r.person_id, p.name AS person_name, p.trust, r.created_at AS handed_in_at
            FROM (
              SELECT * FROM mentions WHERE brand_id = @brandId AND status = 'approval' AND {MentionSets.Routed} ORDER BY id LIMIT @limit) AS m
            JOIN replies r ON r.mention_id = m.id AND r.state IN ('held', 'approval', 'sending') AND r.state = 'approval'
            LEFT JOIN people p ON p.id = r.person_id
            ORDER BY r.created_at, r.id
            """,
            new { brandId, limit })).AsList();
    }

    /// <summary>How many wait.</summary>
    public async Task<int> CountAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<int>(
            $"SELECT COUNT(*) FROM mentions WHERE brand_id = @brandId AND status = 'approval' AND {MentionSets.Routed}", new { brandId });
    }

    /// <summary>What decides whether a person's reply to a mention waits.</summary>
    public async Task<ApprovalFacts> FactsAsync(Guid mentionId, Guid personId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var writer = await connection.QuerySingleOrDefaultAsync<ApprovalFacts>(
            "SELECT p.role, p.trust, b.approval_below_trust AS below_trust FROM people p JOIN brands b ON b.id = p.brand_id WHERE p.id = @personId", new { personId });
        var decision = await connection.QueryFirstOrDefaultAsync<string>(
            "SELECT explanation FROM decisions WHERE mention_id = @mentionId ORDER BY decided_at DESC, id DESC LIMIT 1", new { mentionId });
        // Somebody who is not known any more is nobody to trust.
        writer ??= new ApprovalFacts { Role = Role.Advocate, Trust = 0, BelowTrust = 1 };
        return writer with { RuleAsks = decision is not null && Asks(decision) };
    }

    private static bool Asks(string decision)
    {
        using var document = JsonDocument.Parse(decision);
        return document.RootElement.TryGetProperty("requireApproval", out var asks) && asks.ValueKind == JsonValueKind.True;
    }
}

/// <summary>A reply that waits for approval, with what it answers.</summary>
public sealed record WaitingReply
{
    /// <summary>The reply.</summary>
    public required Guid ReplyId { get; init; }

    /// <summary>The mention that it answers.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Who is answered.</summary>
    public required string AuthorHandle { get; init; }

    /// <summary>The display name of who is answered.</summary>
    public string? AuthorName { get; init; }

    /// <summary>What the customer wrote.</summary>
    public required string Question { get; init; }

    /// <summary>When the customer wrote it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The scored language.</summary>
    public string? Language { get; init; }

    /// <summary>The scored topic.</summary>
    public string? Topic { get; init; }

    /// <summary>The reply as it would stand there.</summary>
    public required string Answer { get; init; }

    /// <summary>What of <see cref="Answer"/> is the signature; null for replies from before this was stored.</summary>
    public string? Signature { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name of who wrote it.</summary>
    public string? PersonName { get; init; }

    /// <summary>The trust level of who wrote it.</summary>
    public int Trust { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset HandedInAt { get; init; }
}
