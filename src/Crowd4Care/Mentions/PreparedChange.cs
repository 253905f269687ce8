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

    // What is null is left out: the row of most changes is short.
    private static PreparedRow ToRow(MentionChange c) => Sql.Row(new
    {
        id = c.MentionId,
        from = ToText(c.From),
        to = c.To.ToText(),
        c.Priority,
        c.Language,
        c.Topic,
        c.ExpectedFence,
        fenceStep = Flag(c.NewFence),
        queueChanges = Flag(c.Queue.Changes),
        queue = c.Queue.Value,
        dueChanges = Flag(c.DueAt.Changes),
        dueAt = c.DueAt.Empties || !c.DueAt.Changes ? (DateTimeOffset?)null : c.DueAt.Value,
        assigneeChanges = Flag(c.Assignee.Changes),
        assignee = c.Assignee.Empties || !c.Assignee.Changes ? (Guid?)null : c.Assignee.Value,
        claimChanges = Flag(c.ClaimExpiresAt.Changes),
        claimMinutes = c.Terms?.Minutes,
        c.Terms?.Places,
        extension = Flag(c.Extends),
        claimExpiresAt = c.ClaimExpiresAt.Empties || !c.ClaimExpiresAt.Changes ? (DateTimeOffset?)null : c.ClaimExpiresAt.Value,
    });

    private static int? Flag(bool isSet) => isSet ? 1 : null;

    private static string ToText(IReadOnlyList<MentionStatus> from) => $",{string.Join(',', from.Select(s => s.ToText()))},";
}
