using System.Data.Common;
using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement.Approvals;

/// <summary>Staff decide on replies that wait: sent as its writer's, or given back with a reason.</summary>
public sealed class ApprovalDesk(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, ReplyStore replies, BrandTerms terms, NetworkCatalog networks, WakeUps wakeUps,
    TimeProvider clock, IOptions<EngagementOptions> options)
{
    /// <summary>Sends a waiting reply as its writer's.</summary>
    /// <param name="text">What to send instead of what was written, without signature; null sends it as it is.</param>
    public async Task<ApprovalResult> ApproveAsync(Guid replyId, string brandId, Guid approverId, string? text, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(replyId, brandId, cancellationToken) is not { } waiting)
            return new ApprovalResult(ApprovalOutcome.NotFound);

        var brand = await terms.OfAsync(brandId, cancellationToken);
        var (signed, signature) = text is null ? (waiting.Text, waiting.Signature) : (brand.Sign(text, waiting.PersonName), brand.SignatureOf(waiting.PersonName));
        if (text is not null && string.IsNullOrWhiteSpace(text))
            return new ApprovalResult(ApprovalOutcome.Empty);
        if (networks.TryGet(waiting.Network, out var network) && network.Measure(signed) is { Fits: false } measure)
            return new ApprovalResult(ApprovalOutcome.TooLong) { Measure = measure };

        var facts = new { replyId, personId = waiting.PersonId, edited = signed != waiting.Text };
        var result = await DecideAsync(
            waiting, _ => MentionChange.ReplyApproved(waiting.MentionId, approverId, waiting.Fence, facts),
            transaction => replies.ApproveAsync(transaction, replyId, signed, signature), cancellationToken);
        if (result.Outcome == ApprovalOutcome.Done)
            await wakeUps.SendAsync(ReplyQueues.Of(waiting.Network), new ReplySubmitted { ReplyId = replyId, Network = waiting.Network });
        return result;
    }

    /// <summary>Gives a waiting reply back: the claim goes on, with a new end, and its writer reads why.</summary>
    public async Task<ApprovalResult> RejectAsync(Guid replyId, string brandId, Guid approverId, string reason, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return new ApprovalResult(ApprovalOutcome.Empty);
        if (await FindAsync(replyId, brandId, cancellationToken) is not { } waiting)
            return new ApprovalResult(ApprovalOutcome.NotFound);

        var facts = new { replyId, personId = waiting.PersonId, reason = reason.Trim() };
        return await DecideAsync(
            waiting,
            mention => MentionChange.ReplyRejected(
                waiting.MentionId, approverId, waiting.Fence, clock.GetUtcNow() + options.Value.ClaimTime(mention.ClaimMinutes), facts),
            transaction => replies.RejectAsync(transaction, replyId, reason.Trim()), cancellationToken);
    }

    private async Task<Reply?> FindAsync(Guid replyId, string brandId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Reply>(
            """
            SELECT r.*, p.name AS person_name FROM replies r JOIN mentions m ON m.id = r.mention_id LEFT JOIN people p ON p.id = r.person_id
            WHERE r.id = @replyId AND m.brand_id = @brandId
            """,
            new { replyId, brandId });
    }

    // The mention first: while it waits for approval under this claim, so does the reply. They change together or not at all.
    private async Task<ApprovalResult> DecideAsync(Reply waiting, Func<MentionRow, MentionChange> change, Func<DbTransaction, Task<bool>> decide, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(async transaction =>
        {
            var mention = await mentions.FindAsync(transaction, waiting.MentionId);
            if (mention is null || mention.Status == MentionStatus.Deleted)
                return ApprovalOutcome.Deleted;
            if (await replies.StateAsync(transaction, waiting.Id) is not ReplyState.Approval and var state)
                return state == ReplyState.Undone ? ApprovalOutcome.TakenBack : ApprovalOutcome.Decided;

            return await lifecycle.ApplyAsync(transaction, change(mention)) is not null && await decide(transaction) ? ApprovalOutcome.Done : ApprovalOutcome.Decided;
        }, cancellationToken);
        if (outcome == ApprovalOutcome.Done)
            await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [waiting.MentionId], PersonIds = [waiting.PersonId] });
        return new ApprovalResult(outcome) { PersonName = waiting.PersonName };
    }
}

/// <summary>What came of deciding on a reply.</summary>
/// <param name="Outcome">The outcome.</param>
public sealed record ApprovalResult(ApprovalOutcome Outcome)
{
    /// <summary>Who wrote the reply.</summary>
    public string? PersonName { get; init; }

    /// <summary>For a text that is too long: its length.</summary>
    public TextMeasure? Measure { get; init; }
}

/// <summary>Outcomes of deciding on a reply.</summary>
public enum ApprovalOutcome
{
    /// <summary>Decided as asked.</summary>
    Done,

    /// <summary>There is no such reply.</summary>
    NotFound,

    /// <summary>The post was deleted on the network meanwhile: there is nothing to answer.</summary>
    Deleted,

    /// <summary>Its writer took it back meanwhile.</summary>
    TakenBack,

    /// <summary>A colleague decided meanwhile.</summary>
    Decided,

    /// <summary>The text, or the reason, is missing.</summary>
    Empty,

    /// <summary>Longer than the network takes.</summary>
    TooLong,
}
