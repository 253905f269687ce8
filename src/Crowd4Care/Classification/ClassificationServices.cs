using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Classification;

/// <summary>Registration of the module.</summary>
public static class ClassificationServices
{
    /// <summary>Adds scoring with the built-in model.</summary>
    public static IServiceCollection AddClassification(this IServiceCollection services, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Classify))
            services.AddHostedService<SweepReceived>();
        return services
            .AddSingleton<IMentionClassifier, LinearClassifier>()
            .AddSingleton<ScoreStore>()
            .AddSingleton(new WorkQueues("classify-mentions"));
    }

    /// <summary>Adds the module's consumers.</summary>
    public static void AddClassification(this IBusRegistrationConfigurator bus, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Classify))
            bus.AddConsumer<ClassifyMentions>(Endpoints.TakeTogether);
    }
}
