using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>Takes replies from people: checks, signs and stores them, then wakes up the sender.</summary>
public sealed class ReplyDesk(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, ReplyStore replies, DraftStore drafts, ReplyChannels channels, ApprovalQueries approvals, BrandTerms terms, WakeUps wakeUps, TimeProvider clock,
    IOptions<EngagementOptions> options)
{
    /// <summary>Hands in a reply to be posted by the brand's account.</summary>
    /// <param name="fence">The fencing number of the claim: a reply under an older claim is refused.</param>
    /// <param name="hold">How long it can be taken back before it is sent; zero sends at once.</param>
    public async Task<ReplyResult> SubmitAsync(
        Guid mentionId, string brandId, Guid personId, string personName, long fence, string text, TimeSpan hold = default,
        CancellationToken cancellationToken = default)
    {
        using var span = CrowdTraces.Start("submit reply", mentionId);
        var mention = await mentions.FindAsync(mentionId, cancellationToken);
        if (mention is null || mention.BrandId != brandId)
            return new ReplyResult(ReplyOutcome.NotFound);
        if (string.IsNullOrWhiteSpace(text))
            return new ReplyResult(ReplyOutcome.Empty);
        if (Placeholders.Unfilled(text) is { Count: > 0 } unfilled)
            return new ReplyResult(ReplyOutcome.Unfilled) { Reason = string.Join(", ", unfilled.Select(name => $"{{{name}}}")) };

        var channel = await channels.ForAsync(mention, cancellationToken);
        if (channel.Network is null)
            return new ReplyResult(ReplyOutcome.ByHandOnly) { Reason = channel.Reason };

        var brand = await terms.OfAsync(brandId, cancellationToken);
        var signed = brand.Sign(text, personName);
        var measure = channel.Network.Measure(signed);
        if (!measure.Fits)
            return new ReplyResult(ReplyOutcome.TooLong) { Measure = measure };

        var reply = NewReply(mention, personId, fence, signed) with
        {
            ChannelId = channel.Connection!.Id, NetworkKey = channel.Network.NewReplyKey(), Signature = brand.SignatureOf(personName),
        };
        var waitsBecause = ApprovalRule.Reason(await approvals.FactsAsync(mentionId, personId, cancellationToken));
        if (waitsBecause is not null)
            reply = reply with { State = ReplyState.Approval };
        else if (hold > TimeSpan.Zero)
            reply = reply with { State = ReplyState.Held, SendAt = reply.CreatedAt + hold };
        var taken = await database.WriteAsync(async transaction =>
        {
            if (!await HoldsAsync(transaction, mentionId, personId, fence)
                || await lifecycle.ApplyAsync(transaction, waitsBecause is null
                    ? MentionChange.ReplySubmitted(mentionId, personId, fence, reply.Id)
                    : MentionChange.ReplyAwaitsApproval(mentionId, personId, fence, new { replyId = reply.Id, reason = waitsBecause })) is null)
                return false;

            // The message comes first; the sweep only when it was lost.
            await replies.AddAsync(transaction, reply, waitsBecause is null ? reply.SendAt ?? reply.CreatedAt + ReplyStore.SweepAfter : null);
            return true;
        }, cancellationToken);
        if (!taken)
            return await LostClaimAsync(mentionId, cancellationToken);

        // What is held the sweep sends when its time has come: no message could wait so long and be taken back.
        await Task.WhenAll(
            reply.State == ReplyState.Sending
                ? wakeUps.SendAsync(ReplyQueues.Of(mention.Network), new ReplySubmitted { ReplyId = reply.Id, Network = mention.Network })
                : Task.CompletedTask,
            ChangedAsync(mentionId, personId));
        return new ReplyResult(ReplyOutcome.Submitted) { ReplyId = reply.Id, Text = signed, State = reply.State, SendAt = reply.SendAt };
    }

    /// <summary>Takes a reply back that was not sent yet; the claim goes on. Null when it is too late, or there is none of this person's.</summary>
    public async Task<Reply?> UndoAsync(Guid mentionId, string brandId, Guid personId, CancellationToken cancellationToken = default)
    {
        var undone = await database.WriteAsync(async transaction =>
        {
            if (await mentions.FindAsync(transaction, mentionId) is not { } mention || mention.BrandId != brandId
                || await replies.UndoAsync(transaction, mentionId, personId) is not { } reply)
                return null;

            var until = clock.GetUtcNow() + options.Value.ClaimTime(mention.ClaimMinutes);
            await lifecycle.ApplyAsync(transaction, MentionChange.ReplyUndone(mentionId, personId, reply.Fence, until, reply.Id));
            return reply;
        }, cancellationToken);
        if (undone is not null)
            await ChangedAsync(mentionId, personId);
        return undone;
    }

    /// <summary>Records a reply that the person posted on the network by hand, because no channel can.</summary>
    public async Task<ReplyResult> RecordByHandAsync(
        Guid mentionId, string brandId, Guid personId, long fence, string text, string? url, CancellationToken cancellationToken = default)
    {
        var mention = await mentions.FindAsync(mentionId, cancellationToken);
        if (mention is null || mention.BrandId != brandId)
            return new ReplyResult(ReplyOutcome.NotFound);
        if (string.IsNullOrWhiteSpace(text))
            return new ReplyResult(ReplyOutcome.Empty);

        var reply = NewReply(mention, personId, fence, text.Trim()) with { State = ReplyState.Posted, PostedAt = clock.GetUtcNow(), Url = url };
        var taken = await database.WriteAsync(async transaction =>
        {
            if (!await HoldsAsync(transaction, mentionId, personId, fence)
                || await lifecycle.ApplyAsync(transaction, MentionChange.Answered(mentionId, personId, fence, new { replyId = reply.Id, byHand = true })) is null)
                return false;

            await replies.AddAsync(transaction, reply, null);
            await drafts.ForgetAsync(transaction, mentionId, personId);
            return true;
        }, cancellationToken);
        if (!taken)
            return await LostClaimAsync(mentionId, cancellationToken);

        await ChangedAsync(mentionId, personId);
        return new ReplyResult(ReplyOutcome.Submitted) { ReplyId = reply.Id, Text = reply.Text, State = reply.State };
    }

    private Reply NewReply(MentionRow mention, Guid personId, long fence, string text) => new()
    {
        Id = Ids.New(clock),
        MentionId = mention.Id,
        Network = mention.Network,
        PersonId = personId,
        Fence = fence,
        Text = text,
        NetworkKey = "",
        State = ReplyState.Sending,
        CreatedAt = clock.GetUtcNow(),
    };

    // A claim whose reply is being sent does not expire; a second reply to it is refused here.
    private async Task<bool> HoldsAsync(System.Data.Common.DbTransaction transaction, Guid mentionId, Guid personId, long fence) =>
        await mentions.FindAsync(transaction, mentionId) is { Status: MentionStatus.Claimed, ClaimExpiresAt: { } until } mention
        && until > clock.GetUtcNow() && mention.AssigneeId == personId && mention.Fence == fence;

    private Task<bool> ChangedAsync(Guid mentionId, Guid personId) =>
        wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [personId] });

    private async Task<ReplyResult> LostClaimAsync(Guid mentionId, CancellationToken cancellationToken) =>
        new(ReplyOutcome.NotYours) { Status = (await mentions.FindAsync(mentionId, cancellationToken))?.Status };
}
