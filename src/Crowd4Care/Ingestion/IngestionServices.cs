using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Ingestion;

/// <summary>Registration of the module.</summary>
public static class IngestionServices
{
    /// <summary>Adds the ways in.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services) =>
        services.AddSingleton<Intake>().AddSingleton<MentionFile>();

    /// <summary>Adds listening on the configured channels.</summary>
    public static IServiceCollection AddListening(this IServiceCollection services) =>
        services.AddHostedService<ChannelListeners>();
}
