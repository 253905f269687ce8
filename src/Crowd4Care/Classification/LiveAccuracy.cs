using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>How often the model was right, as people said who looked: they look where they doubt, so the true share is rather higher.</summary>
public sealed class LiveAccuracy(Database database, TimeProvider clock)
{
    /// <summary>How far back it is counted.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>Counts what people of a brand said in the last 30 days.</summary>
    public async Task<AccuracyReport> OfAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(
            """
            SELECT head, given, label, language, topic, COUNT(*) AS count FROM corrections WHERE brand_id = @brandId AND at >= @since AND given <> ''
            GROUP BY head, given, label, language, topic
            """,
            new { brandId, since = clock.GetUtcNow() - Period })).AsList();
        return new AccuracyReport(
            By(rows, r => r.Head), By(rows, r => r.Language), By(rows, r => r.Topic),
            rows.GroupBy(r => r.Head).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => new ConfusionTable(
                    [.. g.GroupBy(r => (r.Label, r.Given)).Select(c => new ConfusionCell(c.Key.Label, c.Key.Given, c.Sum(r => r.Count)))
                        .OrderBy(c => c.Label, StringComparer.Ordinal).ThenBy(c => c.Given, StringComparer.Ordinal)])));
    }

    private static List<MeasuredShare> By(IEnumerable<Row> rows, Func<Row, string?> name) =>
        [.. rows.GroupBy(name).Where(g => !string.IsNullOrEmpty(g.Key))
            .Select(g => new MeasuredShare(g.Key!, g.Where(r => r.Given == r.Label).Sum(r => r.Count), g.Sum(r => r.Count)))
            .OrderByDescending(s => s.Count).ThenBy(s => s.Name, StringComparer.Ordinal)];

    private sealed record Row
    {
        public required string Head { get; init; }

        public required string Given { get; init; }

        public required string Label { get; init; }

        public string? Language { get; init; }

        public string? Topic { get; init; }

        public required int Count { get; init; }
    }
}

/// <summary>What people said of the model.</summary>
/// <param name="ByHead">For each head.</param>
/// <param name="ByLanguage">For each language as it was scored, all heads together.</param>
/// <param name="ByTopic">For each topic as it was scored, all heads together.</param>
/// <param name="Confusions">By head, what was right and what was given.</param>
public sealed record AccuracyReport(
    IReadOnlyList<MeasuredShare> ByHead, IReadOnlyList<MeasuredShare> ByLanguage, IReadOnlyList<MeasuredShare> ByTopic,
    IReadOnlyDictionary<string, ConfusionTable> Confusions);

/// <summary>How often something was right.</summary>
/// <param name="Name">What.</param>
/// <param name="Right">How often it was.</param>
/// <param name="Count">Of how many.</param>
public sealed record MeasuredShare(string Name, int Right, int Count)
{
    /// <summary>Under so many a share says nothing, and is not shown.</summary>
    public const int LeastShown = 20;

    /// <summary>The share, or null where it would say nothing.</summary>
    public double? Share => Count < LeastShown ? null : (double)Right / Count;

    /// <summary>Where the true share probably lies.</summary>
    public (double Low, double High) Interval => Wilson.Interval(Right, Count);
}
