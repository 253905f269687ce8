using System.Security.Cryptography;
using Crowd4Care.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Crowd4Care.Tests.State;

/// <summary>
/// The module as one process of an installation has it, in process or on a Redis. <see cref="Another"/> is a further process of the same
/// installation.
/// </summary>
internal sealed class StateDriver : IAsyncDisposable
{
    public const string Variable = "CROWD4CARE_TEST_REDIS";
    public const string InProcess = "in process";
    public const string OnRedis = "Redis";

    // For what the test itself looks at.
    private const string Patient = ",syncTimeout=20000";

    private readonly Dictionary<string, string?> settings;
    private readonly ServiceProvider services;
    private readonly TimeProvider clock;

    private StateDriver(Dictionary<string, string?> settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services = new ServiceCollection().AddLogging().AddSingleton(clock).AddState(configuration).BuildServiceProvider();
    }

    public IPresence Presence => Get<IPresence>();

    public IReservations Reservations => Get<IReservations>();

    public IRequestBudgets Budgets => Get<IRequestBudgets>();

    public IFanOut FanOut => Get<IFanOut>();

    public ISharedCache Cache => Get<ISharedCache>();

    public RedisLink Link => Get<RedisLink>();

    /// <summary>On the Redis that the environment names, or in process.</summary>
    public static StateDriver Start(string kind, TimeProvider clock)
    {
        var address = Environment.GetEnvironmentVariable(Variable);
        if (kind == OnRedis && string.IsNullOrEmpty(address))
            Assert.Ignore($"{Variable} is not set.");
        return kind == OnRedis ? On(address!, clock) : new StateDriver([], clock);
    }

    /// <summary>On a given Redis, under a prefix of its own: what an earlier run left must not be found.</summary>
    public static StateDriver On(string address, TimeProvider clock) => new(
        new()
        {
            ["State:Redis"] = address, ["State:Prefix"] = $"test-{RandomNumberGenerator.GetHexString(16)}:", ["State:Timeout"] = "00:00:02", ["State:RetryAfter"] = "00:00:00.2",
        }, clock);

    /// <summary>A further process of the same installation.</summary>
    public StateDriver Another() => new(settings, clock);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Runs what runs in the background.</summary>
    public async Task<StateDriver> RunAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(default);
        return this;
    }

    /// <summary>Deletes everything that the installation has in Redis.</summary>
    public async Task FlushAsync()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(settings["State:Redis"] + Patient);
        foreach (var key in await KeysAsync())
            await connection.GetDatabase().KeyDeleteAsync(key);
    }

    /// <summary>What the installation has in Redis.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(settings["State:Redis"] + Patient);
        return [.. connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: settings["State:Prefix"] + "*").Select(k => (string)k!)];
    }

    /// <summary>How long a key lives; null when it lives for ever.</summary>
    public async Task<TimeSpan?> LifeAsync(string key)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(settings["State:Redis"] + Patient);
        return await connection.GetDatabase().KeyTimeToLiveAsync(key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StopAsync(default);
        await services.DisposeAsync();
    }
}
