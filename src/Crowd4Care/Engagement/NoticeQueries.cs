using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>What is new for somebody since a moment: what their browser may tell them of. The newest few of each kind.</summary>
public sealed class NoticeQueries(Database database)
{
    // More at once is told as a number.
    private const int Most = 5;

    private const string Offers =
        """
        SELECT 'offer' AS kind, m.id AS mention_id, m.network, m.text, o.offered_at AS at
        FROM offers o JOIN mentions m ON m.id = o.mention_id
        WHERE o.person_id = @personId AND o.state = 'open' AND o.offered_at > @since
        ORDER BY o.offered_at DESC LIMIT @Most
        """;

    private const string Escalations =
        """
        SELECT 'escalation' AS kind, id AS mention_id, network, text, status_at AS at FROM mentions
        WHERE brand_id = @brandId AND status = 'escalated' AND status_at > @since
        ORDER BY status_at DESC LIMIT @Most
        """;

    // The words of a question are its own.
    private const string Questions =
        """
        SELECT 'question' AS kind, q.mention_id, m.network, q.text, q.asked_at AS at
        FROM (SELECT * FROM questions WHERE brand_id = @brandId AND state = 'waiting' AND id > @first ORDER BY id DESC LIMIT @Most) AS q
        JOIN mentions m ON m.id = q.mention_id
        WHERE q.asked_at > @since
        """;

    private const string Approvals =
        $"""
        SELECT 'approval' AS kind, m.id AS mention_id, m.network, r.text, r.created_at AS at
        FROM (SELECT id, network FROM mentions WHERE brand_id = @brandId AND status = 'approval' AND {MentionSets.Routed} ORDER BY id DESC LIMIT 200) AS m
        JOIN replies r ON r.mention_id = m.id AND r.state IN ('held', 'approval', 'sending') AND r.state = 'approval'
        WHERE r.created_at > @since ORDER BY r.created_at DESC LIMIT @Most
        """;

    /// <summary>What is offered to an advocate since then, the newest first.</summary>
    public async Task<IReadOnlyList<Notice>> OffersAsync(Guid personId, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Notice>(Offers, new { personId, since, Most })).AsList();
    }

    /// <summary>What came to staff since then, of these kinds, the newest first.</summary>
    public async Task<IReadOnlyList<Notice>> OfStaffAsync(
        string brandId, IReadOnlyCollection<NoticeKind> kinds, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var found = new List<Notice>();
        await using var connection = await database.OpenAsync(cancellationToken);
        foreach (var (kind, sql) in new[] { (NoticeKind.Escalation, Escalations), (NoticeKind.Question, Questions), (NoticeKind.Approval, Approvals) })
        {
            if (kinds.Contains(kind))
                found.AddRange(await connection.QueryAsync<Notice>(sql, new { brandId, since, first = Ids.FirstOf(since), Most }));
        }

        return [.. found.OrderByDescending(n => n.At)];
    }
}

/// <summary>Something new.</summary>
public sealed record Notice
{
    /// <summary>What it is.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>The mention that it is about.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>What the customer wrote, what was asked, or what the reply says.</summary>
    public required string Text { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What somebody can be told of.</summary>
public enum NoticeKind
{
    /// <summary>A mention is offered to this advocate.</summary>
    Offer,

    /// <summary>A mention came to staff.</summary>
    Escalation,

    /// <summary>An advocate asks staff.</summary>
    Question,

    /// <summary>A reply waits for approval.</summary>
    Approval,
}
