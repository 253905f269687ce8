using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Routing;

/// <summary>Registration of the module.</summary>
public static class RoutingServices
{
    /// <summary>Adds rules, matching and offers.</summary>
    public static IServiceCollection AddMentionRouting(this IServiceCollection services) => services
        .AddSingleton<RuleSetStore>()
        .AddSingleton<RoutingStore>()
        .AddSingleton<RoutingStep>()
        .AddHostedService<SweepClassified>()
        .AddHostedService<SweepOffers>()
        .AddHostedService<WatchUnrouted>();
}
