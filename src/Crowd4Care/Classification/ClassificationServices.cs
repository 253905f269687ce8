using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Classification;

/// <summary>Registration of the module.</summary>
public static class ClassificationServices
{
    /// <summary>Adds scoring with the built-in model.</summary>
    public static IServiceCollection AddClassification(this IServiceCollection services) => services
        .AddSingleton<IMentionClassifier, LinearClassifier>()
        .AddSingleton<ScoreStore>()
        .AddHostedService<SweepReceived>();
}
