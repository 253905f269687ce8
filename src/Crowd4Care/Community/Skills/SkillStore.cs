using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// What people declared, what admins pinned, and the one number that follows from it and from outcomes: <c>skills.proficiency</c>, which is all that
/// the router reads. A skill that doesn't count has no row there.
/// </summary>
public sealed class SkillStore(Database database, Journal journal, Workload workload, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);

    private readonly string known =
        $"""
        SELECT k.person_id, k.skill, s.proficiency, s.declared, s.pinned, s.pinned_at, p.name AS pinned_by,
          COALESCE(e.succeeded, 0.0) AS succeeded, COALESCE(e.failed, 0.0) AS failed, COALESCE(e.outcomes, 0) AS outcomes, l.at_zero, l.slope, l.spread, l.chance
        FROM (
          SELECT person_id, skill FROM skills WHERE person_id IN {database.Dialect.Ids}
          UNION
          SELECT person_id, skill FROM skill_evidence WHERE person_id IN {database.Dialect.Ids} AND outcomes > 0) AS k
        LEFT JOIN skills s ON s.person_id = k.person_id AND s.skill = k.skill
        LEFT JOIN skill_evidence e ON e.person_id = k.person_id AND e.skill = k.skill
        LEFT JOIN people p ON p.id = s.pinned_by
        LEFT JOIN people o ON o.id = k.person_id
        LEFT JOIN outcome_lines l ON l.brand_id = o.brand_id AND l.kind = substr(k.skill, 1, length(l.kind)) AND substr(k.skill, length(l.kind) + 1, 1) = ':'
        ORDER BY k.person_id, k.skill
        """;

    private readonly string save =
        $"""
        INSERT INTO skills (person_id, skill, proficiency)
        SELECT r.value->>'personId', r.value->>'skill', CAST(r.value->>'proficiency' AS DOUBLE PRECISION) FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (person_id, skill) DO UPDATE SET proficiency = excluded.proficiency
        """;

    private readonly string drop = $"DELETE FROM skills WHERE (person_id, skill) IN (SELECT r.value->>'personId', r.value->>'skill' FROM {database.Dialect.Rows})";

    private readonly string looked = $"UPDATE skill_evidence SET looked_at = @now WHERE person_id IN {database.Dialect.Ids}";

    private readonly string withdraw =
        $"""
        UPDATE skills SET declared = NULL WHERE person_id = @personId AND skill NOT IN {database.Dialect.Ids}
        """;

    private readonly string declare =
        $"""
        INSERT INTO skills (person_id, skill, proficiency, declared)
        SELECT @personId, r.value->>'skill', CAST(r.value->>'proficiency' AS DOUBLE PRECISION), CAST(r.value->>'proficiency' AS DOUBLE PRECISION)
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (person_id, skill) DO UPDATE SET declared = excluded.declared
        """;

    /// <summary>The skills of a person as they are estimated now, by name.</summary>
    public async Task<IReadOnlyList<SkillEstimate>> OfAsync(Guid personId, CancellationToken cancellationToken = default) =>
        [.. (await OfAsync([personId], cancellationToken))[personId]];

    /// <summary>The skills of people as they are estimated now, by name.</summary>
    public async Task<ILookup<Guid, SkillEstimate>> OfAsync(IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return (await connection.QueryAsync<Row>(known, new { ids = Sql.Ids(personIds) })).ToLookup(r => r.PersonId, r => r.Estimate(now));
    }

    /// <summary>The last outcomes of a person, newest first: every estimate is explained.</summary>
    public async Task<IReadOnlyList<SkillOutcomeLine>> OutcomesAsync(Guid personId, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<SkillOutcomeLine>(
            """
            SELECT o.mention_id, o.skill, o.rule, o.weight, o.at, m.text AS mention_text
            FROM (SELECT * FROM skill_outcomes WHERE person_id = @personId ORDER BY at DESC LIMIT @limit) AS o
            LEFT JOIN mentions m ON m.id = o.mention_id
            ORDER BY o.at DESC, o.attempt DESC, o.skill DESC
            """,
            new { personId, limit })).AsList();
    }

    /// <summary>Sets the value that counts, whatever outcomes say, or lets outcomes count again when it is null. Recorded with who did it.</summary>
    /// <param name="skill">Any well-formed skill, also one that the person has not.</param>
    /// <param name="proficiency">0 to 1.</param>
    public Task<PinOutcome> PinAsync(
        Guid personId, string brandId, string skill, double? proficiency, Guid actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            await workload.HoldAsync(transaction, [personId]);
            if (await transaction.SingleAsync<int>("SELECT COUNT(*) FROM people WHERE id = @personId AND brand_id = @brandId", new { personId, brandId }) == 0)
                return PinOutcome.NoSuchPerson;

            var now = clock.GetUtcNow();
            var changed = await transaction.ExecuteAsync(
                proficiency is null
                    ? "UPDATE skills SET pinned = NULL, pinned_by = NULL, pinned_at = NULL WHERE person_id = @personId AND skill = @skill AND pinned IS NOT NULL"
                    : """
                      INSERT INTO skills (person_id, skill, proficiency, pinned, pinned_by, pinned_at) VALUES (@personId, @skill, @proficiency, @proficiency, @actor, @now)
                      ON CONFLICT (person_id, skill) DO UPDATE SET pinned = excluded.pinned, pinned_by = excluded.pinned_by, pinned_at = excluded.pinned_at
                      """,
                new { personId, skill, proficiency, actor, now });
            if (changed == 0)
                return PinOutcome.NotPinned;

            await RefreshAsync(transaction, [personId]);
            var change = proficiency is null ? "skill unpinned" : "skill pinned";
            await journal.AppendAsync(transaction, now, brandId, actor, JournalKinds.PersonChanged, new { id = personId, skill, proficiency, change });
            return PinOutcome.Done;
        }, cancellationToken);

    /// <summary>Replaces what a person declared; pins and outcomes stay.</summary>
    internal async Task DeclareAsync(DbTransaction transaction, Guid personId, IReadOnlyCollection<PersonSkill> skills)
    {
        await workload.HoldAsync(transaction, [personId]);
        await transaction.ExecuteAsync(withdraw, new { personId, ids = Sql.Ids(skills.Select(s => s.Skill)) });
        await transaction.ExecuteAsync(declare, new { personId, rows = Sql.Rows(skills) });
        await RefreshAsync(transaction, [personId]);
    }

    /// <summary>Computes what the router reads from what stands beside it. The caller holds the people.</summary>
    internal async Task RefreshAsync(DbTransaction transaction, IReadOnlyCollection<Guid> personIds)
    {
        var now = clock.GetUtcNow();
        var ids = Sql.Ids(personIds);
        var rows = (await transaction.QueryAsync<Row>(known, new { ids })).Select(r => (r.PersonId, r.Skill, Old: r.Proficiency, Proficiency: r.Counts(now)))
            .Where(r => r.Old != r.Proficiency).ToLookup(r => r.Proficiency is not null, r => new { r.PersonId, r.Skill, r.Proficiency });
        if (rows[true].Any())
            await transaction.ExecuteAsync(save, new { rows = Sql.Rows(rows[true]) });
        if (rows[false].Any())
            await transaction.ExecuteAsync(drop, new { rows = Sql.Rows(rows[false]) });
        await transaction.ExecuteAsync(looked, new { ids, now });
    }

    /// <summary>
    /// Computes anew what was last computed a day ago, because outcomes fade without anything happening, or before a line of outcomes was made. True when there
    /// may be more.
    /// </summary>
    public async Task<bool> FadeAsync(int limit, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Guid> due;
        await using (var connection = await database.OpenAsync(cancellationToken))
        {
            var (aDayAgo, line) = (clock.GetUtcNow() - FreshFor, await connection.QuerySingleAsync<DateTimeOffset>("SELECT COALESCE(MAX(fitted_at), 0) FROM outcome_lines"));
            due = (await connection.QueryAsync<Guid>(
                "SELECT person_id FROM skill_evidence WHERE looked_at < @before ORDER BY looked_at LIMIT @limit",
                new { before = line > aDayAgo ? line : aDayAgo, limit })).AsList();
        }

        if (due.Count == 0)
            return false;

        await database.WriteAsync(async transaction =>
        {
            IReadOnlyCollection<Guid> people = [.. due.Distinct()];
            await workload.HoldAsync(transaction, people);
            await RefreshAsync(transaction, people);
        }, cancellationToken);
        return due.Count == limit;
    }

    private sealed record Row
    {
        public required Guid PersonId { get; init; }

        public required string Skill { get; init; }

        public double? Proficiency { get; init; }

        public double? Declared { get; init; }

        public double? Pinned { get; init; }

        public DateTimeOffset? PinnedAt { get; init; }

        public string? PinnedBy { get; init; }

        public required double Succeeded { get; init; }

        public required double Failed { get; init; }

        public required int Outcomes { get; init; }

        public double? AtZero { get; init; }

        public double? Slope { get; init; }

        public double? Spread { get; init; }

        public double? Chance { get; init; }

        private SkillEvidence Evidence => new(Succeeded, Failed, Outcomes);

        private OutcomeLine Line => AtZero is { } atZero ? new(atZero, Slope!.Value, Spread!.Value, Chance!.Value) : OutcomeLine.Default;

        public double? Counts(DateTimeOffset now) => SkillRules.Proficiency(Declared, Pinned, Evidence, Line, now);

        public SkillEstimate Estimate(DateTimeOffset now)
        {
            var (low, high) = SkillRules.Interval(Declared, Evidence, Line, now);
            return new()
            {
                Skill = Skill, Proficiency = Counts(now), Estimate = SkillRules.Mean(Declared, Evidence, Line, now), Low = low, High = high, Outcomes = Outcomes,
                Evidence = SkillRules.Weight(Evidence, now), Declared = Declared, Pinned = Pinned, PinnedAt = PinnedAt, PinnedBy = PinnedBy,
            };
        }
    }
}

/// <summary>What came of a change to a pin.</summary>
public enum PinOutcome
{
    /// <summary>It is as wanted.</summary>
    Done,

    /// <summary>The brand has no such person.</summary>
    NoSuchPerson,

    /// <summary>There was no pin to take away.</summary>
    NotPinned,
}

/// <summary>An outcome as a person sees it.</summary>
public sealed record SkillOutcomeLine
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For which skill.</summary>
    public required string Skill { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it weighed when it was new, −1 to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Of which mention.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The mention's text; null where the mention is gone.</summary>
    public string? MentionText { get; init; }
}
