using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crowd4Care.Load.Running;

/// <summary>What an installation shall consist of.</summary>
internal sealed record InstallationPlan
{
    public required Size Size { get; init; }

    /// <summary>Copies by role; one of each that is not named.</summary>
    public IReadOnlyDictionary<string, int> Copies { get; init; } = new Dictionary<string, int>();

    /// <summary>Further configuration of the product.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Told the folder that the database will lie in, before anything is there: a disk may be put there.</summary>
    public Func<string, IDisposable?> Disk { get; init; } = _ => null;

    /// <summary>Where logs and the SQLite file are copied to in the end; they are forgotten if left out.</summary>
    public string? Keep { get; init; }

    /// <summary>Stands between the product and a private server: given its port, gives the port to use instead.</summary>
    public Func<string, int, int> Through { get; init; } = (_, port) => port;
}

/// <summary>
/// The product as somebody runs it, in processes of its own, with private servers where the size needs them. Nothing of it is left
/// when it is disposed of.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string PostgresName = "postgres";
    public const string RabbitName = "rabbitmq";
    public const string RedisName = "redis";

    // Nobody on the internet is ever asked: what a run does not set leads to a closed port.
    private static readonly Dictionary<string, string> NobodyOutside = new()
    {
        ["Networks:Bluesky:Service"] = "http://127.0.0.1:9",
        ["Networks:Bluesky:PublicApi"] = "http://127.0.0.1:9",
        ["Networks:Bluesky:Jetstreams:0"] = "ws://127.0.0.1:9",
    };

    private readonly InstallationPlan plan;
    private readonly string bed = Directory.CreateTempSubdirectory("crowd4care-servers-").FullName;
    private readonly List<CrowdProcess> processes = [];
    private readonly List<PrivateServer> servers = [];
    private IHost? host;
    private IDisposable? disk;

    private Installation(InstallationPlan plan) => this.plan = plan;

    /// <summary>Files and logs.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("crowd4care-rig-").FullName;

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(Folder, "data");

    /// <summary>The product's processes.</summary>
    public IReadOnlyList<CrowdProcess> Processes => processes;

    /// <summary>The servers that they use.</summary>
    public IReadOnlyList<PrivateServer> Servers => servers;

    /// <summary>Where the API is.</summary>
    public Uri Web => processes.First(p => p.Name.StartsWith(Roles.Web, StringComparison.Ordinal) || plan.Size == Size.Embedded).Address;

    /// <summary>Where the API is in every copy that has it.</summary>
    public IReadOnlyList<Uri> WebCopies => [.. processes.Where(p => p.Name.StartsWith(Roles.Web, StringComparison.Ordinal) || plan.Size == Size.Embedded).Select(p => p.Address)];

    /// <summary>The modules on the same data, in this process and past every proxy. Their pipeline does not run.</summary>
    public IServiceProvider Services => host?.Services ?? throw new InvalidOperationException("The installation is not prepared yet.");

    public Database Database => Services.GetRequiredService<Database>();

    /// <summary>Starts the servers and prepares the database; the product does not run yet.</summary>
    public static async Task<Installation> PrepareAsync(InstallationPlan plan, CancellationToken cancellationToken)
    {
        var installation = new Installation(plan);
        try
        {
            installation.disk = plan.Disk(plan.Size == Size.Embedded ? installation.Data : Path.Combine(installation.bed, PostgresName));
            if (plan.Size == Size.Distributed)
                await installation.StartServersAsync(cancellationToken);
            installation.host = CrowdHost.ForCommand(installation.Settings((_, port) => port).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
            await CrowdHost.PrepareAsync(installation.Services, cancellationToken);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the product and waits until all of it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = Settings(plan.Through);
        foreach (var (name, role) in Copies())
            processes.Add(new CrowdProcess(name, new Uri($"http://127.0.0.1:{Ports.Free()}"), role is null ? [] : ["--roles", role], settings, Folder));
        foreach (var process in processes)
            process.Start();
        foreach (var process in processes)
            await process.ReadyAsync(cancellationToken);
    }

    /// <summary>The configuration, with the servers' ports as <paramref name="through"/> gives them.</summary>
    public Dictionary<string, string> Settings(Func<string, int, int> through)
    {
        var settings = new Dictionary<string, string>(NobodyOutside) { ["Storage:DataDirectory"] = Data };
        if (plan.Size == Size.Distributed)
        {
            settings["Storage:Engine"] = "postgres";
            settings["Storage:ConnectionString"] = $"Host=127.0.0.1;Port={Port(PostgresName)};Username=postgres;Database=postgres";
            settings["Bus:Transport"] = "rabbitmq";
            settings["Bus:Url"] = $"amqp://guest:guest@127.0.0.1:{Port(RabbitName)}/";
            settings["State:Redis"] = $"127.0.0.1:{Port(RedisName)}";
        }

        foreach (var (name, value) in plan.Settings)
            settings[name] = value;
        return settings;

        int Port(string name) => through(name, servers.First(s => s.Name == name).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(processes.Select(p => p.DisposeAsync().AsTask()));
        host?.Dispose();
        foreach (var server in servers)
            await server.EndAsync();
        KeepFiles();
        disk?.Dispose();
        await Script.RunAsync("ops/testbed/down", [bed], CancellationToken.None);
        Directory.Delete(Folder, recursive: true);
    }

    private void KeepFiles()
    {
        if (plan.Keep is null)
            return;

        Directory.CreateDirectory(plan.Keep);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.log").Concat(Directory.EnumerateFiles(bed, "*.log"))
            .Concat(Directory.Exists(Data) ? Directory.EnumerateFiles(Data, "*.db*") : []))
            File.Copy(file, Path.Combine(plan.Keep, Path.GetFileName(file)), overwrite: true);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { PostgresName, RabbitName, RedisName })
        {
            var server = new PrivateServer(name, bed, Ports.Free());
            servers.Add(server);
            await server.StartAsync(cancellationToken);
        }
    }

    private IEnumerable<(string Name, string? Role)> Copies()
    {
        if (plan.Size == Size.Embedded)
            return [("server", null)];
        return Roles.All.SelectMany(role => Enumerable.Range(1, plan.Copies.GetValueOrDefault(role, 1)).Select(i => ($"{role}-{i}", (string?)role)));
    }
}
