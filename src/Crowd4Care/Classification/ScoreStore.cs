using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>Scores of mentions.</summary>
public sealed class ScoreStore(Database database, TimeProvider clock)
{
    private readonly string insert =
        $"""
        INSERT INTO scores (mention_id, model_version, language, sentiment, anger, toxicity, topic, heads, causes, scored_at)
        SELECT r.value->>'id', r.value->>'modelVersion', r.value->>'language', r.value->>'sentiment', CAST(r.value->>'anger' AS DOUBLE PRECISION),
          CAST(r.value->>'toxicity' AS DOUBLE PRECISION), r.value->>'topic', r.value->>'heads', r.value->>'causes', @now
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (mention_id) DO NOTHING
        """;

    /// <summary>Stores scores; an existing one stays.</summary>
    public Task SaveAsync(DbTransaction transaction, IEnumerable<(Guid MentionId, MentionScore Score)> scores) =>
        transaction.ExecuteAsync(insert, new
        {
            now = clock.GetUtcNow(),
            rows = Sql.Rows(scores.Select(s => new
            {
                id = s.MentionId,
                s.Score.ModelVersion,
                language = s.Score.LabelOf(Heads.Language),
                sentiment = s.Score.LabelOf(Heads.Sentiment),
                anger = s.Score.ProbabilityOf(Heads.Anger, Heads.Anger),
                toxicity = s.Score.ProbabilityOf(Heads.Toxicity, Heads.Toxic),
                topic = s.Score.LabelOf(Heads.Topic),
                heads = Sql.ToJson(s.Score.Heads.Select(h => new { h.Head, h.Label, h.Probability, others = h.Others is { Count: > 0 } ? h.Others : null })),
                causes = StoredCauses.Write(s.Score.Heads),
            })),
        });

    /// <summary>The score of a mention, or null.</summary>
    public async Task<MentionScore?> FindAsync(Guid mentionId, CancellationToken cancellationToken = default) =>
        (await OfAsync([mentionId], cancellationToken)).GetValueOrDefault(mentionId);

    /// <summary>The scores of many mentions, as far as there are any.</summary>
    public async Task<IReadOnlyDictionary<Guid, MentionScore>> OfAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid MentionId, string ModelVersion, string Heads, string Causes, string Text)>(
            $"""
            SELECT s.mention_id, s.model_version, s.heads, s.causes, m.text FROM scores s JOIN mentions m ON m.id = s.mention_id
            WHERE s.mention_id IN {database.Dialect.Ids}
            """,
            new { ids = Sql.Ids(mentionIds) });
        return rows.ToDictionary(r => r.MentionId, r =>
        {
            var causes = StoredCauses.Read(r.Causes, r.Text);
            var heads = Sql.FromJson<IReadOnlyList<Score>>(r.Heads);
            return new MentionScore
            {
                ModelVersion = r.ModelVersion,
                Heads = [.. heads.Select(h => h with { Causes = causes.GetValueOrDefault(h.Head) ?? [] })],
            };
        });
    }
}
