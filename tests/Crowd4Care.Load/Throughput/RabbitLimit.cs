using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Crowd4Care.Load.Throughput;

/// <summary>
/// How many messages a second go through RabbitMQ: published to a quorum queue with confirms, 256 of them under way, and consumed and
/// acknowledged at the same time; until all have come.
/// </summary>
internal static class RabbitLimit
{
    private const int UnderWay = 256;
    private const int Prefetch = 512;

    public static async Task<double> MeasureAsync(Uri broker, int messages, int bytes, CancellationToken cancellationToken)
    {
        var queue = $"rig-limit-{bytes}";
        var body = Encoding.UTF8.GetBytes(new string('x', bytes));
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var publishing = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await using var consuming = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await publishing.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);

        var left = messages;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await consuming.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
            if (Interlocked.Decrement(ref left) == 0)
                done.TrySetResult();
        };
        await consuming.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        await consuming.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);

        var watch = Stopwatch.StartNew();
        var properties = new BasicProperties { Persistent = true };
        await Parallel.ForAsync(
            0, messages, new ParallelOptions { MaxDegreeOfParallelism = UnderWay, CancellationToken = cancellationToken },
            async (_, token) => await publishing.BasicPublishAsync("", queue, mandatory: true, properties, body, token));
        await done.Task.WaitAsync(cancellationToken);
        var perSecond = messages / watch.Elapsed.TotalSeconds;
        await publishing.QueueDeleteAsync(queue, cancellationToken: cancellationToken);
        return perSecond;
    }
}
