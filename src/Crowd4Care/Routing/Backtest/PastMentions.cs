using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Routing.Backtest;

/// <summary>Reads what a backtest needs: mentions with scores, page by page, and the community as it is now.</summary>
public sealed class PastMentions(Database database)
{
    // Recent answers say best how fast answers are; fewer than this say nothing.
    private const int AnswersRead = 500;
    private const int LeastAnswers = 10;

    // A brand's statuses lie beside each other in the index, each in the order of ids. One list over all of them, because a mention whose status
    // changes between two pages must be counted once. The end of the period isn't asked for here: PostgreSQL takes ids between two bounds for so few
    // that it would rather read them all than look at a status.
    private static readonly string PageOfIds = string.Join(" UNION ALL ", Enum.GetValues<MentionStatus>().Where(s => s != MentionStatus.Deleted).Select(s =>
        $"""
        SELECT id FROM (
          SELECT id FROM mentions
          WHERE brand_id = @brandId AND status = '{s.ToText()}' AND {(s is MentionStatus.Received or MentionStatus.Classified ? MentionSets.Passing : MentionSets.Routed)}
            AND id > @after
          ORDER BY id LIMIT @limit) AS {s.ToText()}
        """)) + " ORDER BY id LIMIT @limit";

    private static readonly string NewestAnswered = string.Join(" UNION ALL ", new[] { MentionStatus.Answered, MentionStatus.Resolved }.Select(s =>
        $"""
        SELECT id FROM (
          SELECT id FROM mentions WHERE brand_id = @brandId AND status = '{s.ToText()}' AND {MentionSets.Routed} ORDER BY id DESC LIMIT @limit) AS {s.ToText()}
        """));

    /// <summary>Mentions of a brand that are not deleted, in the order of their ids.</summary>
    /// <param name="after">The page starts after this id.</param>
    /// <param name="end">And ends before this one.</param>
    /// <param name="facts">What else is to be known of them; null for nothing.</param>
    public async Task<PastPage> PageAsync(string brandId, Guid after, Guid end, int limit, PastFacts? facts = null, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var found = (await connection.QueryAsync<Guid>(PageOfIds, new { brandId, after, limit })).AsList();
        var ids = found.FindAll(id => id < end);
        if (ids.Count == 0)
            return new PastPage([], 0, null);

        var rows = (await connection.QueryAsync<MentionRow, ScoreRow, PastMention>(
            $"""
            SELECT m.id, m.brand_id, m.channel_id, m.network, m.conversation_id, m.in_reply_to, m.author_id, m.author_handle, m.author_name, m.author_followers, m.author_verified, m.author_bot,
              m.text, m.languages, m.brand_handle, m.relation, m.is_repost, m.created_at, m.received_at, s.mention_id, s.model_version, s.heads
            FROM mentions m JOIN scores s ON s.mention_id = m.id
            WHERE m.id IN {database.Dialect.Ids} AND m.status <> 'deleted'
            """, (mention, score) => new PastMention(mention, score), new { ids = Sql.Ids(ids) }, splitOn: "mention_id")).AsList();
        return new PastPage(facts is null ? rows : await facts.AddAsync(connection, rows), ids.Count - rows.Count, ids.Count == limit ? ids[^1] : null);
    }

    /// <summary>What rule sets ask of the past beside the mentions.</summary>
    public PastFacts FactsFor(params IEnumerable<RuleSet> sets)
    {
        var all = sets.ToList();
        return new PastFacts(database, all.Exists(s => s.AsksForConversations), all.Exists(s => s.AsksForContacts));
    }

    /// <summary>How many mentions between two ids are deleted.</summary>
    public async Task<int> DeletedAsync(string brandId, Guid after, Guid end, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(
            $"SELECT COUNT(*) FROM mentions WHERE brand_id = @brandId AND status = 'deleted' AND {MentionSets.Routed} AND id > @after AND id < @end",
            new { brandId, after, end });
    }

    /// <summary>The brand's own accounts, as <c>network handle</c>.</summary>
    public async Task<IReadOnlySet<string>> OwnAccountsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<string>(
            "SELECT network || ' ' || account_handle FROM channels WHERE brand_id = @brandId AND account_handle IS NOT NULL", new { brandId })).ToHashSet();
    }

    /// <summary>All who may be offered something, present or not, as if they had nothing to do.</summary>
    public async Task<IReadOnlyList<Candidate>> AdvocatesAsync(string brandId, CancellationToken cancellationToken = default)
    {
        const string of = "p.brand_id = @brandId AND p.role = 'advocate' AND p.suspended_at IS NULL AND p.capacity > 0";
        await using var connection = await database.OpenAsync(cancellationToken);
        var skills = (await connection.QueryAsync<(Guid PersonId, string Skill, double Proficiency)>(
            $"SELECT s.person_id, s.skill, s.proficiency FROM people p JOIN skills s ON s.person_id = p.id WHERE {of}", new { brandId })).ToLookup(s => s.PersonId);
        return
        [
            .. (await connection.QueryAsync<(Guid Id, string Name, string Login, int Trust, int Capacity)>(
                $"SELECT p.id, p.name, p.login, p.trust, p.capacity FROM people p WHERE {of} ORDER BY p.id", new { brandId }))
            .Select(p => new Candidate
            {
                Id = p.Id, Name = p.Name, Login = p.Login, Trust = p.Trust, Capacity = p.Capacity, Load = 0,
                Skills = skills[p.Id].ToDictionary(s => s.Skill, s => s.Proficiency),
            }),
        ];
    }

    /// <summary>How long advocates took from claim to reply, in minutes, and over how many of their last answers that is the average.</summary>
    public async Task<(double Minutes, int Answers)> AnswerTimeAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<Guid>(NewestAnswered, new { brandId, limit = AnswersRead });
        var entries = await connection.QueryAsync<(Guid MentionId, string Kind, string? ActorId, DateTimeOffset At)>(
            $"""
            SELECT mention_id, kind, actor_id, at FROM journal
            WHERE mention_id IN {database.Dialect.Ids} AND kind IN ('{JournalKinds.Claimed}', '{JournalKinds.ReplySubmitted}') AND actor_role = 'advocate'
            ORDER BY mention_id, seq
            """, new { ids = Sql.Ids(ids) });

        var (minutes, answers, claim) = (0.0, 0, default((Guid MentionId, string Kind, string? ActorId, DateTimeOffset At)));
        foreach (var entry in entries)
        {
            if (entry.Kind == JournalKinds.ReplySubmitted && claim.MentionId == entry.MentionId && claim.ActorId == entry.ActorId)
                (minutes, answers) = (minutes + (entry.At - claim.At).TotalMinutes, answers + 1);
            claim = entry.Kind == JournalKinds.Claimed ? entry : default;
        }

        return answers < LeastAnswers ? (WaitingTime.AssumedAnswerMinutes, 0) : (minutes / answers, answers);
    }
}

/// <summary>A page of past mentions.</summary>
/// <param name="Mentions">Those with a score; in no order.</param>
/// <param name="Unscored">How many have none.</param>
/// <param name="Last">The next page starts after this id; null when there is none.</param>
public sealed record PastPage(IReadOnlyList<PastMention> Mentions, int Unscored, Guid? Last);
