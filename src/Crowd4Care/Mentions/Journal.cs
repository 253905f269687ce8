using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Mentions;

/// <summary>The append-only record of everything that happened. Entries are written in the transaction of the change that they tell of.</summary>
public sealed class Journal(Database database)
{
    private readonly string append =
        $"""
        INSERT INTO journal (at, brand_id, mention_id, actor_id, actor_role, kind, data)
        SELECT CAST(r.value->>'at' AS BIGINT), r.value->>'brandId', r.value->>'mentionId', r.value->>'actorId',
          (SELECT p.role FROM people p WHERE p.id = r.value->>'actorId'), r.value->>'kind', r.value->>'data'
        FROM {database.Dialect.Rows}
        """;

    /// <summary>Writes entries; they get their numbers in this order.</summary>
    public async Task AppendAsync(DbTransaction transaction, IEnumerable<JournalEntry> entries)
    {
        var rows = Sql.Rows(entries);
        if (rows != "[]")
            await transaction.ExecuteAsync(append, new { rows });
    }

    /// <summary>Writes one entry.</summary>
    public Task AppendAsync(DbTransaction transaction, JournalEntry entry) => AppendAsync(transaction, [entry]);

    /// <summary>The history of a mention, oldest first, with names of the actors.</summary>
    public async Task<IReadOnlyList<JournalEntry>> OfMentionAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<JournalEntry>(
            """
            SELECT j.seq, j.at, j.brand_id, j.mention_id, j.actor_id, j.actor_role, p.name AS actor_name, j.kind, j.data
            FROM journal j LEFT JOIN people p ON p.id = j.actor_id
            WHERE j.mention_id = @mentionId ORDER BY j.seq
            """,
            new { mentionId })).AsList();
    }

    /// <summary>Entries after <paramref name="seq"/>, oldest first.</summary>
    public async Task<IReadOnlyList<JournalEntry>> AfterAsync(long seq, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<JournalEntry>(
            "SELECT seq, at, brand_id, mention_id, actor_id, actor_role, kind, data FROM journal WHERE seq > @seq ORDER BY seq LIMIT @limit",
            new { seq, limit })).AsList();
    }
}

/// <summary>One thing that happened.</summary>
public sealed record JournalEntry
{
    /// <summary>Its number, in commit order; 0 before it is written.</summary>
    public long Seq { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For which brand.</summary>
    public string? BrandId { get; init; }

    /// <summary>About which mention.</summary>
    public Guid? MentionId { get; init; }

    /// <summary>By whom; null for the system.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What the actor was when it happened; filled in by the journal.</summary>
    public Role? ActorRole { get; init; }

    /// <summary>The actor's name, where it was asked for.</summary>
    public string? ActorName { get; init; }

    /// <summary>One of <see cref="JournalKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Details as JSON.</summary>
    public string? Data { get; init; }
}
