using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Classification;

/// <summary>Registration of the module.</summary>
public static class ClassificationServices
{
    /// <summary>Adds scoring with the model that is live, and what people say of it.</summary>
    public static IServiceCollection AddClassification(this IServiceCollection services, IConfiguration configuration, ProcessRoles roles)
    {
        services.AddOptions<ClassificationOptions>().Bind(configuration.GetSection(ClassificationOptions.Section)).ValidateOnStart();
        if (roles.HasFlag(ProcessRoles.Classify))
            services.AddHostedService<SweepReceived>().AddHostedService<TrainWhenAsked>();
        if (roles != ProcessRoles.None)
            services.AddHostedService<WatchModels>().AddHostedService<WatchDrift>();
        return services
            .AddSingleton<ShippedModel>()
            .AddSingleton<ModelStore>()
            .AddSingleton<LiveClassifier>()
            .AddSingleton<IMentionClassifier>(provider => provider.GetRequiredService<LiveClassifier>())
            .AddSingleton<BrandHeadStore>()
            .AddSingleton<ScoreStore>()
            .AddSingleton<MoodChanges>()
            .AddSingleton<CorrectionStore>()
            .AddSingleton<CorrectionTraining>()
            .AddSingleton<BrandHeadTraining>()
            .AddSingleton<TrainingDesk>()
            .AddSingleton<TrainingRunner>()
            .AddSingleton<LiveAccuracy>()
            .AddSingleton<LabellingQueries>()
            .AddSingleton<DriftMonitor>()
            .AddSingleton(new WorkQueues("classify-mentions"));
    }

    /// <summary>Adds the module's consumers.</summary>
    public static void AddClassification(this IBusRegistrationConfigurator bus, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Classify))
            bus.AddConsumer<ClassifyMentions>(Endpoints.TakeTogether);
    }
}
