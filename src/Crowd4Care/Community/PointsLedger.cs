using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>Points as they follow from the journal: kept up to date entry by entry, or computed again from scratch.</summary>
public sealed class PointsLedger(Database database, Journal journal, ISharedCache cache)
{
    private const string Reader = "points";
    private const string Boards = "leaderboards";
    private const int BatchSize = 5000;
    private static readonly TimeSpan BoardLasts = TimeSpan.FromMinutes(1);

    /// <summary>Reads on in the journal. True when there may be more.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        var (mayBeMore, awarded) = await database.WriteAsync(async transaction =>
        {
            var page = await journal.ReadOnAsync(transaction, Reader, PointsRules.Awarded, BatchSize);
            CrowdMetrics.PointsRead(page.Entries is [var first, ..] ? first.At : null);
            if (page.End is null)
                return (false, 0);

            var awarded = await AwardAsync(transaction, page.Entries);
            await journal.MoveAsync(transaction, Reader, page.End);
            return (true, awarded);
        }, cancellationToken);
        if (awarded > 0)
            await cache.DropAsync(Boards);
        return mayBeMore;
    }

    /// <summary>Forgets all points whose facts are in the journal and computes them again, in one transaction.</summary>
    public async Task RecomputeAsync(CancellationToken cancellationToken = default)
    {
        await database.WriteAsync(async transaction =>
        {
            await journal.StartOverAsync(transaction, Reader);
            await transaction.ExecuteLongAsync("DELETE FROM points WHERE EXISTS (SELECT 1 FROM journal j WHERE j.seq = points.journal_seq)");
            await journal.ReadToEndAsync(transaction, Reader, PointsRules.Awarded, BatchSize, entries => AwardAsync(transaction, entries));
        }, cancellationToken);
        await cache.DropAsync(Boards);
    }

    /// <summary>
    /// The advocates of a brand by points since a time; equal points share a rank. Points count at once; a new name or a suspension may
    /// take a minute.
    /// </summary>
    /// <param name="since">Whole minutes count, so that all who ask within one get the same board.</param>
    public Task<IReadOnlyList<LeaderboardRow>> LeaderboardAsync(
        string brandId, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        var minute = since.AddTicks(-(since.Ticks % TimeSpan.TicksPerMinute));
        return cache.GetAsync(Boards, $"{brandId}/{minute.ToUnixTimeSeconds()}/{limit}", BoardLasts, () => SumAsync(brandId, minute, limit, cancellationToken));
    }

    private async Task<IReadOnlyList<LeaderboardRow>> SumAsync(string brandId, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<LeaderboardRow>(
            """
            SELECT RANK() OVER (ORDER BY SUM(t.points) DESC) AS rank, p.id AS person_id, p.name, SUM(t.points) AS points,
              SUM(CASE WHEN t.rule = 'answered' THEN 1 ELSE 0 END) AS answers
            FROM points t JOIN people p ON p.id = t.person_id
            WHERE t.brand_id = @brandId AND t.at >= @since AND p.suspended_at IS NULL
            GROUP BY p.id, p.name ORDER BY points DESC, p.name LIMIT @limit
            """,
            new { brandId, since, limit })).AsList();
    }

    /// <summary>The lines of a person, newest first: every point is explained.</summary>
    public async Task<IReadOnlyList<PointsEntry>> LinesAsync(Guid personId, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<PointsEntry>(
            """
            SELECT t.at, t.points, t.rule, t.reason, t.mention_id, m.text AS mention_text
            FROM points t LEFT JOIN mentions m ON m.id = t.mention_id
            WHERE t.person_id = @personId ORDER BY t.at DESC, t.journal_seq DESC LIMIT @limit
            """,
            new { personId, limit })).AsList();
    }

    /// <summary>All points of a person.</summary>
    public async Task<int> TotalAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>("SELECT COALESCE(SUM(points), 0) FROM points WHERE person_id = @personId", new { personId });
    }

    private async Task<int> AwardAsync(DbTransaction transaction, IReadOnlyList<JournalEntry> entries)
    {
        var ids = Sql.Ids(PointsRules.LookedAt);
        var awarded = 0;
        foreach (var entry in entries.Where(e => e.MentionId is not null))
        {
            var before = await transaction.QueryAsync<JournalEntry>(
                $"SELECT {Journal.Columns} FROM journal WHERE mention_id = @MentionId AND seq < @Seq AND kind IN {database.Dialect.Ids} ORDER BY seq",
                new { entry.MentionId, entry.Seq, ids });
            foreach (var line in PointsRules.Award(entry, before))
            {
                awarded += await transaction.ExecuteAsync(
                    """
                    INSERT INTO points (journal_seq, rule, person_id, brand_id, mention_id, points, reason, at)
                    VALUES (@Seq, @Rule, @PersonId, @BrandId, @MentionId, @Points, @Reason, @At) ON CONFLICT DO NOTHING
                    """,
                    new { entry.Seq, line.Rule, line.PersonId, entry.BrandId, entry.MentionId, line.Points, line.Reason, entry.At });
            }
        }

        return awarded;
    }
}

/// <summary>A place on the leaderboard.</summary>
public sealed record LeaderboardRow
{
    /// <summary>Place, from 1; equal points share one.</summary>
    public required int Rank { get; init; }

    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The sum.</summary>
    public required int Points { get; init; }

    /// <summary>How many answers are in it.</summary>
    public required int Answers { get; init; }
}

/// <summary>A line of a person's points.</summary>
public sealed record PointsEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many.</summary>
    public required int Points { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>For which mention.</summary>
    public Guid? MentionId { get; init; }

    /// <summary>The mention's text.</summary>
    public string? MentionText { get; init; }
}
