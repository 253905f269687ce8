using System.Data.Common;
using System.Reflection;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Mentions;

/// <summary>
/// What happened, the newest first. A page looks through at most <see cref="Window"/> entries that come into question, so that it costs the same
/// however long the journal is, and says where to go on.
/// </summary>
public sealed class JournalQueries(Database database)
{
    /// <summary>How many entries one page looks through.</summary>
    public const int Window = 10_000;

    // Entries of transactions that ran at the same time are not quite in the order of their times.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static readonly string[] Settings =
    [
        JournalKinds.PersonChanged, JournalKinds.BrandChanged, JournalKinds.AvailabilityChanged, JournalKinds.ChannelChanged, JournalKinds.RulesPublished,
        JournalKinds.ModelPromoted, JournalKinds.HeadChanged,
    ];

    /// <summary>All kinds that there are, in the order of their names.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. typeof(JournalKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).Order(StringComparer.Ordinal)];

    /// <summary>Entries of a brand, the newest first.</summary>
    /// <param name="brandId">The brand.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those before this number; null to begin with the newest.</param>
    /// <param name="limit">Most on a page.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<JournalFound> FindAsync(string brandId, JournalFilter filter, long? before = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var end = Math.Min(before ?? long.MaxValue, filter.To is { } to ? await NumberAtAsync(connection, to + Slack) : long.MaxValue);
        var start = filter.From is { } from ? await NumberAtAsync(connection, from - Slack) : long.MinValue;
        var window =
            $"""
            SELECT * FROM journal WHERE {Source(filter)} AND seq < @end AND seq >= @start ORDER BY seq DESC LIMIT @Window
            """;
        var parameters = new { brandId, filter.Kind, filter.ActorId, filter.MentionId, filter.From, filter.To, end, start, Window, most = limit + 1 };
        var (seen, last) = await connection.QuerySingleAsync<(int, long?)>($"SELECT COUNT(*), MIN(seq) FROM ({window}) AS w", parameters);
        var entries = (await connection.QueryAsync<JournalEntry>(
            $"""
            SELECT w.seq, w.at, w.brand_id, w.mention_id, w.actor_id, w.actor_role, p.name AS actor_name, w.kind, w.data
            FROM ({window}) AS w LEFT JOIN people p ON p.id = w.actor_id
            WHERE w.brand_id = @brandId{Conditions(filter)} ORDER BY w.seq DESC LIMIT @most
            """,
            parameters)).AsList();
        return entries.Count > limit
            ? new JournalFound([.. entries.Take(limit)], entries[limit - 1].Seq)
            : new JournalFound(entries, seen == Window ? last : null);
    }

    // The index that leads to what comes into question.
    private static string Source(JournalFilter filter) => filter switch
    {
        { MentionId: not null } => "mention_id = @MentionId",
        { ActorId: not null } => "actor_id = @ActorId",
        { Kind: { } kind } when Settings.Contains(kind) => "brand_id = @brandId AND mention_id IS NULL",
        _ => "1 = 1",
    };

    private static string Conditions(JournalFilter filter) => string.Concat(
        filter.Kind is null ? "" : " AND w.kind = @Kind",
        filter.ActorId is null ? "" : " AND w.actor_id = @ActorId",
        filter.From is null ? "" : " AND w.at >= @From",
        filter.To is null ? "" : " AND w.at < @To");

    // The first number at a time or later: numbers grow with time, so the place is found by halves.
    private static async Task<long> NumberAtAsync(DbConnection connection, DateTimeOffset at)
    {
        var (low, high) = await connection.QuerySingleAsync<(long, long)>("SELECT COALESCE((SELECT MIN(seq) FROM journal), 0), COALESCE((SELECT MAX(seq) FROM journal), 0) + 1");
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var next = await connection.QueryFirstOrDefaultAsync<JournalPlace>("SELECT seq, at FROM journal WHERE seq >= @middle ORDER BY seq LIMIT 1", new { middle });
            if (next is null || next.At >= at)
                high = middle;
            else
                low = next.Seq + 1;
        }

        return low;
    }

    private sealed record JournalPlace
    {
        public required long Seq { get; init; }

        public required DateTimeOffset At { get; init; }
    }
}

/// <summary>Which entries; what is left out does not count.</summary>
/// <param name="Kind">One of <see cref="JournalKinds"/>.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="MentionId">About which mention.</param>
/// <param name="From">At this time or later.</param>
/// <param name="To">Before this time.</param>
public sealed record JournalFilter(string? Kind = null, Guid? ActorId = null, Guid? MentionId = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A page of the journal.</summary>
/// <param name="Entries">The entries, the newest first.</param>
/// <param name="Next">Where the next page begins; null when there is none. With no entries, what comes into question lies further back.</param>
public sealed record JournalFound(IReadOnlyList<JournalEntry> Entries, long? Next);
