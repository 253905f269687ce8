using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// Keeps how outcomes go with declarations in each brand. A line moves little from day to day, and all estimates of the brand with it; so it is made once a day
/// and stored, and whoever computes an estimate in between uses the same. <see cref="SkillStore.FadeAsync"/> computes anew what is older than it.
/// </summary>
public sealed class OutcomeLineStore(Database database, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);

    private const string Due = "SELECT id FROM brands b WHERE NOT EXISTS (SELECT 1 FROM outcome_lines l WHERE l.brand_id = b.id AND l.fitted_at >= @before) ORDER BY id LIMIT 1";

    // In a fixed order, so that the same evidence gives the same line to the last digit.
    private const string EvidenceOf =
        """
        SELECT e.skill, s.declared, e.succeeded, e.failed, e.outcomes FROM people p
        JOIN skill_evidence e ON e.person_id = p.id JOIN skills s ON s.person_id = e.person_id AND s.skill = e.skill
        WHERE p.brand_id = @brandId AND s.declared IS NOT NULL AND e.outcomes > 0 ORDER BY e.person_id, e.skill
        """;

    private readonly string save =
        $"""
        INSERT INTO outcome_lines (brand_id, kind, at_zero, slope, spread, chance, fitted_at)
        SELECT @brandId, r.value->>'kind', CAST(r.value->>'atZero' AS DOUBLE PRECISION), CAST(r.value->>'slope' AS DOUBLE PRECISION),
          CAST(r.value->>'spread' AS DOUBLE PRECISION), CAST(r.value->>'chance' AS DOUBLE PRECISION), @now
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (brand_id, kind) DO UPDATE SET
          at_zero = excluded.at_zero, slope = excluded.slope, spread = excluded.spread, chance = excluded.chance, fitted_at = excluded.fitted_at
        """;

    /// <summary>Makes the lines of a brand whose lines are a day old. False when there is none.</summary>
    public async Task<bool> RefitAsync(CancellationToken cancellationToken = default)
    {
        string? brandId;
        OutcomeLines lines;
        await using (var connection = await database.OpenAsync(cancellationToken))
        {
            brandId = await connection.QuerySingleOrDefaultAsync<string>(Due, new { before = clock.GetUtcNow() - FreshFor });
            if (brandId is null)
                return false;

            lines = Fit(await connection.QueryAsync<EvidenceRow>(EvidenceOf, new { brandId }));
        }

        await database.WriteAsync(transaction => SaveAsync(transaction, brandId, lines), cancellationToken);
        return true;
    }

    /// <summary>Makes the lines of all brands from the evidence as the transaction sees it. The caller has the estimates computed anew.</summary>
    internal async Task RefitAllAsync(DbTransaction transaction)
    {
        foreach (var brandId in await transaction.QueryAsync<string>("SELECT id FROM brands ORDER BY id"))
            await SaveAsync(transaction, brandId, Fit(await transaction.QueryAsync<EvidenceRow>(EvidenceOf, new { brandId })));
    }

    private OutcomeLines Fit(IEnumerable<EvidenceRow> rows)
    {
        var now = clock.GetUtcNow();
        return OutcomeLines.Fit([.. rows.Select(r => (r.Skill, DeclaredEvidence.Of(r.Declared, new SkillEvidence(r.Succeeded, r.Failed, r.Outcomes), now)))]);
    }

    private Task SaveAsync(DbTransaction transaction, string brandId, OutcomeLines lines)
    {
        object[] rows = [Row(Skill.TopicKind, lines.Topic), Row(Skill.LanguageKind, lines.Language)];
        return transaction.ExecuteAsync(save, new { brandId, rows = Sql.Rows(rows), now = clock.GetUtcNow() });

        static object Row(string kind, OutcomeLine line) => new { kind, line.AtZero, line.Slope, line.Spread, line.Chance };
    }

    private sealed record EvidenceRow
    {
        public required string Skill { get; init; }

        public required double Declared { get; init; }

        public required double Succeeded { get; init; }

        public required double Failed { get; init; }

        public required int Outcomes { get; init; }
    }
}
