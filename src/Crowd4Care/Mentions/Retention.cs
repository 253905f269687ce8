using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Mentions;

/// <summary>
/// Deletes mentions in whose conversation nothing has happened for as long as their brand keeps them, and at most for
/// <see cref="StorageOptions.KeepDays"/>, with everything of theirs. Points stay: they are the people's.
/// </summary>
public sealed class Retention(Database database, TimeProvider clock, IOptions<StorageOptions> options)
{
    private const int BatchSize = 500;

    // Nothing is going to happen to them by itself.
    private const string Resting = "'answered', 'resolved', 'ignored', 'deleted'";

    private static readonly MentionStatus[] RestingStatuses = [MentionStatus.Answered, MentionStatus.Resolved, MentionStatus.Ignored, MentionStatus.Deleted];

    // Ids are in the order of their times: the old ones are the first of each status in the index.
    private readonly string page =
        $"""
        SELECT id FROM mentions
        WHERE brand_id = @BrandId AND status = @status AND {MentionSets.Routed} AND id > @After AND id < @before
        ORDER BY id LIMIT @BatchSize {database.Dialect.SkipLocked}
        """;

    private readonly string ripe =
        $"""
        SELECT m.id FROM mentions m
        WHERE m.id IN {database.Dialect.Ids}
          AND NOT EXISTS (
            SELECT 1 FROM mentions o WHERE o.conversation_id = m.conversation_id AND (o.status NOT IN ({Resting}) OR o.status_at >= @until))
          AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.mention_id = m.id AND (j.tx, j.seq) > (@Tx, @Seq))
        """;

    private readonly string delete =
        $"""
        DELETE FROM journal WHERE mention_id IN {database.Dialect.Ids};
        DELETE FROM mentions WHERE id IN {database.Dialect.Ids};
        """;

    /// <summary>The places where a walk over the old mentions passes, in their order.</summary>
    public async Task<IReadOnlyList<RetentionPlace>> PlacesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var brands = await connection.QueryAsync<(string Id, int? KeepDays)>("SELECT id, keep_days FROM brands ORDER BY id");
        return
        [
            .. brands.Select(b => (b.Id, Days: b.KeepDays < options.Value.KeepDays ? b.KeepDays : options.Value.KeepDays ?? b.KeepDays))
                .Where(b => b.Days is not null)
                .SelectMany(b => RestingStatuses.Select(status => new RetentionPlace(b.Id, status, Guid.Empty, b.Days!.Value))),
        ];
    }

    /// <summary>Looks at the next few mentions of a place and deletes those whose time is over.</summary>
    /// <returns>Where to go on, or null when the place has no more.</returns>
    public Task<RetentionPlace?> DeleteAsync(RetentionPlace place, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var until = clock.GetUtcNow() - TimeSpan.FromDays(place.Days);
            var ids = await transaction.QueryAsync<Guid>(
                page, new { place.BrandId, status = place.Status.ToText(), place.After, before = Ids.FirstOf(until), BatchSize });
            if (ids.Count > 0 && await ReadAsync(transaction) is { } read)
            {
                var over = await transaction.QueryAsync<Guid>(ripe, new { ids = Sql.Ids(ids), until, read.Tx, read.Seq });
                if (over.Count > 0)
                    await transaction.ExecuteAsync(delete, new { ids = Sql.Ids(over) });
            }

            return ids.Count < BatchSize ? null : place with { After = ids[^1] };
        }, cancellationToken);

    // What the slowest reader of the journal has read. Who has not begun yet is going to need everything.
    private static Task<JournalPosition?> ReadAsync(DbTransaction transaction) =>
        transaction.SingleAsync<JournalPosition>("SELECT tx, seq FROM journal_readers ORDER BY tx, seq LIMIT 1");
}

/// <summary>How far a walk over old mentions has come.</summary>
/// <param name="BrandId">Among those of this brand,</param>
/// <param name="Status">in this state,</param>
/// <param name="After">after this one.</param>
/// <param name="Days">How long its brand keeps what rests.</param>
public sealed record RetentionPlace(string BrandId, MentionStatus Status, Guid After, int Days);
