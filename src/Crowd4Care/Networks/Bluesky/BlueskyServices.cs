using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>Registers the Bluesky network.</summary>
public static class BlueskyServices
{
    /// <summary>Adds Bluesky to the networks. Expects an <see cref="ISessionKeeper"/>.</summary>
    public static IServiceCollection AddBluesky(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BlueskyOptions>()
            .Bind(configuration.GetSection(BlueskyOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(BlueskyClient.HttpName, http =>
            {
                // Each request has its own limit, see BlueskyOptions.RequestTimeout.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = 16 * 1024 * 1024;
                http.DefaultRequestHeaders.UserAgent.ParseAdd("Crowd4Care");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        services.AddSingleton<BlueskyClient>();
        services.AddSingleton<AuthorDirectory>();
        services.AddSingleton<INetwork, BlueskyNetwork>();
        return services;
    }
}
