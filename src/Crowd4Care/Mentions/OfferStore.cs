using System.Data.Common;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>
/// Offers and the waiting list of open mentions. An offer can be open only while its mention is: <see cref="MentionLifecycle"/>
/// ends both when the mention leaves that state.
/// </summary>
public sealed class OfferStore(Database database, Journal journal, TimeProvider clock)
{
    /// <summary>The state of an offer that was declined.</summary>
    public const string Passed = "passed";

    /// <summary>The state of an offer that nobody reacted to in time.</summary>
    public const string Expired = "expired";

    /// <summary>The state of an offer that was accepted.</summary>
    public const string Claimed = "claimed";

    /// <summary>The state of who claimed a mention and gave it back: they are not asked for it next.</summary>
    public const string GivenBack = "given back";

    /// <summary>The same of whose claim ran out.</summary>
    public const string RanOut = "ran out";

    /// <summary>How long a mention that returns to the crowd waits for it before staff get it.</summary>
    public static readonly TimeSpan SecondWait = TimeSpan.FromMinutes(30);

    private readonly string insert =
        $"""
        INSERT INTO offers (id, mention_id, person_id, decision_id, state, offered_at, expires_at, places)
        SELECT r.value->>'id', r.value->>'mentionId', r.value->>'personId', r.value->>'decisionId', 'open',
          CAST(r.value->>'offeredAt' AS BIGINT), CAST(r.value->>'expiresAt' AS BIGINT), CAST(r.value->>'places' AS INTEGER)
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT DO NOTHING
        RETURNING id
        """;

    private readonly string wait =
        $"""
        INSERT INTO waiting (mention_id, next_look_at, overflow_at, claim_minutes, places)
        SELECT r.value->>'mentionId', CAST(r.value->>'nextLookAt' AS BIGINT), CAST(r.value->>'overflowAt' AS BIGINT), CAST(r.value->>'claimMinutes' AS DOUBLE PRECISION),
          CAST(r.value->>'places' AS INTEGER)
        FROM {database.Dialect.Rows} WHERE true
        ON CONFLICT (mention_id) DO UPDATE SET next_look_at = excluded.next_look_at, claim_minutes = excluded.claim_minutes, places = excluded.places
        """;

    // The empty text is added to keep the planner from the person's offers, which are many more than a mention's.
    private readonly string endClaims =
        $"""
        UPDATE offers SET state = @state
        FROM (SELECT r.value->>'mentionId' AS mention_id, r.value->>'personId' AS person_id FROM {database.Dialect.Rows}) AS c
        WHERE offers.mention_id = c.mention_id AND offers.person_id || '' = c.person_id AND offers.state = 'claimed'
        """;

    private readonly string noteClaims =
        $"""
        INSERT INTO offers (id, mention_id, person_id, state, offered_at, expires_at, ended_at)
        SELECT r.value->>'id', r.value->>'mentionId', r.value->>'personId', @state, @now, @now, @now
        FROM {database.Dialect.Rows}
        WHERE NOT EXISTS (
          SELECT 1 FROM offers o
          WHERE o.mention_id = r.value->>'mentionId' AND o.person_id || '' = r.value->>'personId' AND o.state NOT IN ('superseded', 'taken', 'withdrawn'))
        """;

    /// <summary>Reserves mentions for advocates, each for as many as are asked at once; who has an open offer of one already keeps it.</summary>
    public async Task MakeAsync(DbTransaction transaction, string brandId, IReadOnlyCollection<PreparedOffer> offers)
    {
        if (offers.Count == 0)
            return;

        var made = (await transaction.QueryAsync<Guid>(insert, new { rows = Sql.Rows(offers.Select(o => o.Row)) })).ToHashSet();
        foreach (var turn in offers.Where(o => made.Contains(o.Offer.Id)).GroupBy(o => o.Offer.OfferedAt))
            await journal.AppendAsync(transaction, turn.Key, brandId, [.. turn.Select(o => o.Entry)]);
    }

    /// <summary>Puts open mentions on the waiting list, or moves their next look; the time of overflow stays as first set.</summary>
    public async Task WaitAsync(DbTransaction transaction, IReadOnlyCollection<PreparedRow> mentions)
    {
        if (mentions.Count > 0)
            await transaction.ExecuteAsync(wait, new { rows = Sql.Rows(mentions) });
    }

    /// <summary>Puts mentions that return to the crowd on the waiting list, to be looked at as soon as possible.</summary>
    /// <param name="transaction">The transaction of the return.</param>
    /// <param name="mentions">The mentions, with the terms of a claim on each, as far as they are known.</param>
    public Task ReturnAsync(DbTransaction transaction, IEnumerable<(Guid Id, ClaimTerms Terms)> mentions)
    {
        var now = clock.GetUtcNow();
        return WaitAsync(transaction, [.. mentions.Select(m => new WaitingMention(m.Id, now, now + SecondWait, m.Terms.Minutes, m.Terms.Places).ToRow())]);
    }

    /// <summary>What the rule says of a claim on an open mention.</summary>
    public async Task<ClaimTerms> TermsAsync(DbTransaction transaction, Guid mentionId) =>
        await transaction.SingleAsync<ClaimTerms>("SELECT claim_minutes AS minutes, places FROM waiting WHERE mention_id = @mentionId", new { mentionId }) ?? ClaimTerms.Usual;

    /// <summary>Ends an advocate's open offer because they declined it; others who were asked keep theirs. False when it was over already.</summary>
    public async Task<bool> PassAsync(DbTransaction transaction, string brandId, Guid mentionId, Guid personId, PassReason? why, string? reason)
    {
        var now = clock.GetUtcNow();
        var code = why is { } given ? PassReasons.ToText(given) : null;
        var ended = await transaction.ExecuteAsync(
            """
            UPDATE offers SET state = 'passed', reason_code = @code, reason = @reason, ended_at = @now
            WHERE mention_id = @mentionId AND person_id = @personId AND state = 'open'
            """,
            new { mentionId, personId, code, reason, now });
        if (ended == 0)
            return false;

        await journal.AppendAsync(transaction, new JournalEntry
        {
            At = now, BrandId = brandId, MentionId = mentionId, ActorId = personId, Kind = JournalKinds.Passed, Data = Sql.ToJson(new { code, reason }),
        });
        return true;
    }

    /// <summary>Ends the offers whose time is over and returns them.</summary>
    public async Task<IReadOnlyList<Offer>> ExpireAsync(DbTransaction transaction, int limit)
    {
        var now = clock.GetUtcNow();
        var expired = await transaction.QueryAsync<Offer>(
            $"""
            UPDATE offers SET state = 'expired', ended_at = @now
            WHERE id IN (SELECT id FROM offers WHERE state = 'open' AND expires_at <= @now ORDER BY expires_at LIMIT @limit {database.Dialect.SkipLocked})
            RETURNING id, mention_id, person_id, decision_id, offered_at, expires_at
            """,
            new { now, limit });
        await RecordAsync(transaction, expired, JournalKinds.OfferExpired, now);
        return expired;
    }

    /// <summary>Ends all open offers of people who are away or gone, and returns them. It is not held against them: they may be asked again.</summary>
    public async Task<IReadOnlyList<Offer>> WithdrawAsync(DbTransaction transaction, IReadOnlyCollection<Guid> personIds)
    {
        if (personIds.Count == 0)
            return [];

        var now = clock.GetUtcNow();
        var withdrawn = await transaction.QueryAsync<Offer>(
            $"""
            UPDATE offers SET state = 'withdrawn', ended_at = @now
            WHERE id IN (SELECT id FROM offers WHERE state = 'open' AND person_id IN {database.Dialect.Ids} {database.Dialect.SkipLocked})
            RETURNING id, mention_id, person_id, decision_id, offered_at, expires_at
            """,
            new { now, ids = Sql.Ids(personIds) });
        await RecordAsync(transaction, withdrawn, JournalKinds.OfferWithdrawn, now);
        return withdrawn;
    }

    private async Task RecordAsync(DbTransaction transaction, IReadOnlyList<Offer> ended, string kind, DateTimeOffset now)
    {
        if (ended.Count == 0)
            return;

        var brands = (await transaction.QueryAsync<(Guid Id, string BrandId)>(
            $"SELECT id, brand_id FROM mentions WHERE id IN {database.Dialect.Ids}", new { ids = Sql.Ids(ended.Select(o => o.MentionId)) }))
            .ToDictionary(m => m.Id, m => m.BrandId);
        await journal.AppendAsync(transaction, ended.Select(o => new JournalEntry
        {
            At = now, BrandId = brands[o.MentionId], MentionId = o.MentionId, Kind = kind, Data = Sql.ToJson(new { o.PersonId }),
        }));
    }

    /// <summary>Notes how claims ended, also of who took a mention without an offer, so that they are not asked for it next.</summary>
    /// <param name="transaction">The transaction that ends them.</param>
    /// <param name="claims">Whose claims on what.</param>
    /// <param name="state"><see cref="GivenBack"/> or <see cref="RanOut"/>.</param>
    public async Task ClaimEndedAsync(DbTransaction transaction, IEnumerable<(Guid MentionId, Guid PersonId)> claims, string state)
    {
        var rows = Sql.Rows(claims.Select(c => new { id = Ids.New(clock), c.MentionId, c.PersonId }));
        await transaction.ExecuteAsync(endClaims, new { rows, state });
        await transaction.ExecuteAsync(noteClaims, new { rows, state, now = clock.GetUtcNow() });
    }

    /// <summary>Lets those who were asked before be asked again: what staff hand back is another question than it was.</summary>
    public Task StartOverAsync(DbTransaction transaction, Guid mentionId) =>
        transaction.ExecuteAsync("UPDATE offers SET state = 'superseded' WHERE mention_id = @mentionId AND state <> 'open'", new { mentionId });

    /// <summary>The open offers of a mention, one for each who is asked.</summary>
    public Task<IReadOnlyList<Offer>> OpenOffersAsync(DbTransaction transaction, Guid mentionId) =>
        transaction.QueryAsync<Offer>(
            "SELECT id, mention_id, person_id, decision_id, offered_at, expires_at FROM offers WHERE mention_id = @mentionId AND state = 'open' ORDER BY id",
            new { mentionId });
}

/// <summary>A mention reserved for an advocate, or for one of a few, until it expires.</summary>
public sealed record Offer
{
    /// <summary>Identifies the offer.</summary>
    public required Guid Id { get; init; }

    /// <summary>The mention.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>For whom.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The decision that explains it.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many places of the advocate's capacity it takes.</summary>
    public int Places { get; init; } = 1;
}

/// <summary>An offer whose rows are written out before the transaction that makes it.</summary>
public sealed record PreparedOffer(Offer Offer)
{
    internal PreparedRow Row { get; } = Sql.Row(Offer);

    internal PreparedRow Entry { get; } = Journal.ToRow(Offer.MentionId, JournalKinds.Offered, Sql.ToJson(new { Offer.PersonId, Offer.ExpiresAt, places = ClaimTerms.Unusual(Offer.Places) }));
}

/// <summary>An open mention without an offer.</summary>
/// <param name="MentionId">The mention.</param>
/// <param name="NextLookAt">When the router looks at it again.</param>
/// <param name="OverflowAt">When staff get it.</param>
/// <param name="ClaimMinutes">How long a claim on it lasts; null for as long as claims last here.</param>
/// <param name="Places">How many places of an advocate's capacity it takes.</param>
public sealed record WaitingMention(Guid MentionId, DateTimeOffset NextLookAt, DateTimeOffset OverflowAt, double? ClaimMinutes = null, int Places = 1)
{
    /// <summary>The row of the waiting list.</summary>
    public PreparedRow ToRow() => Sql.Row(this);
}
