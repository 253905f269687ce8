using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>Replies: the outbox towards the networks.</summary>
public sealed class ReplyStore(Database database, TimeProvider clock, IOptions<EngagementOptions> options)
{
    /// <summary>When the sweep looks for a reply whose message was lost.</summary>
    public static readonly TimeSpan SweepAfter = TimeSpan.FromSeconds(5);

    // What is tried within this is left alone, and what was not tried often is.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private const int FewTries = 2;

    // As in the definition of their index.
    internal const string Waiting = "state IN ('held', 'sending')";

    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.SenderSeconds);

    /// <summary>Stores a new reply. The sweep looks after <paramref name="nextTry"/> if the message is lost.</summary>
    public Task AddAsync(DbTransaction transaction, Reply reply, DateTimeOffset? nextTry) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO replies (id, mention_id, channel_id, network, person_id, fence, text, signature, network_key, state, next_try_at, created_at, send_at, posted_at, url)
            VALUES (@Id, @MentionId, @ChannelId, @Network, @PersonId, @Fence, @Text, @Signature, @NetworkKey, @state, @nextTry, @CreatedAt, @SendAt, @PostedAt, @Url)
            """,
            new
            {
                reply.Id, reply.MentionId, reply.ChannelId, reply.Network, reply.PersonId, reply.Fence, reply.Text, reply.Signature, reply.NetworkKey,
                state = reply.State.ToString().ToLowerInvariant(), nextTry, reply.CreatedAt, reply.SendAt, reply.PostedAt, reply.Url,
            });

    /// <summary>
    /// Takes the right to send, for a while; null when it is sent already, somebody else is at it, its next try is not due yet, or its writer
    /// can still take it back. From here on they can't: of the two one is first.
    /// </summary>
    public Task<Reply?> TakeAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.SingleAsync<Reply>(
            """
            UPDATE replies SET state = 'sending', attempts = attempts + 1, lease_until = @until, next_try_at = @until
            WHERE id = @id AND state IN ('held', 'sending') AND (lease_until IS NULL OR lease_until <= @now)
              AND (next_try_at <= @now OR (state = 'sending' AND attempts = 0))
            RETURNING *
            """,
            new { id, now = clock.GetUtcNow(), until = clock.GetUtcNow() + Lease }), cancellationToken);

    /// <summary>Takes back what a person's reply to a mention has not been sent yet; null when there is none, or a sender has it.</summary>
    public Task<Reply?> UndoAsync(DbTransaction transaction, Guid mentionId, Guid personId) =>
        transaction.SingleAsync<Reply>(
            "UPDATE replies SET state = 'undone', next_try_at = NULL WHERE mention_id = @mentionId AND person_id = @personId AND state IN ('held', 'approval') RETURNING *",
            new { mentionId, personId });

    /// <summary>Lets a reply that waited for approval be sent. False when it no longer waits.</summary>
    public async Task<bool> ApproveAsync(DbTransaction transaction, Guid id, string text, string? signature) =>
        await transaction.ExecuteAsync(
            "UPDATE replies SET state = 'sending', text = @text, signature = @signature, send_at = @now, next_try_at = @soon WHERE id = @id AND state = 'approval'",
            new { id, text, signature, now = clock.GetUtcNow(), soon = clock.GetUtcNow() + SweepAfter }) == 1;

    /// <summary>Notes why a reply that waited for approval is not sent. False when it no longer waits.</summary>
    public async Task<bool> RejectAsync(DbTransaction transaction, Guid id, string reason) =>
        await transaction.ExecuteAsync("UPDATE replies SET state = 'rejected', error = @reason WHERE id = @id AND state = 'approval'", new { id, reason }) == 1;

    /// <summary>Where a reply is; null when there is none.</summary>
    public async Task<ReplyState?> StateAsync(DbTransaction transaction, Guid id) =>
        Enum.TryParse<ReplyState>(await transaction.SingleAsync<string>("SELECT state FROM replies WHERE id = @id", new { id }), ignoreCase: true, out var state)
            ? state
            : null;

    /// <summary>Gives the right to send back, for another try later.</summary>
    public Task RetryAsync(Guid id, string? error, DateTimeOffset nextTry, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE replies SET lease_until = NULL, next_try_at = @nextTry, error = @error WHERE id = @id AND state = 'sending'",
            new { id, error, nextTry }), cancellationToken);

    /// <summary>Lets those that a channel's network did not take for a while be tried now: it takes replies again.</summary>
    public Task TryNowAsync(Guid? channelId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(transaction => transaction.ExecuteAsync(
            $"""
            UPDATE replies SET next_try_at = @now
            WHERE {Waiting} AND state = 'sending' AND next_try_at > @soon AND channel_id = @channelId AND lease_until IS NULL AND attempts > @few
            """,
            new { channelId, now, soon = now + Soon, few = FewTries }), cancellationToken);
    }

    /// <summary>Gives the right to send back unused: nothing was tried, so it counts as no try.</summary>
    public Task HoldBackAsync(Guid id, string? reason, DateTimeOffset nextTry, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE replies SET lease_until = NULL, next_try_at = @nextTry, error = @reason, attempts = attempts - 1 WHERE id = @id AND state = 'sending'",
            new { id, reason, nextTry }), cancellationToken);

    /// <summary>Notes that it stands on the network. False when that was known.</summary>
    public async Task<bool> PostedAsync(DbTransaction transaction, Guid id, string externalId, string? contentId, string? url) =>
        await transaction.ExecuteAsync(
            """
            UPDATE replies SET state = 'posted', external_id = @externalId, content_id = @contentId, url = @url, error = NULL,
              lease_until = NULL, next_try_at = NULL, posted_at = @now
            WHERE id = @id AND state = 'sending'
            """,
            new { id, externalId, contentId, url, now = clock.GetUtcNow() }) == 1;

    /// <summary>Notes that the network refuses it. False when it is no longer on its way.</summary>
    public async Task<bool> FailedAsync(DbTransaction transaction, Guid id, string error) =>
        await transaction.ExecuteAsync(
            "UPDATE replies SET state = 'failed', error = @error, lease_until = NULL, next_try_at = NULL WHERE id = @id AND state = 'sending'",
            new { id, error }) == 1;

    /// <summary>Replies whose next try is due, and those that can't be taken back any more.</summary>
    public async Task<IReadOnlyList<Reply>> DueAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Reply>(
            $"SELECT * FROM replies WHERE {Waiting} AND next_try_at <= @now ORDER BY next_try_at LIMIT @limit",
            new { now = clock.GetUtcNow(), limit })).AsList();
    }

    /// <summary>How many replies do not stand on their network yet, and since when the oldest was handed in.</summary>
    public async Task<(long Count, DateTimeOffset? Oldest)> OnTheirWayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, DateTimeOffset?)>(
            $"SELECT COUNT(*), MIN(COALESCE(send_at, created_at)) FROM replies WHERE {Waiting} AND state = 'sending'");
    }

    /// <summary>One reply, or null.</summary>
    public async Task<Reply?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Reply>("SELECT * FROM replies WHERE id = @id", new { id });
    }
}
