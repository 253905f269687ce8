using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>
/// Finds mentions, the newest first. A page looks through a bounded number of them and says where to go on, so that it costs the same at any number of
/// mentions, however common its words and however rare what it is narrowed to.
/// </summary>
public sealed class SearchQueries(Database database, FeedQueries feed)
{
    /// <summary>Most mentions that one page looks through.</summary>
    public const int Window = 2000;

    // What every twentieth mention has is soon found by going back from the newest; of anything rarer all are found by their words and put into order.
    private const int Sample = 2000;
    private const int Rare = Sample / 20;

    /// <summary>A page of what fits and what the person may see.</summary>
    public async Task<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellationToken = default)
    {
        var filter = request.Filter;
        var match = database.Dialect == SqlDialect.Sqlite ? SearchWords.ForSqlite(request.BrandId, filter.Text, filter.Author) : SearchWords.ForPostgres(filter.Text, filter.Author);
        var isWordless = match is null && (!string.IsNullOrWhiteSpace(filter.Text) || !string.IsNullOrWhiteSpace(filter.Author));
        if (isWordless)
            return new SearchPage([], null);

        await using var connection = await database.OpenAsync(cancellationToken);
        // Only where there is something to set: on SQLite a transaction would wait for whoever writes.
        await using var transaction = database.Dialect.PlanByValues is null ? null : await connection.BeginTransactionAsync(cancellationToken);
        if (transaction is not null)
            await connection.ExecuteAsync(database.Dialect.PlanByValues!, transaction: transaction);
        var newest = match is null ? Newest(request) : await IsRareAsync(match) ? database.Dialect.NewestOfRare! : database.Dialect.NewestMatching;
        var found = (await connection.QueryAsync<Found>(
            $"""
            WITH looked AS MATERIALIZED ({newest}),
            -- Found by their ids, whatever else is asked of them: no other index is better.
            seen AS MATERIALIZED (SELECT m.id, m.brand_id, m.status, m.topic, m.network, m.assignee_id, w.place FROM looked w JOIN mentions m ON m.id = w.mention_id)
            SELECT * FROM (
              SELECT seen.id, -1 AS looked FROM seen
              WHERE {string.Join(" AND ", Conditions(request))}
              ORDER BY seen.place DESC LIMIT @limit) AS page
            UNION ALL SELECT * FROM (SELECT mention_id, (SELECT COUNT(*) FROM looked) FROM looked ORDER BY place LIMIT 1) AS last
            """,
            new
            {
                match, brandId = request.BrandId, viewer = request.OnlySeenBy, before = Before(request), window = Window, limit = request.Limit,
                topic = filter.Topic, network = filter.Network, person = filter.PersonId, status = filter.Status?.ToText(),
            },
            transaction)).AsList();

        var ids = found.Where(f => f.Looked < 0).Select(f => Guid.Parse(f.Id)).ToList();
        var last = found.SingleOrDefault(f => f.Looked == Window);
        var next = ids.Count == request.Limit ? ids[^1] : last is null ? (Guid?)null : Guid.Parse(last.Id);
        return new SearchPage(await feed.LoadAsync(ids, cancellationToken), next);

        async Task<bool> IsRareAsync(string words) => database.Dialect.CountMatching is { } count
            && await connection.ExecuteScalarAsync<int>(count, new { match = words, brandId = request.BrandId, before = Before(request), sample = Sample }, transaction) < Rare;
    }

    private static string Before(SearchRequest request) => (request.Before ?? Guid.AllBitsSet).ToString();

    private static IEnumerable<string> Conditions(SearchRequest request)
    {
        yield return "seen.brand_id = @brandId AND seen.status <> 'deleted'";
        if (request.OnlySeenBy is not null)
            yield return "(seen.status = 'open' OR seen.assignee_id = @viewer OR EXISTS (SELECT 1 FROM replies r WHERE r.mention_id = seen.id AND r.person_id = @viewer))";
        if (request.Filter.Status is not null)
            yield return "seen.status = @status";
        if (request.Filter.Topic is not null)
            yield return "seen.topic = @topic";
        if (request.Filter.Network is not null)
            yield return "seen.network = @network";
        if (request.Filter.PersonId is not null)
            yield return "(seen.assignee_id = @person OR EXISTS (SELECT 1 FROM replies r WHERE r.mention_id = seen.id AND r.person_id = @person))";
    }

    // Without words: from whichever lists the mentions can only be in, each in the order of an index.
    private static string Newest(SearchRequest request)
    {
        var lists = new List<string>();
        if (request.Filter.PersonId is not null)
            lists.AddRange(Of("@person"));
        else if (request.OnlySeenBy is not null)
            lists.AddRange(Of("@viewer").Append(WithStatus(MentionStatus.Open)));
        else
            lists.AddRange(Enum.GetValues<MentionStatus>().Where(s => s != MentionStatus.Deleted && (request.Filter.Status ?? s) == s).Select(WithStatus));
        return $"SELECT mention_id, mention_id AS place FROM ({string.Join(" UNION ", lists.Select((list, i) => $"SELECT mention_id FROM ({list}) AS list{i}"))}) AS lists ORDER BY mention_id DESC LIMIT @window";
    }

    private static IEnumerable<string> Of(string person) =>
    [
        $"SELECT id AS mention_id FROM mentions WHERE assignee_id = {person} AND id < @before ORDER BY id DESC LIMIT @window",
        $"SELECT mention_id FROM replies WHERE person_id = {person} AND mention_id < @before ORDER BY mention_id DESC LIMIT @window",
    ];

    private static string WithStatus(MentionStatus status) =>
        $"""
        SELECT id AS mention_id FROM mentions
        WHERE brand_id = @brandId AND status = '{status.ToText()}' AND {(status is MentionStatus.Received or MentionStatus.Classified ? MentionSets.Passing : MentionSets.Routed)}
          AND id < @before
        ORDER BY id DESC LIMIT @window
        """;

    private sealed record Found
    {
        public required string Id { get; init; }

        public required long Looked { get; init; }
    }
}

/// <summary>Who asks for which page.</summary>
/// <param name="BrandId">The brand whose mentions are looked at.</param>
/// <param name="Filter">What has to fit.</param>
/// <param name="OnlySeenBy">An advocate, who sees what is open and what they had; null for staff, who see everything.</param>
/// <param name="Before">The <see cref="SearchPage.Next"/> of the page before.</param>
/// <param name="Limit">Most mentions on the page.</param>
public sealed record SearchRequest(string BrandId, SearchFilter Filter, Guid? OnlySeenBy, Guid? Before = null, int Limit = 20);

/// <summary>What a mention has to fit; null is anything.</summary>
/// <param name="Text">Words of its text or its author.</param>
/// <param name="Author">Beginnings of words of its author's handle or name.</param>
/// <param name="Topic">The scored topic.</param>
/// <param name="PersonId">Who has it, or answered it.</param>
/// <param name="Status">Its status.</param>
/// <param name="Network">Its network.</param>
public sealed record SearchFilter(
    string? Text = null, string? Author = null, string? Topic = null, Guid? PersonId = null, MentionStatus? Status = null, string? Network = null);

/// <summary>A page of what was found.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">Where to go on; null when everything was looked through. There may be nothing on a page and something further on.</param>
public sealed record SearchPage(IReadOnlyList<FeedItem> Items, Guid? Next);
