using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Bus;

/// <summary>What all endpoints of ours have in common, on every transport.</summary>
public static class Endpoints
{
    internal const string DeliveryLimit = "x-delivery-limit";

    /// <summary>
    /// Messages that come close together share a transaction: a turn costs nearly the same for one mention as for a hundred. One batch at a time in each process: a turn takes all that waits, and its order is ours.
    /// </summary>
    public static void TakeTogether<T>(this IConsumerConfigurator<T> consumer)
        where T : class =>
        consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(10).SetTimeLimit(TimeSpan.FromMilliseconds(80)).SetConcurrencyLimit(1));

    /// <summary>Sets up retry, failed messages and, on RabbitMQ, the queue itself.</summary>
    /// <param name="name">The queue's name, with the prefix.</param>
    public static void ConfigureAsOurs(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, string name)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        // Seconds, not minutes: a message that is tried again is held here. What takes longer is a row with a due time.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(500));
            retry.Ignore<OutageException>();
        });
        endpoint.PublishFaults = false;

        if (!context.GetServices<WorkQueues>().Any(queues => queues.Names.Any(known => options.NameOf(known) == name)))
        {
            KeepNothing(endpoint);
            return;
        }

        endpoint.ConfigureError(failed =>
        {
            failed.UseFilter(new DropOutages());
            failed.UseFilter(new ErrorTransportFilter());
        });
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            queue.SetQuorumQueue(options.Replicas);
            queue.SetQueueArgument(DeliveryLimit, options.DeliveryLimit);
        }
    }

    // Live updates: of use now or never.
    private static void KeepNothing(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            // Brokers are giving up queues that are shared and not durable; this one goes with its last listener.
            queue.Durable = true;
            queue.AutoDelete = true;
        }
    }

    private sealed class DropOutages : IFilter<ExceptionReceiveContext>
    {
        public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) =>
            context.Exception.GetBaseException() is OutageException ? Task.CompletedTask : next.Send(context);

        public void Probe(ProbeContext context) => context.CreateFilterScope("drop-outages");
    }
}
