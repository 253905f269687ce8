using System.Collections.Concurrent;
using System.Text.Json;
using Crowd4Care.Networks;
using Crowd4Care.Networks.Bluesky;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>The connector as the program composes it, with short times.</summary>
internal sealed class BlueskyDriver : IDisposable
{
    private readonly ServiceProvider services;

    public BlueskyDriver(string server, string? jetstream = null, params (string Key, string Value)[] options)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Service"] = server,
            ["PublicApi"] = server,
            ["PollInterval"] = "00:00:00.2",
            ["BackOffFirst"] = "00:00:00.05",
            ["BatchInterval"] = "00:00:00.5",
            ["CursorInterval"] = "00:00:00.6",
        };
        if (jetstream is not null) configuration["Jetstreams:0"] = jetstream;
        foreach (var (key, value) in options) configuration[key] = value;
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ISessionKeeper>(Sessions)
            .AddBluesky(new ConfigurationBuilder()
                .AddInMemoryCollection(configuration.Select(o => KeyValuePair.Create($"Networks:Bluesky:{o.Key}", o.Value))).Build())
            .BuildServiceProvider();
        Network = services.GetServices<INetwork>().Single();
    }

    public INetwork Network { get; }

    public KeptSessions Sessions { get; } = new();

    public static ChannelConnection Channel(object settings, string? secret = null) => new()
    {
        Id = Guid.Parse("0190f5a0-0000-7000-8000-000000000001"),
        BrandId = "brand",
        Network = "bluesky",
        Settings = JsonSerializer.Serialize(settings),
        Secret = secret,
    };

    public IPostStream Stream(string name, ChannelConnection channel) => Network.Streams(channel).Single(s => s.Name == name);

    public void Dispose() => services.Dispose();

    internal sealed class KeptSessions : ISessionKeeper
    {
        private readonly ConcurrentDictionary<Guid, string> kept = new();

        public string? this[Guid channelId]
        {
            get => kept.GetValueOrDefault(channelId);
            set => kept[channelId] = value!;
        }

        public Task<string?> LoadAsync(Guid channelId, CancellationToken cancellationToken) => Task.FromResult(this[channelId]);

        public Task SaveAsync(Guid channelId, string? session, CancellationToken cancellationToken)
        {
            if (session is null) kept.TryRemove(channelId, out _);
            else kept[channelId] = session;
            return Task.CompletedTask;
        }
    }
}
