using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Load.Commands;
using Crowd4Care.Load.Running;
using Crowd4Care.Networks;
using Crowd4Care.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Load.Faults;

/// <summary>Everything that is broken and everybody who suffers: an installation behind proxies, the network, customers, people at the desk.</summary>
internal sealed class FaultBed : IAsyncDisposable
{
    private const int Advocates = 8;
    private const int Agents = 2;
    private const int Capacity = 4;
    private static readonly TimeSpan NewQueuesAreWeak = TimeSpan.FromSeconds(13);

    private readonly ConcurrentDictionary<string, TcpProxy> proxies = [];
    private readonly List<ApiUser> users = [];
    // People are made before the server has an address at which they could call it.
    private readonly List<(string Name, bool IsStaff, string Key)> hired = [];
    private LimitedDisk? disk;
    private NetworkServer? server;
    private Installation? installation;

    private FaultBed(FaultPlan plan) => Moods = new Moods(plan.Seed);

    public NetworkRecords Network { get; } = new(TimeProvider.System);

    public Moods Moods { get; }

    public Ledger Ledger { get; } = new();

    public Installation Installation => installation!;

    // In order: the same seed must deal the same faults.
    public IReadOnlyList<TcpProxy> Proxies => [.. proxies.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>The faults whose names hold a text.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public IReadOnlyList<Fault> FaultsCalled(string text)
    {
        var all = FaultCatalog.Of(Installation, Proxies, disk);
        var some = all.Where(f => f.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return some.Count > 0 ? some : throw new UsageException($"--only \"{text}\" is in the name of no fault; there are: {string.Join(", ", all.Select(f => f.Name))}.");
    }

    public Traffic Traffic { get; private set; } = null!;

    public IReadOnlyList<Worker> Workers { get; private set; } = [];

    public static async Task<FaultBed> MakeAsync(FaultPlan plan, CancellationToken cancellationToken)
    {
        var bed = new FaultBed(plan);
        try
        {
            await bed.BuildAsync(plan, cancellationToken);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        users.ForEach(u => u.Dispose());
        disk?.Empty();
        foreach (var proxy in Proxies)
            proxy.Become(ProxyMode.Pass);
        if (installation is not null)
            await installation.DisposeAsync();
        foreach (var proxy in Proxies)
            await proxy.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task BuildAsync(FaultPlan plan, CancellationToken cancellationToken)
    {
        server = await NetworkServer.StartAsync(Network, Moods);
        var network = ProxyTo("network", server.Port);
        installation = await Installation.PrepareAsync(
            new InstallationPlan
            {
                Size = plan.Size, Copies = plan.AllCopies, Keep = plan.Keep, Through = ProxyTo, Disk = folder => disk = LimitedDisk.TryMake(folder),
                Settings = new Dictionary<string, string>
                {
                    ["Networks:Bluesky:Service"] = $"http://127.0.0.1:{network}",
                    ["Networks:Bluesky:PublicApi"] = $"http://127.0.0.1:{network}",
                    ["Networks:Bluesky:Jetstreams:0"] = $"ws://127.0.0.1:{network}/subscribe",
                    // The network stays silent for seconds. A sender must count as dead only after all requests that a reply may need.
                    ["Networks:Bluesky:RequestTimeout"] = "00:00:03",
                    ["Engagement:SenderSeconds"] = "25",
                },
            }, cancellationToken);
        await ConnectBrandAsync(cancellationToken);
        await HireAsync(cancellationToken);
        await installation.StartAsync(cancellationToken);
        OpenTheDoor(plan.Seed);
        Traffic = new Traffic(users[0], Network, Ledger, plan.Seed);
        if (plan.Size == Size.Distributed)
            await Task.Delay(NewQueuesAreWeak, TimeProvider.System, cancellationToken);
    }

    private int ProxyTo(string name, int port) => proxies.GetOrAdd(name, _ => new TcpProxy(name, port)).Port;

    private Task ConnectBrandAsync(CancellationToken cancellationToken)
    {
        var channel = new ChannelConnection
        {
            Id = Ids.New(TimeProvider.System), BrandId = BrandStore.DefaultId, Network = "bluesky", Secret = "app-password",
            Settings = JsonSerializer.Serialize(new { handle = NetworkRecords.BrandHandle, keywords = new[] { "@brand.example" }, notifications = false }),
        };
        return Installation.Services.GetRequiredService<ChannelStore>().SaveAsync(channel, "Bluesky", enabled: true, cancellationToken);
    }

    private async Task HireAsync(CancellationToken cancellationToken)
    {
        var services = Installation.Services;
        hired.Add(("pusher", true, await Accounts.AddAsync(services, Role.Agent, "pusher", 1, [], cancellationToken)));
        for (var i = 1; i <= Advocates; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"advocate-{i}");
            PersonSkill[] skills = [.. Mentions.Sentences.Languages.Select(l => new PersonSkill(Skill.Language(l), 1)), new(Skill.Topic("technical"), i % 2 == 0 ? 0.9 : 0.6)];
            hired.Add((name, false, await Accounts.AddAsync(services, Role.Advocate, name, Capacity, skills, cancellationToken)));
        }

        for (var i = 1; i <= Agents; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"agent-{i}");
            hired.Add((name, true, await Accounts.AddAsync(services, Role.Agent, name, 1, [], cancellationToken)));
        }
    }

    private void OpenTheDoor(int seed)
    {
        var doors = Installation.WebCopies.Select((web, i) => new Uri($"http://127.0.0.1:{ProxyTo($"web-{i + 1}", web.Port)}")).ToList();
        users.AddRange(hired.Select(h => new ApiUser(doors, h.Key)));
        Workers = [.. hired.Skip(1).Select((h, i) => new Worker(h.Name, h.IsStaff, users[i + 1], Ledger, seed * 100 + i))];
    }
}
