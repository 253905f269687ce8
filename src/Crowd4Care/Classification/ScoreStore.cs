using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>Scores of mentions.</summary>
public sealed class ScoreStore(Database database, IMentionClassifier classifier, BrandHeadStore brandHeads, TimeProvider clock)
{
    // Causes are found when somebody asks; the column is for programs of before that, which may run beside this one.
    private const string NoCauses = "{}";

    private readonly string insert =
        $"""
        INSERT INTO scores (mention_id, model_version, language, sentiment, anger, toxicity, topic, heads, causes, scored_at)
        SELECT r.value->>'id', r.value->>'modelVersion', r.value->>'language', r.value->>'sentiment', CAST(r.value->>'anger' AS DOUBLE PRECISION),
          CAST(r.value->>'toxicity' AS DOUBLE PRECISION), r.value->>'topic', r.value->>'heads', '{NoCauses}', @now
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (mention_id) DO NOTHING
        """;

    private readonly string of = $"SELECT {ScoreRow.Columns} FROM scores WHERE mention_id IN {database.Dialect.Ids}";

    /// <summary>The row of a score.</summary>
    public static PreparedRow ToRow(Guid mentionId, MentionScore score) => Sql.Row(new
    {
        id = mentionId,
        score.ModelVersion,
        language = score.LabelOf(Heads.Language),
        sentiment = score.LabelOf(Heads.Sentiment),
        anger = score.ProbabilityOf(Heads.Anger, Heads.Anger),
        toxicity = score.ProbabilityOf(Heads.Toxicity, Heads.Toxic),
        topic = score.LabelOf(Heads.Topic),
        heads = ScoreColumn.Write(score.Heads),
    });

    /// <summary>Stores scores; an existing one stays.</summary>
    public Task SaveAsync(DbTransaction transaction, IEnumerable<PreparedRow> scores) =>
        transaction.ExecuteAsync(insert, new { now = clock.GetUtcNow(), rows = Sql.Rows(scores) });

    /// <summary>The score of a mention with what caused it, or null. An older model can't be asked for causes any more.</summary>
    public async Task<MentionScore?> FindAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        var score = (await OfAsync([mentionId], cancellationToken)).GetValueOrDefault(mentionId);
        if (score?.ModelVersion != classifier.ModelVersion)
            return score;

        await using var connection = await database.OpenAsync(cancellationToken);
        var (text, languages, brandId) = await connection.QuerySingleAsync<(string, string?, string)>("SELECT text, languages, brand_id FROM mentions WHERE id = @mentionId", new { mentionId });
        var causes = classifier.Explain(text, languages).Heads.Concat(brandHeads.Score(brandId, text, explain: true)).ToDictionary(h => h.Head, h => h.Causes);
        return score with { Heads = [.. score.Heads.Select(h => h with { Causes = causes.GetValueOrDefault(h.Head, []) })] };
    }

    /// <summary>The score of a mention inside a transaction, without causes, or null.</summary>
    public async Task<MentionScore?> FindAsync(DbTransaction transaction, Guid mentionId) => (await OfAsync(transaction, [mentionId])).GetValueOrDefault(mentionId);

    /// <summary>The scores of many mentions, as far as there are any, without causes.</summary>
    public async Task<IReadOnlyDictionary<Guid, MentionScore>> OfAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<ScoreRow>(of, new { ids = Sql.Ids(mentionIds) })).ToDictionary(r => r.MentionId, r => r.ToScore());
    }

    /// <summary>The scores of many mentions inside a transaction, as far as there are any, without causes.</summary>
    public async Task<IReadOnlyDictionary<Guid, MentionScore>> OfAsync(DbTransaction transaction, IReadOnlyCollection<Guid> mentionIds) =>
        (await transaction.QueryAsync<ScoreRow>(of, new { ids = Sql.Ids(mentionIds) })).ToDictionary(r => r.MentionId, r => r.ToScore());
}
