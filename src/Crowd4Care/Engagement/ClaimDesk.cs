using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>Claims: taking, declining, keeping longer, giving back.</summary>
public sealed class ClaimDesk(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, OfferStore offers, Workload workload, WakeUps wakeUps, TimeProvider clock,
    IOptions<EngagementOptions> options)
{
    /// <summary>
    /// Takes the exclusive right to answer: advocates from the crowd, staff from a queue and from the crowd. Repeating one's own
    /// claim returns it unchanged.
    /// </summary>
    public async Task<ClaimResult> ClaimAsync(Guid mentionId, string brandId, Guid personId, Role role, CancellationToken cancellationToken = default)
    {
        using var span = CrowdTraces.Start("claim", mentionId);
        var result = await database.WriteAsync(async transaction =>
        {
            var mention = await FindAsync(transaction, mentionId, brandId);
            if (mention is null)
                return new ClaimResult(ClaimOutcome.NotFound);
            if (mention is { Status: MentionStatus.Claimed or MentionStatus.Approval } && mention.AssigneeId == personId)
                return new ClaimResult(ClaimOutcome.Claimed, mention.Fence, mention.ClaimExpiresAt);

            var open = mention.Status == MentionStatus.Open ? await offers.OpenOffersAsync(transaction, mentionId) : [];
            var held = await workload.ClaimsAsync(transaction, personId);
            var outcome = Decide(mention, open, personId, role, held);
            if (outcome != ClaimOutcome.Claimed)
                return await ExplainAsync(transaction, outcome, mention, open);

            var terms = mention.Status == MentionStatus.Open ? await offers.TermsAsync(transaction, mentionId) : ClaimTerms.Usual;
            // Stored with the claim: what the brand sets later does not change what was given.
            terms = terms with { Minutes = terms.Minutes ?? await BrandTerms.ClaimMinutesAsync(transaction, brandId) };
            var until = clock.GetUtcNow() + options.Value.ClaimTime(terms.Minutes);
            var changed = await lifecycle.ApplyAsync(transaction, MentionChange.ClaimedBy(mentionId, personId, mention.Status, until, terms));
            return changed is null
                ? new ClaimResult(ClaimOutcome.Taken)
                : new ClaimResult(ClaimOutcome.Claimed, changed.Fence, until) { IsNew = true, WereOffered = changed.WereOffered };
        }, cancellationToken);
        var word = result.Outcome.ToString().ToLowerInvariant();
        CrowdMetrics.Claimed(word);
        span?.SetTag("outcome", word);
        // Others who were asked see the offer vanish.
        if (result.IsNew)
            await ChangedAsync(mentionId, [personId, .. result.WereOffered.Where(p => p != personId)]);
        return result;
    }

    /// <summary>
    /// Sets the end of a claim anew, from now on, a few times. Early on it changes nothing, so that a repeated request costs nothing.
    /// </summary>
    public async Task<ExtendResult> ExtendAsync(Guid mentionId, string brandId, Guid personId, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var result = await database.WriteAsync(async transaction =>
        {
            if (await FindAsync(transaction, mentionId, brandId) is not { } mention)
                return new ExtendResult(ExtendOutcome.NotFound);
            if (mention is not { Status: MentionStatus.Claimed, ClaimExpiresAt: { } ends } || mention.AssigneeId != personId || ends <= now)
                return new ExtendResult(ExtendOutcome.NotYours);

            var lasts = options.Value.ClaimTime(mention.ClaimMinutes);
            var left = Math.Max(0, options.Value.ClaimExtensions - mention.ClaimExtensions);
            if (now < EngagementOptions.WarnAt(ends, lasts))
                return new ExtendResult(ExtendOutcome.TooEarly, ends, left);
            if (left == 0)
                return new ExtendResult(ExtendOutcome.NoneLeft, ends);

            return await lifecycle.ApplyAsync(transaction, MentionChange.ClaimExtended(mentionId, personId, mention.Fence, now + lasts)) is null
                ? new ExtendResult(ExtendOutcome.NotYours)
                : new ExtendResult(ExtendOutcome.Extended, now + lasts, left - 1);
        }, cancellationToken);
        if (result.Outcome == ExtendOutcome.Extended)
            await ChangedAsync(mentionId, [personId]);
        return result;
    }

    /// <summary>Declines an offer; when nobody else was asked, it goes to the next. False when there is no open offer for this person.</summary>
    public async Task<bool> PassAsync(
        Guid mentionId, string brandId, Guid personId, PassReason? why, string? reason, CancellationToken cancellationToken = default)
    {
        var passed = await database.WriteAsync(transaction => offers.PassAsync(transaction, brandId, mentionId, personId, why, reason), cancellationToken);
        if (passed)
        {
            await Task.WhenAll(ChangedAsync(mentionId, [personId]), wakeUps.PublishAsync(new MentionsToOffer { MentionIds = [mentionId] }));
        }

        return passed;
    }

    /// <summary>Gives a claim back to where it came from. False when the claim is not this person's any more, or a reply is being sent.</summary>
    public async Task<bool> ReleaseAsync(Guid mentionId, string brandId, Guid personId, CancellationToken cancellationToken = default)
    {
        var released = await database.WriteAsync(async transaction =>
        {
            var mention = await FindAsync(transaction, mentionId, brandId);
            if (mention is not { Status: MentionStatus.Claimed, ClaimExpiresAt: not null } || mention.AssigneeId != personId)
                return false;

            await ReturnAsync(transaction, [(mention, MentionChange.Released(mentionId, personId, mention.Fence, mention.Home))]);
            await offers.ClaimEndedAsync(transaction, [(mentionId, personId)], OfferStore.GivenBack);
            return true;
        }, cancellationToken);
        if (released)
        {
            await Task.WhenAll(ChangedAsync(mentionId, [personId]), wakeUps.PublishAsync(new MentionsToOffer { MentionIds = [mentionId] }));
        }

        return released;
    }

    /// <summary>Returns the claims whose time is over.</summary>
    public async Task ExpireAsync(int limit, CancellationToken cancellationToken)
    {
        var expired = await database.WriteAsync<IReadOnlyList<MentionRow>>(async transaction =>
        {
            var due = await transaction.QueryAsync<MentionRow>(
                $"""
                SELECT * FROM mentions WHERE claim_expires_at <= @now AND status = 'claimed' ORDER BY claim_expires_at LIMIT @limit
                {database.Dialect.SkipLocked}
                """,
                new { now = clock.GetUtcNow(), limit });
            await ReturnAsync(transaction, [.. due.Select(m => (m, MentionChange.ClaimExpired(m.Id, m.AssigneeId!.Value, m.Fence, m.Home)))]);
            await offers.ClaimEndedAsync(transaction, due.Where(m => m.Home == MentionStatus.Open).Select(m => (m.Id, m.AssigneeId!.Value)), OfferStore.RanOut);
            return due;
        }, cancellationToken);
        if (expired.Count == 0)
            return;

        var ids = expired.Select(m => m.Id).ToList();
        await Task.WhenAll(
            wakeUps.PublishAsync(new MentionsChanged { MentionIds = ids, PersonIds = [.. expired.Select(m => m.AssigneeId!.Value).Distinct()] }),
            wakeUps.PublishAsync(new MentionsToOffer { MentionIds = ids }));
    }

    private ClaimOutcome Decide(MentionRow mention, IReadOnlyList<Offer> open, Guid personId, Role role, int held) => mention.Status switch
    {
        MentionStatus.Claimed or MentionStatus.Approval => ClaimOutcome.Taken,
        MentionStatus.Escalated when role == Role.Advocate => ClaimOutcome.WithStaff,
        MentionStatus.Open when role == Role.Advocate && open.Count > 0 && open.All(o => o.PersonId != personId) => ClaimOutcome.Reserved,
        MentionStatus.Open or MentionStatus.Escalated => held >= options.Value.MostClaims ? ClaimOutcome.TooMany : ClaimOutcome.Claimed,
        _ => ClaimOutcome.Closed,
    };

    private static async Task<ClaimResult> ExplainAsync(DbTransaction transaction, ClaimOutcome outcome, MentionRow mention, IReadOnlyList<Offer> open)
    {
        var isReserved = outcome == ClaimOutcome.Reserved;
        if (isReserved && open.Count > 1)
            return new ClaimResult(outcome) { Holder = $"{open.Count} advocates", HolderUntil = open.Max(o => o.ExpiresAt), Status = mention.Status };

        var holder = isReserved ? open[0].PersonId : mention.AssigneeId;
        var name = holder is null ? null : await transaction.SingleAsync<string>("SELECT name FROM people WHERE id = @holder", new { holder });
        return new ClaimResult(outcome)
        {
            HolderId = holder,
            Holder = name,
            HolderUntil = isReserved ? open[0].ExpiresAt : mention.ClaimExpiresAt,
            Status = mention.Status,
        };
    }

    private async Task<MentionRow?> FindAsync(DbTransaction transaction, Guid mentionId, string brandId) =>
        await mentions.FindAsync(transaction, mentionId) is { } mention && mention.BrandId == brandId ? mention : null;

    private async Task ReturnAsync(DbTransaction transaction, IReadOnlyCollection<(MentionRow Mention, MentionChange Change)> returned)
    {
        await lifecycle.ApplyAsync(transaction, [.. returned.Select(r => r.Change)]);
        await offers.ReturnAsync(transaction, returned.Where(r => r.Change.To == MentionStatus.Open).Select(r => (r.Mention.Id, r.Mention.Terms)));
    }

    private Task<bool> ChangedAsync(Guid mentionId, IReadOnlyList<Guid> personIds) =>
        wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = personIds });
}

/// <summary>What came of a claim.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Fence">The fencing number that a reply must carry.</param>
/// <param name="Until">When the claim runs out; null while a reply is being sent.</param>
public sealed record ClaimResult(ClaimOutcome Outcome, long Fence = 0, DateTimeOffset? Until = null)
{
    /// <summary>Who has it instead.</summary>
    public Guid? HolderId { get; init; }

    /// <summary>The name of who has it instead; their number, when several are asked.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? HolderUntil { get; init; }

    /// <summary>The mention's state.</summary>
    public MentionStatus? Status { get; init; }

    internal bool IsNew { get; init; }

    internal IReadOnlyList<Guid> WereOffered { get; init; } = [];
}

/// <summary>What came of asking for more time.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Until">When the claim runs out.</param>
/// <param name="Left">How many more times it can be extended.</param>
public sealed record ExtendResult(ExtendOutcome Outcome, DateTimeOffset? Until = null, int Left = 0);

/// <summary>Outcomes of asking for more time.</summary>
public enum ExtendOutcome
{
    /// <summary>The claim lasts as long again, from now on.</summary>
    Extended,

    /// <summary>There is much time left: nothing was changed, and nothing was used up.</summary>
    TooEarly,

    /// <summary>It was extended as often as it may be.</summary>
    NoneLeft,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>The claim is not this person's, has run out, or its reply is on the way.</summary>
    NotYours,
}

/// <summary>Outcomes of a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>It is this person's.</summary>
    Claimed,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>Somebody else has claimed it.</summary>
    Taken,

    /// <summary>It is offered to another advocate just now.</summary>
    Reserved,

    /// <summary>Staff have it.</summary>
    WithStaff,

    /// <summary>It is answered, closed, ignored, gone, or not routed yet.</summary>
    Closed,

    /// <summary>This person has too many claims already.</summary>
    TooMany,
}
