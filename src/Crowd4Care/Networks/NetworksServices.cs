using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Networks;

/// <summary>Registration of the module.</summary>
public static class NetworksServices
{
    /// <summary>Adds the channels and the catalog; each network adds itself.</summary>
    public static IServiceCollection AddNetworks(this IServiceCollection services) => services
        .AddHttpClient()
        .AddSingleton<NetworkCatalog>()
        .AddSingleton<ChannelStore>()
        .AddSingleton<ChannelHealthStore>()
        .AddSingleton<ISessionKeeper>(provider => provider.GetRequiredService<ChannelStore>());
}
