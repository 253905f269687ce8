using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Escalation;

/// <summary>Hand-overs between crowd and staff, notes, and closing. Taking from a queue is a claim like any other.</summary>
public sealed class StaffDesk(Database database, MentionStore mentions, MentionLifecycle lifecycle, OfferStore offers, Journal journal, WakeUps wakeUps, TimeProvider clock)
{
    private static readonly TimeSpan DueIn = TimeSpan.FromHours(4);

    /// <summary>Gives a mention to staff: the advocate who has claimed it or has its offer, or staff themselves.</summary>
    public Task<StaffOutcome> EscalateAsync(Guid mentionId, string brandId, Guid personId, Role role, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(mentionId, brandId, personId, async (transaction, mention) =>
        {
            if (mention.Status is not (MentionStatus.Open or MentionStatus.Claimed))
                return (StaffOutcome.WrongState, null);
            if (mention.Status == MentionStatus.Claimed && (mention.AssigneeId != personId || mention.ClaimExpiresAt is null))
                return (StaffOutcome.NotYours, null);
            if (mention.Status == MentionStatus.Open && role == Role.Advocate
                && await offers.OpenOffersAsync(transaction, mentionId) is { Count: > 0 } open && open.All(o => o.PersonId != personId))
                return (StaffOutcome.NotYours, null);

            var fence = mention.Status == MentionStatus.Claimed ? mention.Fence : (long?)null;
            return (StaffOutcome.Done, MentionChange.EscalatedBy(mentionId, personId, fence, Queues.Staff, clock.GetUtcNow() + DueIn, reason));
        }, cancellationToken);

    /// <summary>Gives an escalation back to the crowd, with advice for whoever answers.</summary>
    public async Task<StaffOutcome> HandBackAsync(Guid mentionId, string brandId, Guid personId, string advice, CancellationToken cancellationToken = default)
    {
        var outcome = await ChangeAsync(mentionId, brandId, personId, async (transaction, mention) =>
        {
            var mine = mention.Status == MentionStatus.Claimed && mention.AssigneeId == personId && mention.ClaimExpiresAt is not null;
            if (mention.Status != MentionStatus.Escalated && !mine)
                return (mention.Status == MentionStatus.Claimed ? StaffOutcome.NotYours : StaffOutcome.WrongState, null);

            await offers.StartOverAsync(transaction, mentionId);
            await offers.ReturnAsync(transaction, [(mentionId, ClaimTerms.Usual)]);
            if (!string.IsNullOrWhiteSpace(advice))
                await InsertNoteAsync(transaction, mentionId, personId, advice);
            return (StaffOutcome.Done, MentionChange.HandedBack(mentionId, personId, advice));
        }, cancellationToken);
        if (outcome == StaffOutcome.Done)
            await wakeUps.PublishAsync(new MentionsToOffer { MentionIds = [mentionId] });
        return outcome;
    }

    /// <summary>Closes a mention. An advocate can close what they have claimed or answered; staff anything that nobody else has claimed.</summary>
    public Task<StaffOutcome> ResolveAsync(Guid mentionId, string brandId, Guid personId, Role role, CancellationToken cancellationToken = default) =>
        ChangeAsync(mentionId, brandId, personId, (_, mention) =>
        {
            var mine = mention.AssigneeId == personId;
            var sending = mention is { Status: MentionStatus.Claimed, ClaimExpiresAt: null };
            (StaffOutcome, MentionChange?) answer = mention.Status switch
            {
                MentionStatus.Claimed when !mine || sending => (StaffOutcome.NotYours, null),
                MentionStatus.Answered when role == Role.Advocate && !mine => (StaffOutcome.NotYours, null),
                MentionStatus.Open or MentionStatus.Escalated when role == Role.Advocate => (StaffOutcome.NotYours, null),
                MentionStatus.Open or MentionStatus.Claimed or MentionStatus.Escalated or MentionStatus.Answered =>
                    (StaffOutcome.Done, MentionChange.ResolvedBy(mentionId, personId, mention.Status == MentionStatus.Claimed ? mention.Fence : null, mention.Status)),
                _ => (StaffOutcome.WrongState, null),
            };
            return Task.FromResult(answer);
        }, cancellationToken);

    /// <summary>Writes an internal note.</summary>
    public async Task<StaffOutcome> NoteAsync(Guid mentionId, string brandId, Guid personId, string text, CancellationToken cancellationToken = default)
    {
        var written = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId)
                return false;

            var id = await InsertNoteAsync(transaction, mentionId, personId, text);
            await journal.AppendAsync(transaction, new JournalEntry
            {
                At = clock.GetUtcNow(), BrandId = brandId, MentionId = mentionId, ActorId = personId, Kind = JournalKinds.Noted, Data = Sql.ToJson(new { noteId = id }),
            });
            return true;
        }, cancellationToken);
        if (!written)
            return StaffOutcome.NotFound;

        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId] });
        return StaffOutcome.Done;
    }

    private async Task<Guid> InsertNoteAsync(System.Data.Common.DbTransaction transaction, Guid mentionId, Guid personId, string text)
    {
        var id = Ids.New(clock);
        await transaction.ExecuteAsync(
            "INSERT INTO notes (id, mention_id, person_id, text, created_at) VALUES (@id, @mentionId, @personId, @text, @now)",
            new { id, mentionId, personId, text = text.Trim(), now = clock.GetUtcNow() });
        return id;
    }

    private async Task<StaffOutcome> ChangeAsync(
        Guid mentionId, string brandId, Guid personId,
        Func<System.Data.Common.DbTransaction, MentionRow, Task<(StaffOutcome Outcome, MentionChange? Change)>> decide, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> wereOffered = [];
        var outcome = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId)
                return StaffOutcome.NotFound;

            var (decided, change) = await decide(transaction, mention);
            if (change is null)
                return decided;

            var changed = await lifecycle.ApplyAsync(transaction, change);
            wereOffered = changed?.WereOffered ?? [];
            return changed is null ? StaffOutcome.NotYours : decided;
        }, cancellationToken);
        if (outcome == StaffOutcome.Done)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [.. wereOffered.Append(personId).Distinct()] });
        return outcome;
    }
}

/// <summary>Outcomes of what staff and advocates do with a mention.</summary>
public enum StaffOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>Somebody else has it, a reply is being sent, or this role may not.</summary>
    NotYours,

    /// <summary>The mention's state does not allow it.</summary>
    WrongState,
}
