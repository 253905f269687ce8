using Crowd4Care.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Ingestion;

/// <summary>Registration of the module.</summary>
public static class IngestionServices
{
    /// <summary>Adds the ways in.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, ProcessRoles roles)
    {
        if (roles.HasFlag(ProcessRoles.Ingest))
            services.AddHostedService<ChannelListeners>();
        return services.AddSingleton<Intake>().AddSingleton<MentionFile>();
    }
}
