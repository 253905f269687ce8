using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Escalation.Duplicates;

/// <summary>Staff mark a mention as a duplicate of another: it is closed with a link to that, and can be taken apart again.</summary>
public sealed class DuplicateDesk(Database database, MentionStore mentions, MentionLifecycle lifecycle, OfferStore offers, WakeUps wakeUps, TimeProvider clock)
{
    /// <summary>Closes a mention as a duplicate. What was a duplicate of it becomes one of the other, and of a duplicate its original is meant.</summary>
    public async Task<DuplicateOutcome> MarkAsync(Guid mentionId, Guid otherId, string brandId, Guid personId, CancellationToken cancellationToken = default)
    {
        var original = otherId;
        var outcome = await database.WriteAsync(async transaction =>
        {
            if (otherId == mentionId)
                return DuplicateOutcome.Itself;
            original = await OriginalOfAsync(transaction, otherId) ?? otherId;
            if (original == mentionId)
                return DuplicateOutcome.OtherWayRound;

            // Both are held, in one order, so that two people don't close each as a duplicate of the other.
            var held = new Dictionary<Guid, MentionRow?>();
            foreach (var id in new[] { mentionId, original }.Order())
                held[id] = await mentions.FindAsync(transaction, id);
            if (held[mentionId] is not { } mention || mention.BrandId != brandId)
                return DuplicateOutcome.NotFound;
            if (held[original] is not { } into || into.BrandId != brandId || into.Status == MentionStatus.Deleted)
                return DuplicateOutcome.OtherNotFound;
            if (await OriginalOfAsync(transaction, original) is not null)
                return DuplicateOutcome.OtherWayRound;

            var isMine = mention is { Status: MentionStatus.Claimed, ClaimExpiresAt: not null } && mention.AssigneeId == personId;
            if (mention.Status is MentionStatus.Claimed or MentionStatus.Approval && !isMine)
                return DuplicateOutcome.NotYours;
            if (mention.Status is not (MentionStatus.Open or MentionStatus.Escalated or MentionStatus.Claimed))
                return DuplicateOutcome.WrongState;

            await lifecycle.ApplyAsync(transaction, MentionChange.Merged(mentionId, personId, mention.Fence, mention.Status, original));
            await transaction.ExecuteAsync(
                """
                INSERT INTO duplicates (mention_id, of_id, marked_by, marked_at) VALUES (@mentionId, @original, @personId, @now)
                ON CONFLICT (mention_id) DO UPDATE SET of_id = excluded.of_id, marked_by = excluded.marked_by, marked_at = excluded.marked_at;
                UPDATE duplicates SET of_id = @original WHERE of_id = @mentionId;
                """,
                new { mentionId, original, personId, now = clock.GetUtcNow() });
            return DuplicateOutcome.Done;
        }, cancellationToken);
        if (outcome == DuplicateOutcome.Done)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId, original], PersonIds = [personId] });
        return outcome;
    }

    /// <summary>Takes a duplicate and its original apart: it goes back to where it came from, the crowd or its queue.</summary>
    public async Task<DuplicateOutcome> UndoAsync(Guid mentionId, string brandId, Guid personId, CancellationToken cancellationToken = default)
    {
        MentionRow? apart = null;
        Guid? original = null;
        var outcome = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId)
                return DuplicateOutcome.NotFound;
            original = await OriginalOfAsync(transaction, mentionId);
            if (original is null)
                return DuplicateOutcome.WrongState;

            var due = mention.Home == MentionStatus.Escalated ? clock.GetUtcNow() + StaffDesk.DueIn : (DateTimeOffset?)null;
            if (await lifecycle.ApplyAsync(transaction, MentionChange.Unmerged(mentionId, personId, mention.Home, due, original.Value)) is null)
                return DuplicateOutcome.WrongState;

            await transaction.ExecuteAsync("DELETE FROM duplicates WHERE mention_id = @mentionId", new { mentionId });
            if (mention.Home == MentionStatus.Open)
            {
                await offers.StartOverAsync(transaction, mentionId);
                await offers.ReturnAsync(transaction, [(mentionId, ClaimTerms.Usual)]);
            }

            apart = mention;
            return DuplicateOutcome.Done;
        }, cancellationToken);
        if (apart is null)
            return outcome;

        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId, original!.Value] });
        if (apart.Home == MentionStatus.Open)
            await wakeUps.PublishAsync(new MentionsToOffer { MentionIds = [mentionId] });
        return outcome;
    }

    private static Task<Guid?> OriginalOfAsync(DbTransaction transaction, Guid id) =>
        transaction.SingleAsync<Guid?>("SELECT of_id FROM duplicates WHERE mention_id = @id", new { id });
}

/// <summary>Outcomes of marking a duplicate, or taking it apart.</summary>
public enum DuplicateOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>There is no such other mention, or it was deleted.</summary>
    OtherNotFound,

    /// <summary>Both are the same.</summary>
    Itself,

    /// <summary>The other is a duplicate of this one.</summary>
    OtherWayRound,

    /// <summary>Somebody else has claimed it, or its reply is on the way.</summary>
    NotYours,

    /// <summary>It is closed already, not routed yet, or no duplicate.</summary>
    WrongState,
}
