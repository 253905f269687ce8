using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement.Questions;

/// <summary>
/// Who has claimed a mention asks staff, and keeps it. While the question waits the claim lasts for <see cref="EngagementOptions.QuestionMinutes"/>
/// at least; the answer gives it its whole time again.
/// </summary>
public sealed class QuestionDesk(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, QuestionStore questions, WakeUps wakeUps, TimeProvider clock, IOptions<EngagementOptions> options)
{
    /// <summary>How many questions can be asked under one claim: asking is not a way to keep it for ever.</summary>
    public const int MostOfClaim = 3;

    /// <summary>Asks staff about a mention that this person has claimed.</summary>
    public async Task<QuestionResult> AskAsync(Guid mentionId, string brandId, Guid personId, string text, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new QuestionResult(QuestionOutcome.Empty);

        var now = clock.GetUtcNow();
        var result = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId)
                return new QuestionResult(QuestionOutcome.NotFound);
            if (mention is not { Status: MentionStatus.Claimed, ClaimExpiresAt: { } ends } || mention.AssigneeId != personId || ends <= now)
                return new QuestionResult(QuestionOutcome.NotYours);

            var (asked, waits) = await questions.OfClaimAsync(transaction, mention);
            if (waits || asked >= MostOfClaim)
                return new QuestionResult(waits ? QuestionOutcome.Waits : QuestionOutcome.TooMany, Until: ends);

            var until = now + TimeSpan.FromMinutes(options.Value.QuestionMinutes) is var least && least > ends ? least : ends;
            var id = await questions.AddAsync(transaction, mention, text.Trim());
            return await lifecycle.ApplyAsync(transaction, MentionChange.QuestionAsked(mentionId, personId, mention.Fence, until, new { questionId = id, question = text.Trim() })) is null
                ? throw new InvalidOperationException("The claim changed under a lock.")
                : new QuestionResult(QuestionOutcome.Done, id, until);
        }, cancellationToken);
        if (result.Outcome == QuestionOutcome.Done)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [personId] });
        return result;
    }

    /// <summary>Staff answer a question that waits.</summary>
    public async Task<QuestionResult> AnswerAsync(Guid questionId, string brandId, Guid staffId, string text, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new QuestionResult(QuestionOutcome.Empty);

        Question? answered = null;
        var result = await database.WriteAsync(async transaction =>
        {
            if (await questions.FindAsync(transaction, questionId) is not { } question || question.BrandId != brandId)
                return new QuestionResult(QuestionOutcome.NotFound);
            // The mention first, as everywhere: its lock decides whether the question still waits.
            if (await mentions.FindAsync(transaction, question.MentionId) is not { } mention || !await questions.AnswerAsync(transaction, questionId, staffId, text.Trim()))
                return new QuestionResult(QuestionOutcome.Over);

            // Without an end a reply is on its way, or waits for approval.
            var until = mention.ClaimExpiresAt is null ? (DateTimeOffset?)null : clock.GetUtcNow() + options.Value.ClaimTime(mention.ClaimMinutes);
            if (await lifecycle.ApplyAsync(transaction, MentionChange.QuestionAnswered(
                mention.Id, staffId, mention.Fence, mention.Status, until, new { questionId, answer = text.Trim(), question.PersonId })) is null)
                throw new InvalidOperationException("The claim changed under a lock.");

            answered = question;
            return new QuestionResult(QuestionOutcome.Done, questionId, until);
        }, cancellationToken);
        if (answered is not null)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [answered.MentionId], PersonIds = [answered.PersonId] });
        return result;
    }
}

/// <summary>What came of a question or an answer.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="QuestionId">The question.</param>
/// <param name="Until">When the claim runs out now; null while it does not.</param>
public sealed record QuestionResult(QuestionOutcome Outcome, Guid? QuestionId = null, DateTimeOffset? Until = null);

/// <summary>Outcomes of a question or an answer.</summary>
public enum QuestionOutcome
{
    /// <summary>It is asked, or answered.</summary>
    Done,

    /// <summary>There is no such mention, or no such question.</summary>
    NotFound,

    /// <summary>The text is missing.</summary>
    Empty,

    /// <summary>The claim is not this person's, has run out, or its reply is on the way.</summary>
    NotYours,

    /// <summary>A question of theirs waits already.</summary>
    Waits,

    /// <summary>As many as there may be were asked under this claim.</summary>
    TooMany,

    /// <summary>Somebody answered it before, or its claim is over.</summary>
    Over,
}
