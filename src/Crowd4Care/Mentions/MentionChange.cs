using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using static Crowd4Care.Contracts.MentionStatus;

namespace Crowd4Care.Mentions;

/// <summary>
/// One step in the life of a mention: what it expects, what it sets, what the journal will say. All steps that exist are the
/// factory methods below, in the order of the life cycle; <see cref="MentionLifecycle"/> applies them.
/// </summary>
public sealed record MentionChange
{
    /// <summary>The mention.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>The journal entry's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>States from which this step is possible.</summary>
    public required IReadOnlyList<MentionStatus> From { get; init; }

    /// <summary>The state after it.</summary>
    public required MentionStatus To { get; init; }

    /// <summary>Who did it; null for the system.</summary>
    public Guid? Actor { get; init; }

    /// <summary>Details for the journal entry, as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>The fencing number that the mention must still carry: with an older one the step is refused.</summary>
    public long? ExpectedFence { get; init; }

    internal int? Priority { get; init; }

    internal string? Language { get; init; }

    internal string? Topic { get; init; }

    internal Field<string> Queue { get; init; }

    internal Field<DateTimeOffset> DueAt { get; init; }

    internal Field<Guid> Assignee { get; init; }

    internal Field<DateTimeOffset> ClaimExpiresAt { get; init; }

    internal ClaimTerms? Terms { get; init; }

    internal bool Extends { get; init; }

    internal bool NewFence { get; init; }

    internal bool Purge { get; init; }

    /// <summary>Whether it moves the mention on and no more: nobody has it, nobody gets it, nothing falls due.</summary>
    internal bool IsStep => ExpectedFence is null && !NewFence && !Queue.Changes && !DueAt.Changes && !Assignee.Changes && !ClaimExpiresAt.Changes;

    /// <summary>received → classified. What the lists of open mentions are filtered by stands in the mention itself from then on.</summary>
    public static MentionChange Classified(Guid id, MentionScore score) => new()
    {
        MentionId = id, Kind = JournalKinds.Classified, From = [Received], To = MentionStatus.Classified,
        Language = score.LabelOf(Heads.Language), Topic = score.LabelOf(Heads.Topic), Data = Sql.ToJson(new { score.ModelVersion }),
    };

    /// <summary>classified → open.</summary>
    public static MentionChange Opened(Guid id, int priority, object decision) => new()
    {
        MentionId = id, Kind = JournalKinds.Opened, From = [MentionStatus.Classified], To = Open, Priority = priority, Data = Sql.ToJson(decision),
    };

    /// <summary>classified → ignored.</summary>
    public static MentionChange Ignored(Guid id, object decision) => new()
    {
        MentionId = id, Kind = JournalKinds.Ignored, From = [MentionStatus.Classified], To = MentionStatus.Ignored, Data = Sql.ToJson(decision),
    };

    /// <summary>classified or open → escalated, by the router.</summary>
    public static MentionChange Escalated(Guid id, string queue, int priority, DateTimeOffset dueAt, object decision) => new()
    {
        MentionId = id, Kind = JournalKinds.Escalated, From = [MentionStatus.Classified, Open], To = MentionStatus.Escalated,
        Queue = Field.Set(queue), Priority = priority, DueAt = Field.Set(dueAt), Data = Sql.ToJson(decision),
    };

    /// <summary>open or claimed → escalated, by the person who has the offer or the claim.</summary>
    public static MentionChange EscalatedBy(Guid id, Guid actor, long? fence, string queue, DateTimeOffset dueAt, string reason) => new()
    {
        MentionId = id, Kind = JournalKinds.Escalated, From = [Open, Claimed], To = MentionStatus.Escalated, Actor = actor, ExpectedFence = fence,
        Queue = Field.Set(queue), DueAt = Field.Set(dueAt), Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(),
        Data = Sql.ToJson(new { queue, reason }),
    };

    /// <summary>open → claimed by an advocate, or escalated → claimed by staff. Gives a new fencing number.</summary>
    /// <param name="terms">How long such a claim lasts, for when it is extended, and what it takes; null for <see cref="ClaimTerms.Usual"/>.</param>
    public static MentionChange ClaimedBy(Guid id, Guid actor, MentionStatus from, DateTimeOffset until, ClaimTerms? terms = null) => new()
    {
        MentionId = id, Kind = JournalKinds.Claimed, From = [from], To = Claimed, Actor = actor, Terms = terms,
        Assignee = Field.Set(actor), ClaimExpiresAt = Field.Set(until), NewFence = true,
        Data = Sql.ToJson(new { until, from, places = ClaimTerms.Unusual(terms?.Places ?? 1) }),
    };

    /// <summary>The claim goes on for longer, under the same fencing number.</summary>
    public static MentionChange ClaimExtended(Guid id, Guid actor, long fence, DateTimeOffset until) => new()
    {
        MentionId = id, Kind = JournalKinds.ClaimExtended, From = [Claimed], To = Claimed, Actor = actor, ExpectedFence = fence, Extends = true,
        ClaimExpiresAt = Field.Set(until), Data = Sql.ToJson(new { until }),
    };

    /// <summary>Its holder asks staff: the claim goes on under the same fencing number.</summary>
    public static MentionChange QuestionAsked(Guid id, Guid actor, long fence, DateTimeOffset until, object question) => new()
    {
        MentionId = id, Kind = JournalKinds.QuestionAsked, From = [Claimed], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Set(until), Data = Sql.ToJson(question),
    };

    /// <summary>Staff answer its holder, who keeps it; also while their reply is on its way or waits for approval, when the claim has no end.</summary>
    public static MentionChange QuestionAnswered(Guid id, Guid actor, long fence, MentionStatus status, DateTimeOffset? until, object answer) => new()
    {
        MentionId = id, Kind = JournalKinds.QuestionAnswered, From = [status], To = status, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = until is { } end ? Field.Set(end) : default, Data = Sql.ToJson(answer),
    };

    /// <summary>claimed → where it came from: the crowd, or the staff queue.</summary>
    public static MentionChange Released(Guid id, Guid actor, long fence, MentionStatus to) => new()
    {
        MentionId = id, Kind = JournalKinds.Released, From = [Claimed], To = to, Actor = actor, ExpectedFence = fence,
        Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(),
    };

    /// <summary>claimed → where it came from, because time ran out.</summary>
    public static MentionChange ClaimExpired(Guid id, Guid holder, long fence, MentionStatus to) => new()
    {
        MentionId = id, Kind = JournalKinds.ClaimExpired, From = [Claimed], To = to, ExpectedFence = fence,
        Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { holder }),
    };

    /// <summary>claimed → where it came from, because its holder was suspended.</summary>
    public static MentionChange ClaimWithdrawn(Guid id, Guid holder, Guid? actor, long fence, MentionStatus to) => new()
    {
        MentionId = id, Kind = JournalKinds.ClaimWithdrawn, From = [Claimed], To = to, Actor = actor, ExpectedFence = fence,
        Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { holder }),
    };

    /// <summary>escalated or claimed by staff → open again.</summary>
    public static MentionChange HandedBack(Guid id, Guid actor, string advice) => new()
    {
        MentionId = id, Kind = JournalKinds.HandedBack, From = [MentionStatus.Escalated, Claimed], To = Open, Actor = actor,
        Queue = Field.Clear<string>(), DueAt = Field.Clear<DateTimeOffset>(), Assignee = Field.Clear<Guid>(),
        ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { advice }),
    };

    /// <summary>A reply is on its way: the claim stays and no longer expires.</summary>
    public static MentionChange ReplySubmitted(Guid id, Guid actor, long fence, Guid replyId) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplySubmitted, From = [Claimed], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { replyId }),
    };

    /// <summary>claimed → waiting for approval: the reply is written, and staff decide. The claim stays and no longer expires.</summary>
    public static MentionChange ReplyAwaitsApproval(Guid id, Guid actor, long fence, object reply) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyAwaitsApproval, From = [Claimed], To = Approval, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(reply),
    };

    /// <summary>waiting for approval → claimed: staff let the reply go, and it is on its way as its writer's.</summary>
    public static MentionChange ReplyApproved(Guid id, Guid actor, long fence, object reply) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyApproved, From = [Approval], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(reply),
    };

    /// <summary>waiting for approval → claimed: staff gave the reply back, and its writer can mend it.</summary>
    public static MentionChange ReplyRejected(Guid id, Guid actor, long fence, DateTimeOffset until, object reply) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyRejected, From = [Approval], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Set(until), Data = Sql.ToJson(reply),
    };

    /// <summary>The reply was taken back before it was sent: the claim goes on, with a new expiry.</summary>
    public static MentionChange ReplyUndone(Guid id, Guid actor, long fence, DateTimeOffset until, Guid replyId) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyUndone, From = [Claimed, Approval], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Set(until), Data = Sql.ToJson(new { replyId }),
    };

    /// <summary>claimed → answered: the reply stands on the network.</summary>
    public static MentionChange Answered(Guid id, Guid actor, long fence, object reply) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyPosted, From = [Claimed], To = MentionStatus.Answered, Actor = actor, ExpectedFence = fence,
        DueAt = Field.Clear<DateTimeOffset>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(reply),
    };

    /// <summary>The network refused the reply: the claim goes on, with a new expiry, so that its holder can mend it.</summary>
    public static MentionChange ReplyFailed(Guid id, Guid actor, long fence, DateTimeOffset until, object reply) => new()
    {
        MentionId = id, Kind = JournalKinds.ReplyFailed, From = [Claimed], To = Claimed, Actor = actor, ExpectedFence = fence,
        ClaimExpiresAt = Field.Set(until), Data = Sql.ToJson(reply),
    };

    /// <summary>anything that is not yet closed → resolved. The name of who had it stays.</summary>
    public static MentionChange ResolvedBy(Guid id, Guid actor, long? fence, MentionStatus from) => new()
    {
        MentionId = id, Kind = JournalKinds.Resolved, From = [from], To = Resolved, Actor = actor, ExpectedFence = fence,
        DueAt = Field.Clear<DateTimeOffset>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { from }),
    };

    /// <summary>open, escalated or claimed → resolved, as a duplicate: nobody answered it.</summary>
    public static MentionChange Merged(Guid id, Guid actor, long fence, MentionStatus from, Guid of) => new()
    {
        MentionId = id, Kind = JournalKinds.Merged, From = [from], To = Resolved, Actor = actor, ExpectedFence = fence,
        DueAt = Field.Clear<DateTimeOffset>(), Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { of, from }),
    };

    /// <summary>resolved as a duplicate → where it came from: the crowd, or the staff queue.</summary>
    public static MentionChange Unmerged(Guid id, Guid actor, MentionStatus to, DateTimeOffset? dueAt, Guid of) => new()
    {
        MentionId = id, Kind = JournalKinds.Unmerged, From = [Resolved], To = to, Actor = actor,
        DueAt = dueAt is { } due ? Field.Set(due) : Field.Clear<DateTimeOffset>(), Data = Sql.ToJson(new { of }),
    };

    /// <summary>Deleted on the network: the text, the author's name and the links go.</summary>
    public static MentionChange Deleted(Guid id) => new()
    {
        MentionId = id, Kind = JournalKinds.Deleted, From = [.. Enum.GetValues<MentionStatus>().Where(s => s != MentionStatus.Deleted)],
        To = MentionStatus.Deleted, Assignee = Field.Clear<Guid>(), ClaimExpiresAt = Field.Clear<DateTimeOffset>(),
        DueAt = Field.Clear<DateTimeOffset>(), Purge = true,
    };
}

/// <summary>A column in a change: kept (the default), set, or emptied.</summary>
internal readonly record struct Field<T>(bool Changes, T? Value, bool Empties);

/// <summary>Makes <see cref="Field{T}"/>.</summary>
internal static class Field
{
    public static Field<T> Set<T>(T value) => new(true, value, false);

    public static Field<T> Clear<T>() => new(true, default, true);
}
