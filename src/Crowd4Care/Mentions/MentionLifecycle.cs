using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>
/// The only writer of a mention's status. Each step is a conditional update that names the states it expects, together with
/// its journal entry, in the caller's transaction. A mention that is missing in the answer was changed by somebody faster.
/// </summary>
public sealed class MentionLifecycle(Database database, Journal journal, TimeProvider clock)
{
    private readonly string apply = Update(
        database.Dialect,
        """
        ,
          fence            = mentions.fence + COALESCE(c.fence_step, 0),
          queue            = CASE c.queue_changes WHEN 1 THEN c.queue ELSE mentions.queue END,
          due_at           = CASE c.due_changes WHEN 1 THEN c.due_at ELSE mentions.due_at END,
          assignee_id      = CASE c.assignee_changes WHEN 1 THEN c.assignee ELSE mentions.assignee_id END,
          claim_expires_at = CASE c.claim_changes WHEN 1 THEN c.claim_expires_at ELSE mentions.claim_expires_at END,
          claim_minutes    = CASE c.fence_step WHEN 1 THEN c.claim_minutes ELSE mentions.claim_minutes END,
          places           = CASE c.fence_step WHEN 1 THEN COALESCE(c.places, 1) ELSE mentions.places END,
          claim_extensions = CASE c.fence_step WHEN 1 THEN 0 ELSE mentions.claim_extensions + COALESCE(c.extension, 0) END
        """,
        """
        ,
          CAST(r.value->>'expectedFence' AS BIGINT)    AS expected_fence,
          CAST(r.value->>'fenceStep' AS BIGINT)        AS fence_step,
          CAST(r.value->>'queueChanges' AS INTEGER)    AS queue_changes,
          r.value->>'queue'                            AS queue,
          CAST(r.value->>'dueChanges' AS INTEGER)      AS due_changes,
          CAST(r.value->>'dueAt' AS BIGINT)            AS due_at,
          CAST(r.value->>'assigneeChanges' AS INTEGER) AS assignee_changes,
          r.value->>'assignee'                         AS assignee,
          CAST(r.value->>'claimChanges' AS INTEGER)    AS claim_changes,
          CAST(r.value->>'claimExpiresAt' AS BIGINT)   AS claim_expires_at,
          CAST(r.value->>'claimMinutes' AS DOUBLE PRECISION) AS claim_minutes,
          CAST(r.value->>'places' AS INTEGER)          AS places,
          CAST(r.value->>'extension' AS INTEGER)       AS extension
        """,
        "AND (c.expected_fence IS NULL OR c.expected_fence = mentions.fence)");

    // For steps that only move a mention on, which are nearly all: fewer values are read, and fewer indexes looked after.
    private readonly string step = Update(database.Dialect, "", "", "");

    private readonly string endOffers =
        $"""
        UPDATE offers SET state = CASE WHEN c.claimer IS NULL THEN 'withdrawn' WHEN person_id = c.claimer THEN 'claimed' ELSE 'taken' END, ended_at = @now
        FROM (SELECT r.value->>'id' AS id, r.value->>'claimer' AS claimer FROM {database.Dialect.Rows}) AS c
        WHERE offers.mention_id = c.id AND offers.state = 'open'
        RETURNING offers.mention_id, offers.person_id, offers.state
        """;

    private readonly string endWaiting = $"DELETE FROM waiting WHERE mention_id IN (SELECT r.value->>'id' FROM {database.Dialect.Rows})";

    private readonly string endQuestions =
        $"UPDATE questions SET state = 'ended', ended_at = @now WHERE state = 'waiting' AND mention_id IN {database.Dialect.Ids}";

    /// <summary>Applies the changes whose expectations hold, one for each mention at most.</summary>
    /// <returns>The mentions that were changed, with their new fencing number and version.</returns>
    public async Task<IReadOnlyDictionary<Guid, ChangedMention>> ApplyAsync(DbTransaction transaction, IReadOnlyCollection<PreparedChange> changes)
    {
        if (changes.Count == 0)
            return new Dictionary<Guid, ChangedMention>();

        var now = clock.GetUtcNow();
        var changed = new Dictionary<Guid, ChangedMention>();
        foreach (var kind in changes.GroupBy(c => c.Change.IsStep))
        {
            foreach (var mention in await transaction.QueryAsync<ChangedMention>(kind.Key ? step : apply, new { rows = Sql.Rows(kind.Select(c => c.Row)), now }))
                changed.Add(mention.Id, mention);
        }

        var done = changes.Where(c => changed.ContainsKey(c.Change.MentionId)).ToList();
        await RecordAsync(transaction, done, changed, now);
        await EndOffersAsync(transaction, done.Select(c => c.Change).Where(c => c.From.Contains(MentionStatus.Open) && c.To != MentionStatus.Open), changed, now);
        await EndQuestionsAsync(transaction, [.. done.Select(c => c.Change).Where(c => c.From.Contains(MentionStatus.Claimed) && c.To is not (MentionStatus.Claimed or MentionStatus.Approval))], now);
        foreach (var purged in done.Where(c => c.Change.Purge))
            await PurgeAsync(transaction, purged.Change.MentionId);

        return changed;
    }

    /// <inheritdoc cref="ApplyAsync(DbTransaction, IReadOnlyCollection{PreparedChange})"/>
    public Task<IReadOnlyDictionary<Guid, ChangedMention>> ApplyAsync(DbTransaction transaction, IReadOnlyCollection<MentionChange> changes) =>
        ApplyAsync(transaction, [.. changes.Select(PreparedChange.Of)]);

    /// <summary>Applies one change; null when somebody was faster.</summary>
    public async Task<ChangedMention?> ApplyAsync(DbTransaction transaction, MentionChange change) =>
        (await ApplyAsync(transaction, [PreparedChange.Of(change)])).GetValueOrDefault(change.MentionId);

    private static string Update(SqlDialect dialect, string sets, string values, string conditions) =>
        $"""
        UPDATE mentions SET
          status    = c.to_status,
          status_at = @now,
          version   = mentions.version + 1,
          priority  = COALESCE(c.priority, mentions.priority),
          language  = COALESCE(c.language, mentions.language),
          topic     = COALESCE(c.topic, mentions.topic){sets}
        FROM (
          SELECT
            r.value->>'id'                        AS id,
            r.value->>'from'                      AS from_status,
            r.value->>'to'                        AS to_status,
            CAST(r.value->>'priority' AS INTEGER) AS priority,
            r.value->>'language'                  AS language,
            r.value->>'topic'                     AS topic{values}
          FROM {dialect.Rows}
        ) AS c
        WHERE mentions.id = c.id AND c.from_status LIKE '%,' || mentions.status || ',%' {conditions}
        RETURNING mentions.id, mentions.brand_id, mentions.fence, mentions.version
        """;

    private async Task RecordAsync(DbTransaction transaction, List<PreparedChange> done, Dictionary<Guid, ChangedMention> changed, DateTimeOffset now)
    {
        foreach (var brand in done.Where(c => c.Entry is not null).GroupBy(c => changed[c.Change.MentionId].BrandId))
            await journal.AppendAsync(transaction, now, brand.Key, [.. brand.Select(c => c.Entry!.Value)]);
        await journal.AppendAsync(transaction, done.Where(c => c.Entry is null).Select(c => new JournalEntry
        {
            At = now,
            BrandId = changed[c.Change.MentionId].BrandId,
            MentionId = c.Change.MentionId,
            ActorId = c.Change.Actor,
            Kind = c.Change.Kind,
            Data = c.Change.Data,
        }));
    }

    // Only an open mention can be offered or wait for an offer.
    private async Task EndOffersAsync(DbTransaction transaction, IEnumerable<MentionChange> left, Dictionary<Guid, ChangedMention> changed, DateTimeOffset now)
    {
        var rows = left.Select(c => new { id = c.MentionId, claimer = c.To == MentionStatus.Claimed ? c.Actor : null }).ToList();
        if (rows.Count == 0)
            return;

        var ended = await transaction.QueryAsync<(Guid MentionId, Guid PersonId, string State)>(endOffers, new { rows = Sql.Rows(rows), now });
        await transaction.ExecuteAsync(endWaiting, new { rows = Sql.Rows(rows) });
        foreach (var mention in ended.GroupBy(o => o.MentionId))
            changed[mention.Key] = changed[mention.Key] with { WereOffered = [.. mention.Select(o => o.PersonId)] };
        await journal.AppendAsync(transaction, ended.Where(o => o.State == "taken").Select(o => new JournalEntry
        {
            At = now, BrandId = changed[o.MentionId].BrandId, MentionId = o.MentionId, Kind = JournalKinds.OfferTaken, Data = Sql.ToJson(new { o.PersonId }),
        }));
    }

    // Who asked has it no more.
    private async Task EndQuestionsAsync(DbTransaction transaction, IReadOnlyCollection<MentionChange> left, DateTimeOffset now)
    {
        if (left.Count > 0)
            await transaction.ExecuteAsync(endQuestions, new { ids = Sql.Ids(left.Select(c => c.MentionId)), now });
    }

    private static Task PurgeAsync(DbTransaction transaction, Guid id) =>
        transaction.ExecuteAsync(
            """
            UPDATE mentions SET text = '', author_id = '', author_handle = '', author_name = NULL, author_followers = NULL, author_verified = NULL, author_bot = NULL, url = NULL, languages = NULL,
              language = NULL, topic = NULL
            WHERE id = @id;
            DELETE FROM scores WHERE mention_id = @id;
            DELETE FROM corrections WHERE mention_id = @id;
            DELETE FROM drafts WHERE mention_id = @id;
            """,
            new { id });
}

/// <summary>A mention after a change.</summary>
public sealed record ChangedMention
{
    /// <summary>The mention.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose mention it is.</summary>
    public required string BrandId { get; init; }

    /// <summary>The fencing number now.</summary>
    public required long Fence { get; init; }

    /// <summary>The version now, for <c>ETag</c>.</summary>
    public required long Version { get; init; }

    /// <summary>Whose offers of it ended with the change: their lists changed too.</summary>
    public IReadOnlyList<Guid> WereOffered { get; init; } = [];
}
