using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Crowd4Care.Bus;

/// <summary>
/// The messages that consumers gave up: shown, replayed, discarded. Over AMQP alone, so that it needs neither a plugin nor a right beyond the
/// installation's own.
/// </summary>
public sealed class FailedMessages(IOptions<BusOptions> options, IEnumerable<WorkQueues> queues, TimeProvider clock)
{
    private const int Looked = 200;
    private const int Shown = 5;
    private const int MostTries = 4;
    private static readonly TimeSpan UntilThereIsALeader = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Kinds = ["_error", "_skipped"];

    /// <summary>Whether failed messages are kept at all; in memory they are not, and the sweeps do the work again.</summary>
    public bool AreKept => options.Value.IsShared;

    /// <summary>The queues that have failed messages, with the newest few (of the first 200).</summary>
    /// <exception cref="BrokerAwayException">The broker can't be asked now.</exception>
    public Task<IReadOnlyList<FailedQueue>> ListAsync(CancellationToken cancellationToken = default) =>
        AreKept
            ? OnBrokerAsync<IReadOnlyList<FailedQueue>>(async connection =>
            {
                var failed = new List<FailedQueue>();
                foreach (var queue in Known())
                {
                    if (await LookAsync(connection, queue, cancellationToken) is { Count: > 0 } found)
                        failed.Add(found);
                }

                return failed;
            }, cancellationToken)
            : Task.FromResult<IReadOnlyList<FailedQueue>>([]);

    /// <summary>
    /// Puts the messages back into the queue that they came from; each leaves its place here only when the broker has confirmed it there. Returns
    /// their number; null when there is no such queue.
    /// </summary>
    /// <exception cref="BrokerAwayException">The broker can't be asked now.</exception>
    public Task<int?> ReplayAsync(string queue, CancellationToken cancellationToken = default) =>
        OfKnownAsync(queue, async connection =>
        {
            await using var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
            // As many as there are now: one that fails again at once must not go round for ever.
            var waiting = await channel.MessageCountAsync(options.Value.NameOf(queue), cancellationToken);
            var origin = options.Value.NameOf(Kinds.Aggregate(queue, (name, kind) => name.EndsWith(kind, StringComparison.Ordinal) ? name[..^kind.Length] : name));
            var replayed = 0;
            for (; replayed < waiting; replayed++)
            {
                if (await channel.BasicGetAsync(options.Value.NameOf(queue), autoAck: false, cancellationToken) is not { } message)
                    break;

                await channel.BasicPublishAsync(origin, "", mandatory: true, FailedMessage.AsNew(message.BasicProperties), message.Body, cancellationToken);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            }

            return replayed;
        }, cancellationToken);

    /// <summary>Throws the messages away. Returns their number; null when there is no such queue.</summary>
    /// <exception cref="BrokerAwayException">The broker can't be asked now.</exception>
    public Task<int?> DiscardAsync(string queue, CancellationToken cancellationToken = default) =>
        OfKnownAsync(queue, async connection =>
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            return (int)await channel.QueuePurgeAsync(options.Value.NameOf(queue), cancellationToken);
        }, cancellationToken);

    private async Task<FailedQueue?> LookAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var name = options.Value.NameOf(queue);
        if (await CountAsync(channel, name, cancellationToken) is not { } count)
            return null;

        var newest = new Queue<FailedMessage>();
        ulong last = 0;
        for (var looked = 0; looked < Looked && await channel.BasicGetAsync(name, autoAck: false, cancellationToken) is { } message; looked++)
        {
            last = message.DeliveryTag;
            newest.Enqueue(FailedMessage.Read(message));
            if (newest.Count > Shown)
                newest.Dequeue();
        }

        if (last > 0)
            await channel.BasicNackAsync(last, multiple: true, requeue: true, cancellationToken);
        return new FailedQueue(queue, (int)count, [.. newest.Reverse()]);
    }

    // Null before the first failure: only then the queue is made. The broker closes the channel over the question.
    private static async Task<uint?> CountAsync(IChannel channel, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.MessageCountAsync(name, cancellationToken);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    private IEnumerable<string> Known() => queues.SelectMany(q => q.Names).SelectMany(name => Kinds.Select(kind => name + kind));

    private async Task<int?> OfKnownAsync(string queue, Func<IConnection, Task<int>> work, CancellationToken cancellationToken)
    {
        if (!AreKept || !Known().Contains(queue))
            return null;

        return await OnBrokerAsync<int?>(async connection =>
        {
            try
            {
                return await work(connection);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                return null;
            }
        }, cancellationToken);
    }

    private async Task<T> OnBrokerAsync<T>(Func<IConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var factory = new ConnectionFactory { Uri = options.Value.Url!, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = TimeSpan.FromSeconds(5) };
                await using var connection = await factory.CreateConnectionAsync(cancellationToken);
                return await work(connection);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.InternalError && tries < MostTries)
            {
                // A quorum queue that is being made has no leader yet; the broker closes the connection over the question.
                await Task.Delay(UntilThereIsALeader, clock, cancellationToken);
            }
            catch (Exception e) when (e is RabbitMQClientException or IOException)
            {
                throw new BrokerAwayException($"RabbitMQ can't be asked now: {e.Message}", e);
            }
        }
    }
}

/// <summary>A queue with failed messages.</summary>
/// <param name="Name">Its name without the prefix.</param>
/// <param name="Count">How many messages it has.</param>
/// <param name="Newest">The newest few.</param>
public sealed record FailedQueue(string Name, int Count, IReadOnlyList<FailedMessage> Newest);

/// <summary>The broker can't be reached or refuses to answer.</summary>
public sealed class BrokerAwayException(string message, Exception inner) : Exception(message, inner);
