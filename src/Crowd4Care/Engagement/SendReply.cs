using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>
/// Posts a reply exactly once as a reader of the network sees it. The key under which the network stores it was made with the
/// reply; from the second try on the network is asked for that key before anything is sent.
/// </summary>
[ExcludeFromConfigureEndpoints]
public sealed partial class SendReply(
    Database database, MentionStore mentions, MentionLifecycle lifecycle, ReplyStore replies, DraftStore drafts, ChannelStore channels, ChannelHealthStore health, NetworkCatalog networks,
    IRequestBudgets budgets, WakeUps wakeUps, TimeProvider clock, IOptions<EngagementOptions> options, ILogger<SendReply> logger) : IConsumer<ReplySubmitted>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ReplySubmitted> context)
    {
        var reply = await replies.TakeAsync(context.Message.ReplyId, context.CancellationToken);
        if (reply is null)
            return;

        using var span = CrowdTraces.Start("send reply", reply.MentionId);
        var outcome = await SendAsync(reply, context.CancellationToken);
        var word = outcome.Kind.ToString().ToLowerInvariant();
        CrowdMetrics.ReplyTried(NetworkOf(reply), word);
        span?.SetTag("outcome", word).SetTag("attempt", reply.Attempts);
        await SaveAsync(reply, outcome, context.CancellationToken);
        await wakeUps.PublishAsync(new MentionsChanged { MentionIds = [reply.MentionId], PersonIds = [reply.PersonId] });
        // Its next try is stored. What is said here is for the kill switch of the network's queue: after a few of these the others wait
        // in the queue, not one by one for a network that doesn't answer.
        if (outcome.Kind is PostOutcomeKind.Transient or PostOutcomeKind.Unknown)
            throw new OutageException($"{reply.Network} can't be reached: {outcome.Reason}");
    }

    private async Task<PostOutcome> SendAsync(Reply reply, CancellationToken cancellationToken)
    {
        var mention = await mentions.FindAsync(reply.MentionId, cancellationToken);
        var channel = reply.ChannelId is { } id ? await channels.ConnectAsync(id, cancellationToken) : null;
        if (mention is null || mention.Status == MentionStatus.Deleted)
            return new PostOutcome(PostOutcomeKind.Gone, Reason: "The post was deleted.");
        if (channel is null || !networks.TryGet(reply.Network, out var network))
            return new PostOutcome(PostOutcomeKind.Forbidden, Reason: "The channel was removed.");

        var outgoing = new OutgoingReply
        {
            Key = reply.NetworkKey,
            Text = reply.Text,
            ParentId = mention.ExternalId,
            ParentContentId = mention.ContentId,
            RootId = mention.RootId,
            RootContentId = mention.RootContentId,
            CreatedAt = reply.SendAt ?? reply.CreatedAt,
        };
        try
        {
            if (reply.Attempts > 1 && await network.FindAsync(channel, outgoing, cancellationToken) is { } posted)
                return PostOutcome.Done(posted);

            if (await budgets.TakeAsync(BudgetOf(channel), network.Budget) is { } later)
                return PostOutcome.Held(later);

            var outcome = await network.PostAsync(channel, outgoing, cancellationToken);
            // The network counts for the account: what one worker was told concerns all.
            if (outcome is { Kind: PostOutcomeKind.Throttled, RetryAt: { } until })
                await budgets.PauseAsync(BudgetOf(channel), until);
            return outcome;
        }
        catch (HttpRequestException e)
        {
            return new PostOutcome(PostOutcomeKind.Transient, Reason: e.Message);
        }
        catch (NetworkException e)
        {
            return new PostOutcome(PostOutcomeKind.Unauthorized, Reason: e.Message);
        }
    }

    private async Task SaveAsync(Reply reply, PostOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome.Kind)
        {
            case PostOutcomeKind.Posted:
                Log.Posted(logger, reply.Id, reply.Network, reply.Attempts);
                CrowdMetrics.ReplyPosted(reply.SendAt ?? reply.CreatedAt);
                await PostedAsync(reply, outcome.Posted!, cancellationToken);
                await replies.TryNowAsync(reply.ChannelId, cancellationToken);
                break;

            case PostOutcomeKind.Forbidden or PostOutcomeKind.Gone or PostOutcomeKind.Invalid:
                Log.Refused(logger, reply.Id, reply.Network, outcome.Kind);
                await FailedAsync(reply, outcome.Reason ?? "The network refused it.", cancellationToken);
                break;

            case PostOutcomeKind.HeldBack:
                await replies.HoldBackAsync(reply.Id, outcome.Reason, outcome.RetryAt!.Value, cancellationToken);
                break;

            default:
                if (reply.ChannelId is { } channel && TroubleOf(outcome) is { } trouble)
                    await health.ReportAsync(channel, ChannelHealthStore.Replies, trouble, cancellationToken: cancellationToken);
                var nextTry = outcome.RetryAt ?? clock.GetUtcNow() + Pause(reply.Attempts);
                Log.Later(logger, reply.Id, reply.Network, outcome.Kind, nextTry);
                await replies.RetryAsync(reply.Id, outcome.Reason, nextTry, cancellationToken);
                break;
        }
    }

    private Task PostedAsync(Reply reply, PostedReply posted, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            if (await replies.PostedAsync(transaction, reply.Id, posted.ExternalId, posted.ContentId, posted.Url))
            {
                var facts = new { replyId = reply.Id, posted.ExternalId, posted.Url };
                await lifecycle.ApplyAsync(transaction, MentionChange.Answered(reply.MentionId, reply.PersonId, reply.Fence, facts));
                await drafts.ForgetAsync(transaction, reply.MentionId, reply.PersonId);
                if (reply.ChannelId is { } channel)
                    await health.WorksAsync(transaction, channel, ChannelHealthStore.Replies);
            }
        }, cancellationToken);

    private Task FailedAsync(Reply reply, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            if (await replies.FailedAsync(transaction, reply.Id, reason))
            {
                var mention = await mentions.FindAsync(transaction, reply.MentionId);
                var until = clock.GetUtcNow() + options.Value.ClaimTime(mention?.ClaimMinutes);
                await lifecycle.ApplyAsync(
                    transaction, MentionChange.ReplyFailed(reply.MentionId, reply.PersonId, reply.Fence, until, new { replyId = reply.Id, reason }));
            }
        }, cancellationToken);

    // A name that somebody pushed must not become a label.
    private string NetworkOf(Reply reply) => networks.TryGet(reply.Network, out _) ? reply.Network : "other";

    private static string BudgetOf(ChannelConnection channel) => ReplyTraffic.BudgetOf(channel.Network, channel.Id);

    // What keeps all replies of the channel waiting; what keeps this one is said with it.
    private static ChannelTrouble? TroubleOf(PostOutcome outcome) => outcome.Kind switch
    {
        PostOutcomeKind.Unauthorized => new(TroubleKind.SignIn, outcome.Reason ?? ""),
        PostOutcomeKind.Throttled => new(TroubleKind.Throttled, outcome.Reason ?? "", outcome.RetryAt),
        PostOutcomeKind.Transient or PostOutcomeKind.Unknown => new(TroubleKind.Unreachable, outcome.Reason ?? ""),
        _ => null,
    };

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 12)));
        return pause < LongestPause ? pause : LongestPause;
    }

    // Not the network's own words: they may repeat the text, or name people. The reply keeps them.
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Reply {ReplyId} stands on {Network} (try {Attempts})")]
        public static partial void Posted(ILogger logger, Guid replyId, string network, int attempts);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Reply {ReplyId} was refused by {Network}: {Kind}")]
        public static partial void Refused(ILogger logger, Guid replyId, string network, PostOutcomeKind kind);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Reply {ReplyId} is not on {Network} yet: {Kind}; next try {NextTry}")]
        public static partial void Later(ILogger logger, Guid replyId, string network, PostOutcomeKind kind, DateTimeOffset nextTry);
    }
}
