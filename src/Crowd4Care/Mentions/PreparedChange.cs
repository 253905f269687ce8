using Crowd4Care.Contracts;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>A change whose rows are written out, so that the transaction which stores it need not: others wait for that one.</summary>
public sealed class PreparedChange
{
    private PreparedChange(MentionChange change, PreparedRow row, PreparedRow? entry)
    {
        Change = change;
        Row = row;
        Entry = entry;
    }

    /// <summary>The change.</summary>
    public MentionChange Change { get; }

    /// <summary>What <see cref="MentionLifecycle"/> does to the mention.</summary>
    internal PreparedRow Row { get; }

    /// <summary>The journal entry of what the system did; null for a person's, which says more.</summary>
    internal PreparedRow? Entry { get; }

    /// <summary>Writes a change out.</summary>
    public static PreparedChange Of(MentionChange change) => new(change, ToRow(change), change.Actor is null ? Journal.ToRow(change.MentionId, change.Kind, change.Data) : null);

    private static PreparedRow ToRow(MentionChange c) => c.IsStep
        ? Sql.Row(new { id = c.MentionId, from = ToText(c.From), to = c.To.ToText(), c.Priority, c.Language, c.Topic })
        : Sql.Row(new
        {
            id = c.MentionId,
            from = ToText(c.From),
            to = c.To.ToText(),
            c.Priority,
            c.Language,
            c.Topic,
            c.ExpectedFence,
            fenceStep = c.NewFence ? 1 : 0,
            queueChanges = c.Queue.Changes ? 1 : 0,
            queue = c.Queue.Value,
            dueChanges = c.DueAt.Changes ? 1 : 0,
            dueAt = c.DueAt.Empties || !c.DueAt.Changes ? (DateTimeOffset?)null : c.DueAt.Value,
            assigneeChanges = c.Assignee.Changes ? 1 : 0,
            assignee = c.Assignee.Empties || !c.Assignee.Changes ? (Guid?)null : c.Assignee.Value,
            claimChanges = c.ClaimExpiresAt.Changes ? 1 : 0,
            claimExpiresAt = c.ClaimExpiresAt.Empties || !c.ClaimExpiresAt.Changes ? (DateTimeOffset?)null : c.ClaimExpiresAt.Value,
        });

    private static string ToText(IReadOnlyList<MentionStatus> from) => $",{string.Join(',', from.Select(s => s.ToText()))},";
}
