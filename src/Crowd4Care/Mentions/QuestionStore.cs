using System.Data.Common;
using Crowd4Care.Storage;

namespace Crowd4Care.Mentions;

/// <summary>
/// What those who have claimed a mention ask staff about it. A question can wait only while the claim lasts under which it was asked:
/// <see cref="MentionLifecycle"/> ends it with that.
/// </summary>
public sealed class QuestionStore(TimeProvider clock)
{
    /// <summary>How many questions were asked under a claim, and whether one waits.</summary>
    public async Task<(int Asked, bool Waits)> OfClaimAsync(DbTransaction transaction, MentionRow mention)
    {
        var states = await transaction.QueryAsync<string>(
            "SELECT state FROM questions WHERE mention_id = @Id AND fence = @Fence AND person_id = @AssigneeId", new { mention.Id, mention.Fence, mention.AssigneeId });
        return (states.Count, states.Contains("waiting"));
    }

    /// <summary>Stores a question of who has claimed the mention; there must be none that waits.</summary>
    public async Task<Guid> AddAsync(DbTransaction transaction, MentionRow mention, string text)
    {
        var id = Ids.New(clock);
        await transaction.ExecuteAsync(
            """
            INSERT INTO questions (id, brand_id, mention_id, person_id, fence, text, state, asked_at)
            VALUES (@id, @BrandId, @mentionId, @AssigneeId, @Fence, @text, 'waiting', @now)
            """,
            new { id, mention.BrandId, mentionId = mention.Id, mention.AssigneeId, mention.Fence, text, now = clock.GetUtcNow() });
        return id;
    }

    /// <summary>One question as it is now, or null.</summary>
    public Task<Question?> FindAsync(DbTransaction transaction, Guid id) =>
        transaction.SingleAsync<Question>("SELECT id, brand_id, mention_id, person_id, fence, text, state, asked_at FROM questions WHERE id = @id", new { id });

    /// <summary>Stores the answer. False when the question waits no more.</summary>
    public async Task<bool> AnswerAsync(DbTransaction transaction, Guid id, Guid personId, string answer) =>
        await transaction.ExecuteAsync(
            "UPDATE questions SET state = 'answered', answer = @answer, answered_by = @personId, ended_at = @now WHERE id = @id AND state = 'waiting'",
            new { id, personId, answer, now = clock.GetUtcNow() }) == 1;
}

/// <summary>A question to staff.</summary>
public sealed record Question
{
    /// <summary>Identifies the question.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string BrandId { get; init; }

    /// <summary>The mention that it is about.</summary>
    public required Guid MentionId { get; init; }

    /// <summary>Who asks.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The fencing number of their claim.</summary>
    public required long Fence { get; init; }

    /// <summary>What they ask.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it waits.</summary>
    public required QuestionState State { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }
}

/// <summary>Where a question is. Stored as the lower-case name.</summary>
public enum QuestionState
{
    /// <summary>Staff have not answered.</summary>
    Waiting,

    /// <summary>Staff have answered.</summary>
    Answered,

    /// <summary>The claim was over first.</summary>
    Ended,
}
