using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>What people say of scores: what models learn from and are measured by. They go with their mention.</summary>
public sealed class CorrectionStore(Database database, MentionStore mentions, ScoreStore scores, IMentionClassifier classifier, BrandHeadStore brandHeads, Journal journal, TimeProvider clock)
{
    private const string Columns = "c.id, c.mention_id, c.person_id, c.head, c.given, c.probability, c.model_version, c.label, c.at";

    /// <summary>
    /// Stores what is right; the same label as the score's is a confirmation. A later word of the same person on the same head replaces the
    /// earlier, another person's stands beside it. Staff may speak of any mention, advocates of those that they claimed.
    /// </summary>
    public Task<CorrectionResult> SaveAsync(
        Guid mentionId, string brandId, Guid personId, Role role, string head, string label, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var mention = await mentions.FindAsync(transaction, mentionId);
            if (mention is null || mention.BrandId != brandId)
                return new CorrectionResult(CorrectionOutcome.NotFound, []);
            if (!MayCorrect(mention, personId, role))
                return new CorrectionResult(CorrectionOutcome.NotYours, []);
            if (await scores.FindAsync(transaction, mentionId) is not { } score)
                return new CorrectionResult(CorrectionOutcome.NotScored, []);
            // Of a brand's own head nothing may be said yet.
            var heads = score.Heads.Select(h => h.Head).Union(brandHeads.Of(brandId).Select(h => h.Name)).ToList();
            if (!heads.Contains(head))
                return new CorrectionResult(CorrectionOutcome.UnknownHead, heads);

            var given = score.Of(head) ?? new Score { Head = head, Label = "", Probability = 0 };
            var known = LabelsOf(brandId, given);
            // What was said can be confirmed, even where a newer model has no such label.
            if (label.Length == 0 || (label != given.Label && !known.Contains(label)))
                return new CorrectionResult(CorrectionOutcome.UnknownLabel, known);

            await InsertAsync(transaction, mention, personId, score, given, label);
            return new CorrectionResult(CorrectionOutcome.Saved, []);
        }, cancellationToken);

    /// <summary>Whether somebody may correct the score of a mention.</summary>
    public static bool MayCorrect(MentionRow mention, Guid personId, Role role) => role != Role.Advocate || mention.AssigneeId == personId;

    /// <summary>The labels that may be right for a head: those that the model or the brand knows today, or else those that the score names.</summary>
    public IReadOnlyList<string> LabelsOf(string brandId, Score score) =>
        classifier.Heads.FirstOrDefault(h => h.Name == score.Head)?.Labels
            ?? brandHeads.Of(brandId).FirstOrDefault(h => h.Name == score.Head)?.Labels.Select(l => l.Label).ToList()
            ?? [.. (score.Others?.Keys ?? []).Prepend(score.Label).Order(StringComparer.Ordinal)];

    /// <summary>What people said of a mention, oldest first.</summary>
    public async Task<IReadOnlyList<Correction>> OfMentionAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Correction>(
            $"SELECT {Columns}, p.name AS person_name FROM corrections c LEFT JOIN people p ON p.id = c.person_id WHERE c.mention_id = @mentionId ORDER BY c.id",
            new { mentionId })).AsList();
    }

    /// <summary>The corrections of a brand with the texts, oldest first: a page after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<Correction>> PageAsync(string brandId, Guid? after, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Correction>(
            $"""
            SELECT {Columns}, p.name AS person_name, m.text
            FROM (SELECT * FROM corrections WHERE brand_id = @brandId AND id > @after ORDER BY id LIMIT @limit) AS c
            JOIN mentions m ON m.id = c.mention_id LEFT JOIN people p ON p.id = c.person_id ORDER BY c.id
            """,
            new { brandId, after = after ?? Guid.Empty, limit })).AsList();
    }

    /// <summary>Every correction of every brand with its text, in the order of mentions: for training, which reads them all.</summary>
    public async Task<IReadOnlyList<Correction>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Correction>(
            $"SELECT {Columns}, c.brand_id, m.text FROM corrections c JOIN mentions m ON m.id = c.mention_id ORDER BY c.mention_id, c.head, c.person_id")).AsList();
    }

    private async Task InsertAsync(DbTransaction transaction, MentionRow mention, Guid personId, MentionScore score, Score given, string label)
    {
        var now = clock.GetUtcNow();
        await transaction.ExecuteAsync(
            """
            INSERT INTO corrections (id, mention_id, brand_id, person_id, head, given, probability, model_version, label, language, topic, at)
            VALUES (@id, @mentionId, @BrandId, @personId, @Head, @Given, @Probability, @ModelVersion, @label, @language, @topic, @now)
            ON CONFLICT (mention_id, head, person_id) DO UPDATE SET
              id = excluded.id, given = excluded.given, probability = excluded.probability, model_version = excluded.model_version,
              label = excluded.label, language = excluded.language, topic = excluded.topic, at = excluded.at
            """,
            new
            {
                id = Ids.New(clock), mentionId = mention.Id, mention.BrandId, personId, given.Head, Given = given.Label, given.Probability,
                score.ModelVersion, label, language = score.LabelOf(Heads.Language), topic = score.LabelOf(Heads.Topic), now,
            });
        // Which head, and not which label: the journal outlives the text.
        await journal.AppendAsync(transaction, new JournalEntry
        {
            At = now, BrandId = mention.BrandId, MentionId = mention.Id, ActorId = personId,
            Kind = label == given.Label ? JournalKinds.ScoreConfirmed : JournalKinds.ScoreCorrected, Data = Sql.ToJson(new { given.Head }),
        });
    }
}
