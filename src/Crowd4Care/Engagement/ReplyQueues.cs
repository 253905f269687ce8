using Crowd4Care.Bus;
using Crowd4Care.Networks;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Engagement;

/// <summary>
/// One queue for the replies to each network. When a network is away, its kill switch stops its queue for a while: its replies wait there, and
/// those to other networks are sent as ever.
/// </summary>
public static class ReplyQueues
{
    /// <summary>How long a queue stands still before its network is tried again.</summary>
    public static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(20);

    private const int SendersAtOnce = 8;

    // Enough that a single broken connection stops nothing, few enough that not everybody waits for a time-out.
    private const int TriesBeforeStop = 5;

    /// <summary>The queue of a network.</summary>
    public static string Of(string network) => $"send-reply-{network}";

    /// <summary>Makes the queues' endpoints.</summary>
    public static void Configure(IBusRegistrationContext context, IBusFactoryConfigurator transport)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        foreach (var network in context.GetRequiredService<NetworkCatalog>().Names)
        {
            var name = options.NameOf(Of(network));
            transport.ReceiveEndpoint(name, endpoint =>
            {
                // Replies are sent to the queue of their network. What is published goes to all that listen.
                endpoint.ConfigureConsumeTopology = false;
                endpoint.PrefetchCount = 2 * SendersAtOnce;
                endpoint.ConcurrentMessageLimit = SendersAtOnce;
                endpoint.ConfigureAsOurs(context, name);
                endpoint.UseKillSwitch(stop => stop
                    .SetActivationThreshold(TriesBeforeStop)
                    .SetTripThreshold(0.5)
                    .SetTrackingPeriod(TimeSpan.FromMinutes(1))
                    .SetRestartTimeout(StandsStill)
                    .SetExceptionFilter(filter => filter.Handle<OutageException>()));
                endpoint.ConfigureConsumer<SendReply>(context);
            });
        }
    }
}
