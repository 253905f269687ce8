using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Mentions;

/// <summary>The append-only record of everything that happened. Entries are written in the transaction of the change that they tell of.</summary>
public sealed class Journal(Database database)
{
    /// <summary>The columns of an entry, for queries that read entries.</summary>
    internal const string Columns = "seq, at, brand_id, mention_id, actor_id, actor_role, kind, data";

    private readonly string append =
        $"""
        INSERT INTO journal (at, brand_id, mention_id, actor_id, actor_role, kind, data)
        SELECT CAST(r.value->>'at' AS BIGINT), r.value->>'brandId', r.value->>'mentionId', r.value->>'actorId',
          (SELECT p.role FROM people p WHERE p.id = r.value->>'actorId'), r.value->>'kind', r.value->>'data'
        FROM {database.Dialect.Rows}
        """;

    private readonly string appendOfSystem =
        $"""
        INSERT INTO journal (at, brand_id, mention_id, kind, data)
        SELECT @at, @brandId, r.value->>'mentionId', r.value->>'kind', r.value->>'data' FROM {database.Dialect.Rows}
        """;

    private readonly string appendOfMany =
        $"INSERT INTO journal (at, brand_id, mention_id, kind) SELECT @at, @brandId, ids.value, @kind FROM {database.Dialect.Ids} AS ids";

    // Before everything, also what a restore moved below zero.
    private const long First = long.MinValue / 2;

    /// <summary>Writes entries; they get their numbers in this order.</summary>
    public async Task AppendAsync(DbTransaction transaction, IEnumerable<JournalEntry> entries)
    {
        var rows = Sql.Rows(entries);
        if (rows != "[]")
            await transaction.ExecuteAsync(append, new { rows });
    }

    /// <summary>Writes what the system did at one time to mentions of a brand; the entries get their numbers in this order.</summary>
    public async Task AppendAsync(DbTransaction transaction, DateTimeOffset at, string brandId, IReadOnlyCollection<PreparedRow> entries)
    {
        if (entries.Count > 0)
            await transaction.ExecuteAsync(appendOfSystem, new { at, brandId, rows = Sql.Rows(entries) });
    }

    /// <summary>Writes that the same happened to many mentions of a brand at one time; the entries get their numbers in this order.</summary>
    public async Task AppendAsync(DbTransaction transaction, DateTimeOffset at, string brandId, string kind, IReadOnlyCollection<Guid> mentionIds)
    {
        if (mentionIds.Count > 0)
            await transaction.ExecuteAsync(appendOfMany, new { at, brandId, kind, ids = Sql.Ids(mentionIds) });
    }

    /// <summary>The row of an entry of the system about a mention.</summary>
    public static PreparedRow ToRow(Guid mentionId, string kind, string? data = null) => Sql.Row(new { mentionId, kind, data });

    /// <summary>Writes one entry.</summary>
    public Task AppendAsync(DbTransaction transaction, JournalEntry entry) => AppendAsync(transaction, [entry]);

    /// <summary>Writes that somebody changed something that is no mention.</summary>
    /// <param name="brandId">Whose it is; null for what all brands have.</param>
    /// <param name="actor">Who; null for the system.</param>
    /// <param name="data">The details.</param>
    public Task AppendAsync(DbTransaction transaction, DateTimeOffset at, string? brandId, Guid? actor, string kind, object data) =>
        AppendAsync(transaction, new JournalEntry { At = at, BrandId = brandId, ActorId = actor, Kind = kind, Data = Sql.ToJson(data) });

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

    /// <summary>
    /// Entries of these kinds that a reader has not read, oldest first, and its position after them. Held until the transaction is over:
    /// one reader of a name reads at a time. An entry that is committed late is never passed over.
    /// </summary>
    public async Task<JournalPage> ReadOnAsync(DbTransaction transaction, string reader, IReadOnlyCollection<string> kinds, int limit)
    {
        await transaction.ExecuteAsync("INSERT INTO journal_readers (name, tx, seq) VALUES (@reader, @First, 0) ON CONFLICT (name) DO NOTHING", new { reader, First });
        var from = await transaction.SingleAsync<JournalPosition>(
            $"SELECT tx, seq FROM journal_readers WHERE name = @reader {database.Dialect.ForUpdate}", new { reader });
        // Somebody let the reader start over just now.
        if (from is null)
            return new JournalPage([], null);

        var page = $"FROM journal {database.Dialect.JournalPage}";
        var to = await transaction.SingleAsync<JournalPosition>(
            $"SELECT tx, seq FROM (SELECT tx, seq {page}) AS page ORDER BY tx DESC, seq DESC LIMIT 1", new { from.Tx, from.Seq, limit });
        if (to is null)
            return new JournalPage([], null);

        var entries = await transaction.QueryAsync<JournalEntry>(
            // Up to that end: this second look may see more, which would be read once more.
            $"SELECT {Columns} FROM (SELECT * {page}) AS page WHERE kind IN {database.Dialect.Ids} AND (tx, seq) <= (@ToTx, @ToSeq) ORDER BY tx, seq",
            new { from.Tx, from.Seq, limit, ids = Sql.Ids(kinds), ToTx = to.Tx, ToSeq = to.Seq });
        return new JournalPage(entries, to);
    }

    /// <summary>Moves a reader to the end of the page that it has dealt with.</summary>
    public Task MoveAsync(DbTransaction transaction, string reader, JournalPosition to) =>
        transaction.ExecuteAsync("UPDATE journal_readers SET tx = @Tx, seq = @Seq WHERE name = @reader", new { reader, to.Tx, to.Seq });

    /// <summary>Lets a reader read everything again.</summary>
    public Task StartOverAsync(DbTransaction transaction, string reader) =>
        transaction.ExecuteAsync("DELETE FROM journal_readers WHERE name = @reader", new { reader });

    /// <summary>Lets a reader read all that it has not read, page by page.</summary>
    /// <param name="read">What the reader does with the entries of a page.</param>
    public async Task ReadToEndAsync(
        DbTransaction transaction, string reader, IReadOnlyCollection<string> kinds, int limit, Func<IReadOnlyList<JournalEntry>, Task> read)
    {
        while (await ReadOnAsync(transaction, reader, kinds, limit) is { End: { } end } page)
        {
            await read(page.Entries);
            await MoveAsync(transaction, reader, end);
        }
    }
}

/// <summary>One thing that happened.</summary>
public sealed record JournalEntry
{
    /// <summary>Its number; 0 before it is written. For one mention in the order of its changes, for all of them not quite.</summary>
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

/// <summary>A place in the journal as its readers count it.</summary>
/// <param name="Tx">The transaction that wrote it; 0 where one process writes at a time.</param>
/// <param name="Seq">The entry's number.</param>
public sealed record JournalPosition(long Tx, long Seq);

/// <summary>What a reader gets.</summary>
/// <param name="Entries">The entries that it asked for.</param>
/// <param name="End">Where it goes on; null when there is nothing new.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, JournalPosition? End);
