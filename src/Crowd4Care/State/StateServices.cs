using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Crowd4Care.State;

/// <summary>Registration of the module.</summary>
public static class StateServices
{
    /// <summary>Adds the state that the processes of an installation share: in this process, or on Redis where one is configured.</summary>
    public static IServiceCollection AddState(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(StateOptions.Section);
        services.AddOptions<StateOptions>()
            .Bind(section)
            .ValidateDataAnnotations()
            .Validate(o => o.Redis.Length == 0 || IsReadable(o.Redis), "State:Redis can't be read; write host:port, with ,password=… if it has one.")
            .ValidateOnStart();
        services.AddSingleton<InProcessPresence>().AddSingleton<InProcessReservations>().AddSingleton<InProcessBudgets>().AddSingleton<InProcessCache>();
        return string.IsNullOrEmpty(section[nameof(StateOptions.Redis)]) ? services.AddInProcess() : services.AddRedis();
    }

    private static IServiceCollection AddInProcess(this IServiceCollection services) => services
        .AddSingleton<IPresence>(provider => provider.GetRequiredService<InProcessPresence>())
        .AddSingleton<IReservations>(provider => provider.GetRequiredService<InProcessReservations>())
        .AddSingleton<IRequestBudgets>(provider => provider.GetRequiredService<InProcessBudgets>())
        .AddSingleton<ISharedCache>(provider => provider.GetRequiredService<InProcessCache>())
        .AddSingleton<IFanOut, InProcessFanOut>();

    private static IServiceCollection AddRedis(this IServiceCollection services) => services
        .AddSingleton<RedisLink>()
        .AddSingleton<RedisPresence>()
        .AddSingleton<IPresence>(provider => provider.GetRequiredService<RedisPresence>())
        .AddSingleton<IReservations, RedisReservations>()
        .AddSingleton<IRequestBudgets, RedisBudgets>()
        .AddSingleton<ISharedCache, RedisCache>()
        .AddSingleton<RedisFanOut>()
        .AddSingleton<IFanOut>(provider => provider.GetRequiredService<RedisFanOut>())
        .AddHostedService<RedisWatch>()
        .AddHostedService(provider => provider.GetRequiredService<RedisFanOut>());

    private static bool IsReadable(string redis)
    {
        try
        {
            return ConfigurationOptions.Parse(redis).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
