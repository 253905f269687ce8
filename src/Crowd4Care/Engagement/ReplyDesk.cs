using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>Takes replies from people: checks, signs and stores them, then wakes up the sender.</summary>
public sealed class ReplyDesk(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, ReplyStore replies, ReplyChannels channels, WakeUps wakeUps, TimeProvider clock,
    IOptions<EngagementOptions> options)
{
    // The message comes first; the sweep only when it was lost.
    private static readonly TimeSpan SweepAfter = TimeSpan.FromSeconds(5);

    /// <summary>The text as readers will see it.</summary>
    public string Sign(string text, string personName) =>
        text.Trim() + options.Value.Signature.Replace("{name}", personName, StringComparison.Ordinal);

    /// <summary>Hands in a reply to be posted by the brand's account.</summary>
    /// <param name="fence">The fencing number of the claim: a reply under an older claim is refused.</param>
    public async Task<ReplyResult> SubmitAsync(
        Guid mentionId, string brandId, Guid personId, string personName, long fence, string text, CancellationToken cancellationToken = default)
    {
        using var span = CrowdTraces.Start("submit reply", mentionId);
        var mention = await mentions.FindAsync(mentionId, cancellationToken);
        if (mention is null || mention.BrandId != brandId)
            return new ReplyResult(ReplyOutcome.NotFound);
        if (string.IsNullOrWhiteSpace(text))
            return new ReplyResult(ReplyOutcome.Empty);

        var channel = await channels.ForAsync(mention, cancellationToken);
        if (channel.Network is null)
            return new ReplyResult(ReplyOutcome.ByHandOnly) { Reason = channel.Reason };

        var signed = Sign(text, personName);
        var measure = channel.Network.Measure(signed);
        if (!measure.Fits)
            return new ReplyResult(ReplyOutcome.TooLong) { Measure = measure };

        var reply = NewReply(mention, personId, fence, signed) with { ChannelId = channel.Connection!.Id, NetworkKey = channel.Network.NewReplyKey() };
        var taken = await database.WriteAsync(async transaction =>
        {
            if (!await HoldsAsync(transaction, mentionId, personId, fence)
                || await lifecycle.ApplyAsync(transaction, MentionChange.ReplySubmitted(mentionId, personId, fence, reply.Id)) is null)
                return false;

            await replies.AddAsync(transaction, reply, clock.GetUtcNow() + SweepAfter);
            return true;
        }, cancellationToken);
        if (!taken)
            return await LostClaimAsync(mentionId, cancellationToken);

        await Task.WhenAll(
            wakeUps.SendAsync(ReplyQueues.Of(mention.Network), new ReplySubmitted { ReplyId = reply.Id, Network = mention.Network }),
            wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [personId] }));
        return new ReplyResult(ReplyOutcome.Submitted) { ReplyId = reply.Id, Text = signed };
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
            return true;
        }, cancellationToken);
        if (!taken)
            return await LostClaimAsync(mentionId, cancellationToken);

        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [mentionId], PersonIds = [personId] });
        return new ReplyResult(ReplyOutcome.Submitted) { ReplyId = reply.Id, Text = reply.Text };
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

    private async Task<ReplyResult> LostClaimAsync(Guid mentionId, CancellationToken cancellationToken) =>
        new(ReplyOutcome.NotYours) { Status = (await mentions.FindAsync(mentionId, cancellationToken))?.Status };
}

/// <summary>What came of handing in a reply.</summary>
/// <param name="Outcome">The outcome.</param>
public sealed record ReplyResult(ReplyOutcome Outcome)
{
    /// <summary>The stored reply.</summary>
    public Guid? ReplyId { get; init; }

    /// <summary>The text with its signature.</summary>
    public string? Text { get; init; }

    /// <summary>For a text that is too long: its length.</summary>
    public TextMeasure? Measure { get; init; }

    /// <summary>Why it can only be posted by hand.</summary>
    public string? Reason { get; init; }

    /// <summary>The mention's state, when the claim is lost.</summary>
    public MentionStatus? Status { get; init; }
}

/// <summary>Outcomes of handing in a reply.</summary>
public enum ReplyOutcome
{
    /// <summary>Stored; it is on its way.</summary>
    Submitted,

    /// <summary>There is no such mention.</summary>
    NotFound,

    /// <summary>The claim is not this person's, has run out, or a reply is being sent under it already.</summary>
    NotYours,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>Longer than the network takes.</summary>
    TooLong,

    /// <summary>No channel of the brand can post to this network.</summary>
    ByHandOnly,
}
