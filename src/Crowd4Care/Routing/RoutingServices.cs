using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Routing.Matching;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Routing;

/// <summary>Registration of the module.</summary>
public static class RoutingServices
{
    /// <summary>Adds rules, matching and offers.</summary>
    public static IServiceCollection AddMentionRouting(this IServiceCollection services, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Route))
            services.AddHostedService<SweepClassified>().AddHostedService<SweepOffers>().AddHostedService<WatchUnrouted>();
        return services
            .AddSingleton<RuleSetStore>()
            .AddSingleton<RoutingStore>()
            .AddSingleton<CandidatePool>()
            .AddSingleton<OfferRounds>()
            .AddSingleton<RoutingStep>()
            .AddSingleton<DecisionExplainer>()
            .AddSingleton<OfferEnds>()
            .AddSingleton<PastMentions>()
            .AddSingleton<BacktestRunner>()
            .AddSingleton(new WorkQueues("route-mentions", "offer-mentions"));
    }

    /// <summary>Adds the module's consumers.</summary>
    public static void AddMentionRouting(this IBusRegistrationConfigurator bus, ProcessRoles roles)
    {
        if (!roles.HasFlag(ProcessRoles.Route))
            return;

        bus.AddConsumer<RouteMentions>(Endpoints.TakeTogether);
        bus.AddConsumer<OfferMentions>(Endpoints.TakeTogether);
    }
}
