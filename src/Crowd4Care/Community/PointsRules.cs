using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Community;

/// <summary>
/// What is worth points. Pure: facts of the journal in, lines out, so that points can be computed again from scratch with the same
/// result and every line can be explained. Only advocates earn points.
/// </summary>
public static class PointsRules
{
    /// <summary>An answer that stands on the network.</summary>
    public const int Answered = 10;

    /// <summary>A matter that was closed after the advocate's answer.</summary>
    public const int Resolved = 5;

    /// <summary>A hand-over to staff that staff then answered or closed themselves.</summary>
    public const int HandedOver = 6;

    /// <summary>Kinds of entries that can bring points.</summary>
    public static IReadOnlyList<string> Awarded { get; } = [JournalKinds.ReplyPosted, JournalKinds.Resolved];

    /// <summary>Kinds of entries that the rules look at as history.</summary>
    public static IReadOnlyList<string> LookedAt { get; } = [.. Awarded, JournalKinds.Escalated, JournalKinds.HandedBack];

    /// <summary>The points that an entry brings.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="before">Earlier entries of the same mention of the kinds <see cref="LookedAt"/>, oldest first.</param>
    public static IReadOnlyList<PointsLine> Award(JournalEntry entry, IReadOnlyList<JournalEntry> before)
    {
        var lines = new List<PointsLine>();
        if (entry.Kind == JournalKinds.ReplyPosted && entry is { ActorRole: Role.Advocate })
            lines.Add(new PointsLine("answered", entry.ActorId!.Value, Answered, "Answered"));

        var answer = before.LastOrDefault(e => e.Kind == JournalKinds.ReplyPosted);
        if (entry.Kind == JournalKinds.Resolved && answer is { ActorRole: Role.Advocate })
            lines.Add(new PointsLine("resolved", answer.ActorId!.Value, Resolved, "Resolved after the answer"));

        var byStaff = entry.ActorRole is Role.Agent or Role.Admin;
        var alreadyClosed = before.Any(e => e.Kind is JournalKinds.ReplyPosted or JournalKinds.Resolved);
        var handOver = before.LastOrDefault(e => e.Kind is JournalKinds.Escalated or JournalKinds.HandedBack);
        if (entry.Kind is JournalKinds.ReplyPosted or JournalKinds.Resolved && byStaff && !alreadyClosed
            && handOver is { Kind: JournalKinds.Escalated, ActorRole: Role.Advocate })
            lines.Add(new PointsLine("handed-over", handOver.ActorId!.Value, HandedOver, "Handed over rightly: staff took care of it"));

        return lines;
    }
}

/// <summary>Points that somebody got for an entry.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Points">How many.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record PointsLine(string Rule, Guid PersonId, int Points, string Reason);
