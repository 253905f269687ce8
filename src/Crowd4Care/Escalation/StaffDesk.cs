using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Escalation;

/// <summary>Hand-overs between crowd and staff, notes, and closing. Taking from a queue is a claim like any other.</summary>
public sealed class StaffDesk(Database database, MentionStore mentions, MentionLifecycle lifecycle, OfferStore offers, NoteStore notes, Journal journal, WakeUps wakeUps, TimeProvider clock)
{
    /// <summary>How long staff have for what is handed to them.</summary>
    internal static readonly TimeSpan DueIn = TimeSpan.FromHours(4);

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
        IReadOnlyList<NamedPerson> named = [];
        var outcome = await ChangeAsync(mentionId, brandId, personId, async (transaction, mention) =>
        {
            var mine = mention.Status == MentionStatus.Claimed && mention.AssigneeId == personId && mention.ClaimExpiresAt is not null;
            if (mention.Status != MentionStatus.Escalated && !mine)
                return (mention.Status == MentionStatus.Claimed ? StaffOutcome.NotYours : StaffOutcome.WrongState, null);

            await offers.StartOverAsync(transaction, mentionId);
            await offers.ReturnAsync(transaction, [(mentionId, ClaimTerms.Usual)]);
            if (!string.IsNullOrWhiteSpace(advice))
                named = (await notes.AddAsync(transaction, brandId, mentionId, personId, advice)).Named;
            return (StaffOutcome.Done, MentionChange.HandedBack(mentionId, personId, advice));
        }, cancellationToken);
        if (outcome == StaffOutcome.Done)
            await wakeUps.PublishAsync(new MentionsToOffer { MentionIds = [mentionId] });
        if (outcome == StaffOutcome.Done && named.Count > 0)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [.. named.Select(p => p.Id)] });
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

    /// <summary>Writes an internal note. Colleagues whom it names with <c>@login</c> get a notice.</summary>
    public async Task<NoteResult> NoteAsync(Guid mentionId, string brandId, Guid personId, string text, CancellationToken cancellationToken = default)
    {
        var written = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId)
                return null;

            var note = await notes.AddAsync(transaction, brandId, mentionId, personId, text);
            await journal.AppendAsync(transaction, new JournalEntry
            {
                At = clock.GetUtcNow(), BrandId = brandId, MentionId = mentionId, ActorId = personId, Kind = JournalKinds.Noted,
                Data = Sql.ToJson(new { noteId = note.Id, named = note.Named.Count > 0 ? note.Named.Select(p => p.Id) : null }),
            });
            return note;
        }, cancellationToken);
        if (written is null)
            return new NoteResult(StaffOutcome.NotFound);

        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [.. written.Named.Select(p => p.Id)] });
        return new NoteResult(StaffOutcome.Done) { Note = written };
    }

    /// <summary>A person has seen the notes that name them: those on a mention, or all.</summary>
    public async Task SeeNotesAsync(Guid personId, Guid? mentionId, CancellationToken cancellationToken = default)
    {
        if (await notes.SeeAsync(personId, mentionId, cancellationToken))
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [], PersonIds = [personId] });
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

/// <summary>What came of a note.</summary>
/// <param name="Outcome">Whether it was written.</param>
public sealed record NoteResult(StaffOutcome Outcome)
{
    /// <summary>The note, when it was.</summary>
    public WrittenNote? Note { get; init; }

    /// <summary>What looks like a name in it and is nobody's.</summary>
    public IReadOnlyList<string> Unknown => Note is null ? [] : NoteText.Unknown(Note.Text, Note.Named);
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
