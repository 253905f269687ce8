using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// What outcomes say of skills, as it follows from the journal: kept up to date entry by entry, or computed again from scratch. After an entry that
/// decides something its mention is judged anew as a whole, so the order in which entries are read makes no difference.
/// </summary>
public sealed class SkillLedger(Database database, Journal journal, SkillStore skills, OutcomeLineStore lines, Workload workload)
{
    private const string Reader = "skills";
    private const int BatchSize = 5000;
    private const int MentionsAtOnce = 500;

    // What a deleted mention was about is not known any more: what was learned from it stays as it is.
    private readonly string mentionsOf = $"SELECT id, topic, language FROM mentions WHERE id IN {database.Dialect.Ids} AND status <> 'deleted'";

    private readonly string historyOf =
        $"SELECT {Journal.Columns} FROM journal WHERE mention_id IN {database.Dialect.Ids} AND kind IN ({string.Join(", ", OutcomeRules.LookedAt.Select(k => $"'{k}'"))}) ORDER BY mention_id, seq";

    private readonly string labelsOf = $"SELECT mention_id, person_id, head, label FROM corrections WHERE mention_id IN {database.Dialect.Ids} AND head IN ('topic', 'language')";

    private readonly string outcomesOf = $"SELECT mention_id, attempt, skill, person_id, rule, weight, at FROM skill_outcomes WHERE mention_id IN {database.Dialect.Ids}";

    private readonly string remove =
        $"""
        DELETE FROM skill_outcomes WHERE (mention_id, attempt, skill) IN (
          SELECT r.value->>'mentionId', CAST(r.value->>'attempt' AS BIGINT), r.value->>'skill' FROM {database.Dialect.Rows})
        """;

    private readonly string insert =
        $"""
        INSERT INTO skill_outcomes (mention_id, attempt, skill, person_id, rule, weight, at)
        SELECT r.value->>'mentionId', CAST(r.value->>'attempt' AS BIGINT), r.value->>'skill', r.value->>'personId', r.value->>'rule',
          CAST(r.value->>'weight' AS DOUBLE PRECISION), CAST(r.value->>'at' AS BIGINT)
        FROM {database.Dialect.Rows}
        """;

    private readonly string add =
        $"""
        INSERT INTO skill_evidence (person_id, skill, succeeded, failed, outcomes, looked_at)
        SELECT r.value->>'personId', r.value->>'skill', CAST(r.value->>'succeeded' AS DOUBLE PRECISION), CAST(r.value->>'failed' AS DOUBLE PRECISION),
          CAST(r.value->>'outcomes' AS INTEGER), 0
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (person_id, skill) DO UPDATE SET
          succeeded = CASE skill_evidence.outcomes + excluded.outcomes WHEN 0 THEN 0 ELSE skill_evidence.succeeded + excluded.succeeded END,
          failed    = CASE skill_evidence.outcomes + excluded.outcomes WHEN 0 THEN 0 ELSE skill_evidence.failed + excluded.failed END,
          outcomes  = skill_evidence.outcomes + excluded.outcomes
        """;

    /// <summary>Reads on in the journal. True when there may be more.</summary>
    public Task<bool> CatchUpAsync(CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var page = await journal.ReadOnAsync(transaction, Reader, OutcomeRules.Deciding, BatchSize);
            if (page.End is null)
                return false;

            await LearnAsync(transaction, page.Entries);
            await journal.MoveAsync(transaction, Reader, page.End);
            return true;
        }, cancellationToken);

    /// <summary>Forgets everything whose facts are in the journal and computes it again, in one transaction.</summary>
    public Task RecomputeAsync(CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            await journal.StartOverAsync(transaction, Reader);
            await transaction.ExecuteLongAsync(
                "DELETE FROM skill_outcomes WHERE EXISTS (SELECT 1 FROM mentions m WHERE m.id = skill_outcomes.mention_id AND m.status <> 'deleted')");
            await journal.ReadToEndAsync(transaction, Reader, OutcomeRules.Deciding, BatchSize, entries => JudgeAsync(transaction, entries));

            var had = await transaction.QueryAsync<Guid>("SELECT DISTINCT person_id FROM skill_evidence");
            await transaction.ExecuteLongAsync("DELETE FROM skill_evidence");
            var sums = new Sums();
            foreach (var outcome in transaction.Connection!.Query<OutcomeRow>("SELECT * FROM skill_outcomes", transaction: transaction, buffered: false))
                sums.Add(outcome);
            foreach (var people in sums.People.Chunk(MentionsAtOnce))
                await transaction.ExecuteAsync(add, new { rows = Sql.Rows(people.SelectMany(sums.RowsOf)) });
            await lines.RefitAllAsync(transaction);
            foreach (var people in had.Union(sums.People).Order().Chunk(MentionsAtOnce))
                await RefreshAsync(transaction, people);
        }, cancellationToken);

    /// <summary>Judges anew the mentions that entries decide something about, and brings the evidence up to date.</summary>
    internal async Task LearnAsync(DbTransaction transaction, IReadOnlyList<JournalEntry> entries) => await AddAsync(transaction, await JudgeAsync(transaction, entries));

    // Judges anew the mentions that entries decide something about. Returns by how much the evidence changes.
    private async Task<Sums> JudgeAsync(DbTransaction transaction, IReadOnlyList<JournalEntry> entries)
    {
        var changes = new Sums();
        foreach (var ids in entries.Where(OutcomeRules.Decides).Select(e => e.MentionId!.Value).Distinct().Chunk(MentionsAtOnce))
        {
            var parameters = new { ids = Sql.Ids(ids) };
            var mentions = await transaction.QueryAsync<MentionRow>(mentionsOf, parameters);
            var history = (await transaction.QueryAsync<JournalEntry>(historyOf, parameters)).ToLookup(e => e.MentionId!.Value);
            var labels = (await transaction.QueryAsync<LabelRow>(labelsOf, parameters)).ToLookup(l => l.MentionId);
            var stored = (await transaction.QueryAsync<OutcomeRow>(outcomesOf, parameters)).ToLookup(o => o.MentionId);

            var before = mentions.SelectMany(m => stored[m.Id]).ToHashSet();
            var after = mentions.SelectMany(m => Judge(m, [.. history[m.Id]], labels[m.Id])).ToHashSet();
            var (gone, come) = (before.Except(after).ToList(), after.Except(before).ToList());
            if (gone.Count > 0)
                await transaction.ExecuteAsync(remove, new { rows = Sql.Rows(gone) });
            if (come.Count > 0)
                await transaction.ExecuteAsync(insert, new { rows = Sql.Rows(come) });
            gone.ForEach(changes.Remove);
            come.ForEach(changes.Add);
        }

        return changes;
    }

    private static IEnumerable<OutcomeRow> Judge(MentionRow mention, IReadOnlyList<JournalEntry> history, IEnumerable<LabelRow> labels)
    {
        var asked = OutcomeRules.Asked(mention.Topic, mention.Language, history, labels.ToDictionary(l => (l.PersonId, l.Head), l => l.Label));
        return
            from outcome in OutcomeRules.Judge(history)
            from skill in asked
            select new OutcomeRow
            {
                MentionId = mention.Id, Attempt = outcome.Attempt, Skill = skill.Skill, PersonId = outcome.PersonId, Rule = outcome.Rule,
                Weight = outcome.Weight * skill.Share, At = outcome.At,
            };
    }

    private async Task AddAsync(DbTransaction transaction, Sums changes)
    {
        foreach (var people in changes.People.Order().Chunk(MentionsAtOnce))
        {
            await workload.HoldAsync(transaction, people);
            await transaction.ExecuteAsync(add, new { rows = Sql.Rows(people.SelectMany(changes.RowsOf)) });
            await skills.RefreshAsync(transaction, people);
        }
    }

    private async Task RefreshAsync(DbTransaction transaction, IReadOnlyCollection<Guid> people)
    {
        await workload.HoldAsync(transaction, people);
        await skills.RefreshAsync(transaction, people);
    }

    // By how much the evidence of people changes.
    private sealed class Sums
    {
        private readonly Dictionary<Guid, Dictionary<string, SkillEvidence>> sums = [];

        public IEnumerable<Guid> People => sums.Keys;

        public void Add(OutcomeRow outcome) => Of(outcome.PersonId)[outcome.Skill] = Of(outcome.PersonId).GetValueOrDefault(outcome.Skill) + outcome.Evidence;

        public void Remove(OutcomeRow outcome) => Of(outcome.PersonId)[outcome.Skill] = Of(outcome.PersonId).GetValueOrDefault(outcome.Skill) - outcome.Evidence;

        public IEnumerable<object> RowsOf(Guid personId) =>
            sums[personId].Select(s => new { personId, skill = s.Key, s.Value.Succeeded, s.Value.Failed, s.Value.Outcomes });

        private Dictionary<string, SkillEvidence> Of(Guid personId)
        {
            if (!sums.TryGetValue(personId, out var found))
                sums[personId] = found = [];
            return found;
        }
    }

    private sealed record MentionRow
    {
        public required Guid Id { get; init; }

        public string? Topic { get; init; }

        public string? Language { get; init; }
    }

    private sealed record LabelRow
    {
        public required Guid MentionId { get; init; }

        public required Guid PersonId { get; init; }

        public required string Head { get; init; }

        public required string Label { get; init; }
    }

    private sealed record OutcomeRow
    {
        public required Guid MentionId { get; init; }

        public required long Attempt { get; init; }

        public required string Skill { get; init; }

        public required Guid PersonId { get; init; }

        public required string Rule { get; init; }

        public required double Weight { get; init; }

        public required DateTimeOffset At { get; init; }

        [System.Text.Json.Serialization.JsonIgnore]
        public SkillEvidence Evidence => SkillEvidence.Of(Weight, At);
    }
}
