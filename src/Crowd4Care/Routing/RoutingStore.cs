using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Routing;

/// <summary>Reads what the router needs and stores what it decided.</summary>
public sealed class RoutingStore(Database database, MentionStore mentions, TimeProvider clock)
{
    private readonly string insertDecisions =
        $"""
        INSERT INTO decisions (id, mention_id, rule_set_version, rule, outcome, explanation, decided_at)
        SELECT r.value->>'id', r.value->>'mentionId', CAST(r.value->>'ruleSetVersion' AS INTEGER), r.value->>'rule', r.value->>'outcome',
          r.value->>'explanation', @now
        FROM {database.Dialect.Rows}
        """;

    // As far as they count.
    private static readonly string Answers = $"(SELECT COUNT(*) FROM (SELECT 1 FROM replies r WHERE r.person_id = p.id AND r.state = 'posted' LIMIT {Newcomers.Answers}) AS posted)";

    /// <summary>
    /// Mentions that wait for the router, with their scores, who knows their author, and what they were through; the most urgent first. Read
    /// without a transaction: nothing of it is decided yet.
    /// </summary>
    public async Task<IReadOnlyList<RoutableMention>> LoadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = (await mentions.LoadAsync(ids, cancellationToken)).Where(m => m.Status is MentionStatus.Classified or MentionStatus.Open).ToList();
        if (rows.Count == 0)
            return [];

        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { ids = Sql.Ids(rows.Select(m => m.Id)) };
        var scores = (await connection.QueryAsync<ScoreRow>(
            $"SELECT {ScoreRow.Columns} FROM scores WHERE mention_id IN {database.Dialect.Ids}", parameters)).ToDictionary(s => s.MentionId);
        var own = (await connection.QueryAsync<string>("SELECT brand_id || ' ' || network || ' ' || account_handle FROM channels WHERE account_handle IS NOT NULL")).ToHashSet();
        var contacts = (await connection.QueryAsync<ContactRow>(
            $"""
            SELECT m.id AS mention_id, before.assignee_id AS person_id, COUNT(*) AS answers
            FROM mentions m
            JOIN mentions before ON before.network = m.network AND before.author_id = m.author_id
              AND before.assignee_id IS NOT NULL AND before.status IN ('answered', 'resolved')
            WHERE m.id IN {database.Dialect.Ids}
            GROUP BY m.id, before.assignee_id
            """, parameters)).ToLookup(c => c.MentionId);
        var open = rows.FindAll(m => m.Status == MentionStatus.Open).ConvertAll(m => m.Id);
        var offers = await OffersAsync(connection, open);
        var waiting = (await connection.QueryAsync<WaitingRow>(
            $"SELECT mention_id, overflow_at FROM waiting WHERE mention_id IN {database.Dialect.Ids}", new { ids = Sql.Ids(open) })).ToDictionary(w => w.MentionId, w => w.OverflowAt);
        return
        [
            .. rows.Where(m => scores.ContainsKey(m.Id)).Select(m => new RoutableMention
            {
                Row = m,
                Score = scores[m.Id].ToScore(),
                IsOwnPost = own.Contains($"{m.BrandId} {m.Network} {m.AuthorHandle.ToLowerInvariant()}"),
                AnsweredAuthorBefore = contacts[m.Id].ToDictionary(c => c.PersonId, c => c.Answers),
                OfferedBefore = offers.GetValueOrDefault(m.Id, []),
                OverflowAt = waiting.TryGetValue(m.Id, out var at) ? at : null,
            })
            .Where(m => !m.OfferedBefore.Values.Contains("open"))
            .OrderByDescending(m => m.Row.Priority).ThenBy(m => m.Row.CreatedAt).ThenBy(m => m.Row.Id),
        ];
    }

    /// <summary>The mentions with what their conversations were through; only for rules that ask for it.</summary>
    public async Task<IReadOnlyList<RoutableMention>> WithConversationsAsync(IReadOnlyList<RoutableMention> mentions, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var turns = (await connection.QueryAsync<TurnsRow>(
            $"""
            SELECT m.conversation_id, m.author_id, COUNT(*) AS mentions, MAX(CASE WHEN m.status IN ('answered', 'resolved') THEN 1 ELSE 0 END) AS answered,
              CAST(SUM((SELECT COUNT(*) FROM replies r WHERE r.mention_id = m.id AND r.state = 'posted')) AS INTEGER) AS replies
            FROM mentions m WHERE m.conversation_id IN {database.Dialect.Ids}
            GROUP BY m.conversation_id, m.author_id
            """, new { ids = Sql.Ids(mentions.Select(m => m.Row.ConversationId).Distinct()) })).AsList();
        var lengths = turns.GroupBy(t => t.ConversationId).ToDictionary(c => c.Key, c => c.Sum(t => t.Mentions + t.Replies));
        var answered = turns.Where(t => t.Answered > 0).Select(t => (t.ConversationId, t.AuthorId)).ToHashSet();
        return
        [
            .. mentions.Select(m => m with
            {
                IsReopened = answered.Contains((m.Row.ConversationId, m.Row.AuthorId)), Turns = lengths.GetValueOrDefault(m.Row.ConversationId, 1),
            }),
        ];
    }

    /// <summary>
    /// Which of the mentions are still as they were read and were not offered to anybody meanwhile. They are this router's until the transaction is over.
    /// </summary>
    public async Task<IReadOnlySet<Guid>> HoldAsync(DbTransaction transaction, IReadOnlyCollection<RoutableMention> read)
    {
        var held = (await mentions.HoldAsync(transaction, read.ToDictionary(m => m.Row.Id, m => m.Row.Version))).ToHashSet();
        // Only an open mention can be offered, and an offer alone does not change it.
        var open = read.Where(m => m.Row.Status == MentionStatus.Open && held.Contains(m.Row.Id)).ToList();
        if (open.Count > 0)
        {
            var offers = await OffersAsync(transaction.Connection!, open.ConvertAll(m => m.Row.Id), transaction);
            held.ExceptWith(open.Where(m => !m.OfferedBefore.ToHashSet().SetEquals(offers.GetValueOrDefault(m.Row.Id, []))).Select(m => m.Row.Id));
        }

        return held;
    }

    /// <summary>Those of a brand's advocates who are among <paramref name="present"/>, with skills and load.</summary>
    /// <param name="brandId">The brand.</param>
    /// <param name="present">Who is here.</param>
    /// <param name="marksNewcomers">Whether its rules ask who is new, for which answers are counted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Candidate>> CandidatesAsync(string brandId, IReadOnlyCollection<Guid> present, bool marksNewcomers, CancellationToken cancellationToken)
    {
        if (present.Count == 0)
            return [];

        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { ids = Sql.Ids(present), brandId };
        var people = (await connection.QueryAsync<PersonRow>(
            $"""
            SELECT p.id, p.name, p.login, p.trust, p.capacity, p.away_since IS NOT NULL AS is_away, p.time_zone, p.quiet_from, p.quiet_until, p.daily_limit,
              {Workload.Column} AS load,
              {(marksNewcomers ? Answers : "NULL")} AS answers,
              (SELECT MAX(o.offered_at) FROM offers o WHERE o.person_id = p.id) AS last_offer_at
            FROM people p
            WHERE p.brand_id = @brandId AND p.role = 'advocate' AND p.suspended_at IS NULL AND p.capacity > 0 AND p.id IN {database.Dialect.Ids}
            """, parameters)).AsList();
        var skills = (await connection.QueryAsync<SkillRow>(
            $"SELECT person_id, skill, proficiency FROM skills WHERE person_id IN {database.Dialect.Ids}", parameters)).ToLookup(s => s.PersonId);
        var now = clock.GetUtcNow();
        var taken = await TakenTodayAsync(connection, people.Where(p => p.DailyLimit is not null), now);
        return
        [
            .. people.Select(p => new Candidate
            {
                QuietUntil = p.QuietFrom is { } from && p.QuietUntil is { } until ? new QuietHours(from, until, p.TimeZone ?? "").EndsAt(now) : null,
                DailyLimit = p.DailyLimit, LeftToday = p.DailyLimit - taken.GetValueOrDefault(p.Id),
                Id = p.Id, Name = p.Name, Login = p.Login, Trust = p.Trust, Capacity = p.Capacity, Load = p.Load, LastOfferAt = p.LastOfferAt,
                IsAway = p.IsAway, Skills = SkillsOf(p, skills[p.Id]),
            }),
        ];
    }

    /// <summary>Everybody who has open offers.</summary>
    public async Task<IReadOnlyList<AskedPerson>> AskedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<AskedPerson>(
            """
            SELECT p.id, p.away_since IS NOT NULL OR p.suspended_at IS NOT NULL AS is_away
            FROM (SELECT DISTINCT person_id FROM offers WHERE state = 'open') AS asked JOIN people p ON p.id = asked.person_id
            """)).AsList();
    }

    /// <summary>The row of a decision.</summary>
    public static PreparedRow ToRow(Guid id, Guid mentionId, Decision decision) => Sql.Row(new
    {
        id, mentionId, decision.RuleSetVersion, decision.Rule, outcome = decision.Outcome, explanation = Sql.ToJson(decision),
    });

    /// <summary>Stores decisions.</summary>
    public Task SaveAsync(DbTransaction transaction, IEnumerable<PreparedRow> decisions, DateTimeOffset now) =>
        transaction.ExecuteAsync(insertDecisions, new { now, rows = Sql.Rows(decisions) });

    /// <summary>All decisions on a mention, newest first.</summary>
    public async Task<IReadOnlyList<StoredDecision>> DecisionsAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(DateTimeOffset DecidedAt, string Explanation)>(
            "SELECT decided_at, explanation FROM decisions WHERE mention_id = @mentionId ORDER BY decided_at DESC, id DESC", new { mentionId });
        return [.. rows.Select(r => new StoredDecision(r.DecidedAt, Sql.FromJson<Decision>(r.Explanation)))];
    }

    /// <summary>The last decision on each of many mentions.</summary>
    public async Task<IReadOnlyDictionary<Guid, Decision>> LastDecisionsAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken = default)
    {
        var decisions = await DecisionsAsync(mentionIds, cancellationToken);
        return decisions.ToDictionary(mention => mention.Key, mention => Sql.FromJson<Decision>(mention.Last()));
    }

    /// <summary>What the priorities of many mentions are the sums of; those of no parts are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<PriorityPart>>> PriorityPartsAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken = default)
    {
        var decisions = await DecisionsAsync(mentionIds, cancellationToken);
        return decisions.Select(mention => (mention.Key, Parts: mention.Reverse().Select(text => Sql.FromJson<Decision>(text).PriorityParts).FirstOrDefault(parts => parts is not null)))
            .Where(mention => mention.Parts is not null).ToDictionary(mention => mention.Key, mention => mention.Parts!);
    }

    // Those on each of many mentions as they were stored, the last ones last.
    private async Task<ILookup<Guid, string>> DecisionsAsync(IReadOnlyCollection<Guid> mentionIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid MentionId, string Explanation)>(
            $"SELECT mention_id, explanation FROM decisions WHERE mention_id IN {database.Dialect.Ids} ORDER BY mention_id, decided_at, id",
            new { ids = Sql.Ids(mentionIds) })).ToLookup(d => d.MentionId, d => d.Explanation);
    }

    /// <summary>The score of a mention, or null.</summary>
    public async Task<MentionScore?> ScoreAsync(Guid mentionId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<ScoreRow>($"SELECT {ScoreRow.Columns} FROM scores WHERE mention_id = @mentionId", new { mentionId }) is { } row
            ? row.ToScore()
            : null;
    }

    /// <summary>Open mentions on the waiting list that it is time to look at again.</summary>
    public async Task<IReadOnlyList<Guid>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(
            "SELECT mention_id FROM waiting WHERE next_look_at <= @now ORDER BY next_look_at LIMIT @limit", new { now, limit })).AsList();
    }

    /// <summary>Open mentions on the waiting list that nobody in the crowd took in time, and that nobody has offered now.</summary>
    public async Task<IReadOnlyList<Guid>> OverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(
            "SELECT mention_id FROM waiting WHERE next_look_at <= @now AND overflow_at <= @now ORDER BY overflow_at LIMIT @limit", new { now, limit })).AsList();
    }

    private static Dictionary<string, double> SkillsOf(PersonRow person, IEnumerable<SkillRow> rows)
    {
        var skills = rows.ToDictionary(s => s.Skill, s => s.Proficiency);
        if (person.Answers < Newcomers.Answers)
            skills[Newcomers.Mark] = 1;
        return skills;
    }

    // How many of their day's number people used up: what they claimed since their midnight, and what they may claim yet.
    private async Task<Dictionary<Guid, int>> TakenTodayAsync(DbConnection connection, IEnumerable<PersonRow> people, DateTimeOffset now)
    {
        var rows = people.Select(p => new { p.Id, since = LocalTime.Midnight(p.TimeZone, now) }).ToList();
        if (rows.Count == 0)
            return [];

        return (await connection.QueryAsync<(Guid Id, int Taken)>(
            $"""
            SELECT d.id,
              (SELECT COUNT(*) FROM journal j WHERE j.kind = 'claim.taken' AND j.actor_id = d.id AND j.at >= d.since) +
              (SELECT COUNT(*) FROM offers o WHERE o.person_id = d.id AND o.state = 'open') AS taken
            FROM (SELECT r.value->>'id' AS id, CAST(r.value->>'since' AS BIGINT) AS since FROM {database.Dialect.Rows}) AS d
            """,
            new { rows = Sql.Rows(rows) })).ToDictionary(d => d.Id, d => d.Taken);
    }

    // Who was offered each of the mentions, with what became of the last offer. Whose offer was taken by somebody else, or ended because they
    // were away, may be asked again.
    private async Task<Dictionary<Guid, Dictionary<Guid, string>>> OffersAsync(
        DbConnection connection, IReadOnlyCollection<Guid> mentionIds, DbTransaction? transaction = null) =>
        (await connection.QueryAsync<(Guid MentionId, Guid PersonId, string State)>(
            $"SELECT mention_id, person_id, state FROM offers WHERE mention_id IN {database.Dialect.Ids} AND state NOT IN ('superseded', 'taken', 'withdrawn') ORDER BY offered_at",
            new { ids = Sql.Ids(mentionIds) }, transaction))
        .GroupBy(o => o.MentionId)
        .ToDictionary(m => m.Key, m => m.GroupBy(o => o.PersonId).ToDictionary(p => p.Key, p => p.Last().State));

    private sealed record WaitingRow
    {
        public required Guid MentionId { get; init; }

        public required DateTimeOffset OverflowAt { get; init; }
    }

    private sealed record ContactRow
    {
        public required Guid MentionId { get; init; }

        public required Guid PersonId { get; init; }

        public required int Answers { get; init; }
    }

    private sealed record TurnsRow
    {
        public required Guid ConversationId { get; init; }

        public required string AuthorId { get; init; }

        public required int Mentions { get; init; }

        public required int Answered { get; init; }

        public required int Replies { get; init; }
    }

    private sealed record PersonRow
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string Login { get; init; }

        public required int Trust { get; init; }

        public required int Capacity { get; init; }

        public required int Load { get; init; }

        public int? Answers { get; init; }

        public DateTimeOffset? LastOfferAt { get; init; }

        public required bool IsAway { get; init; }

        public string? TimeZone { get; init; }

        public int? QuietFrom { get; init; }

        public int? QuietUntil { get; init; }

        public int? DailyLimit { get; init; }
    }

    private sealed record SkillRow
    {
        public required Guid PersonId { get; init; }

        public required string Skill { get; init; }

        public required double Proficiency { get; init; }
    }
}

/// <summary>A decision and its time.</summary>
/// <param name="DecidedAt">When.</param>
/// <param name="Decision">What and why.</param>
public sealed record StoredDecision(DateTimeOffset DecidedAt, Decision Decision);
