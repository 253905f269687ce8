using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>Finds what a person should label next, among the newest mentions of a brand.</summary>
public sealed class LabellingQueries(Database database)
{
    private const int Newest = 400;

    // Every state that a routed mention with a text can be in; each lies in the index in the order of ids.
    private static readonly MentionStatus[] Statuses =
        [MentionStatus.Open, MentionStatus.Claimed, MentionStatus.Escalated, MentionStatus.Answered, MentionStatus.Resolved, MentionStatus.Ignored];

    private static readonly string NewestIds = string.Join(" UNION ALL ", Statuses.Select(s =>
        $"""
        SELECT id FROM (
          SELECT id FROM mentions WHERE brand_id = @brandId AND status = '{s.ToText()}' AND {MentionSets.Routed} ORDER BY id DESC LIMIT @Newest) AS {s.ToText()}
        """)) + " ORDER BY id DESC LIMIT @Newest";

    private readonly string unlabelled =
        $"""
        SELECT m.id, m.text, s.model_version, s.heads FROM mentions m JOIN scores s ON s.mention_id = m.id
        WHERE m.id IN {database.Dialect.Ids} AND m.text <> '' AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.mention_id = m.id)
        """;

    /// <summary>The most useful mentions to label, each with the head that is asked and its likeliest labels.</summary>
    public async Task<IReadOnlyList<ToLabel>> NextAsync(string brandId, int count, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<Guid>(NewestIds, new { brandId, Newest });
        var rows = await connection.QueryAsync<Row>(unlabelled, new { ids = Sql.Ids(ids) });
        return LabellingQueue.Choose(
            rows.Select(r => new Unlabelled(r.Id, r.Text, new MentionScore { ModelVersion = r.ModelVersion, Heads = ScoreColumn.Read(r.Heads) })), count);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required string Text { get; init; }

        public required string ModelVersion { get; init; }

        public required string Heads { get; init; }
    }
}
