using Crowd4Care.Bus;
using Crowd4Care.Classification;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
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
    /// <param name="roles">What this process works on: what listens, sweeps and consumes belongs to a role, everything else is everywhere.</param>
    /// <param name="more">Further consumers on the bus, such as the desk's.</param>
    public static IServiceCollection AddCrowd4Care(
        this IServiceCollection services, IConfiguration configuration, ProcessRoles roles, Action<IBusRegistrationConfigurator>? more = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddTelemetry(configuration)
            .AddStorage(configuration)
            .AddState(configuration)
            .AddMentions(roles)
            .AddNetworks()
            .AddBluesky(configuration)
            .AddIngestion(roles)
            .AddClassification(configuration, roles)
            .AddMentionRouting(roles)
            .AddEngagement(configuration, roles)
            .AddEscalation()
            .AddCommunity(configuration, roles)
            .AddBus(
                configuration,
                bus =>
                {
                    bus.AddClassification(roles);
                    bus.AddMentionRouting(roles);
                    bus.AddEngagement(roles);
                    bus.AddCommunity(roles);
                    more?.Invoke(bus);
                },
                (context, transport) => transport.AddEngagement(context, roles));
    }
}
