using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Ingestion;
using Crowd4Care.Mentions;
using Crowd4Care.Networks;
using Crowd4Care.Networks.Bluesky;
using Crowd4Care.Routing;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crowd4Care;

/// <summary>The index of the product: its modules in the order of a mention's way.</summary>
public static class CrowdServices
{
    /// <summary>Adds every module and the bus between them.</summary>
    /// <param name="more">Further consumers on the bus, such as the desk's.</param>
    public static IServiceCollection AddCrowd4Care(
        this IServiceCollection services, IConfiguration configuration, Action<IBusRegistrationConfigurator>? more = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddTelemetry(configuration)
            .AddStorage(configuration)
            .AddState()
            .AddMentions()
            .AddNetworks()
            .AddBluesky(configuration)
            .AddIngestion()
            .AddClassification()
            .AddMentionRouting()
            .AddEngagement(configuration)
            .AddEscalation()
            .AddCommunity()
            .AddBus(more);
    }

    private static IServiceCollection AddBus(this IServiceCollection services, Action<IBusRegistrationConfigurator>? more) => services.AddMassTransit(bus =>
    {
        bus.DisableUsageTelemetry();
        bus.SetKebabCaseEndpointNameFormatter();
        bus.AddConsumer<ClassifyMentions>(Together);
        bus.AddConsumer<RouteMentions>(Together);
        bus.AddConsumer<OfferMentions>(Together);
        bus.AddConsumer<SendReply>(consumer => consumer.UseConcurrentMessageLimit(8));
        more?.Invoke(bus);
        bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
            endpoint.UseMessageRetry(retry => retry.Exponential(4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(500))));
        bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
    });

    // Messages that come close together share a transaction. One batch at a time: there is one writer, and its order is ours.
    private static void Together<T>(IConsumerConfigurator<T> consumer)
        where T : class =>
        consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(10).SetTimeLimit(TimeSpan.FromMilliseconds(20)).SetConcurrencyLimit(1));
}
