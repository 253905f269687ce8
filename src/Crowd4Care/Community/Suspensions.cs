using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Community;

/// <summary>
/// Suspends people, with a reason, and lifts it. Who is suspended can't sign in, their keys open nothing, and what they had claimed goes back to
/// where it came from; their open offers end with the next sweep of the router. A reply of theirs that waits for approval stays with staff.
/// </summary>
public sealed class Suspensions(Database database, Journal journal, MentionLifecycle lifecycle, OfferStore offers, WakeUps wakeUps, TimeProvider clock)
{
    /// <summary>Suspends a person, or lifts the suspension when the reason is null.</summary>
    /// <returns>How many claims went back; null when there is no such person in the brand.</returns>
    public async Task<int?> SuspendAsync(Guid id, string brandId, string? reason, Guid? actor, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<MentionRow> returned = [];
        var changed = await database.WriteAsync(async transaction =>
        {
            var updated = await transaction.ExecuteAsync(
                """
                UPDATE people SET suspended_at = @at, suspended_reason = @reason, security_stamp = @stamp
                WHERE id = @id AND brand_id = @brandId
                """,
                new { id, brandId, reason, at = reason is null ? (DateTimeOffset?)null : clock.GetUtcNow(), stamp = Ids.New(clock).ToString() });
            if (updated == 0)
                return false;

            returned = reason is null ? [] : await transaction.QueryAsync<MentionRow>(
                $"SELECT * FROM mentions WHERE assignee_id = @id AND status = 'claimed' AND claim_expires_at IS NOT NULL ORDER BY id {database.Dialect.ForUpdate}", new { id });
            await lifecycle.ApplyAsync(transaction, [.. returned.Select(m => MentionChange.ClaimWithdrawn(m.Id, id, actor, m.Fence, m.Home))]);
            await offers.ReturnAsync(transaction, returned.Where(m => m.Home == MentionStatus.Open).Select(m => (m.Id, m.Terms)));
            var change = reason is null ? "reinstated" : "suspended";
            await journal.AppendAsync(transaction, clock.GetUtcNow(), brandId, actor, JournalKinds.PersonChanged, new { id, reason, change });
            return true;
        }, cancellationToken);
        if (!changed)
            return null;

        var ids = returned.Select(m => m.Id).ToList();
        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = ids, PersonIds = [id] });
        if (ids.Count > 0)
            await wakeUps.PublishAsync(new MentionsToOffer { MentionIds = ids });
        return ids.Count;
    }
}
