using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Networks;
using Crowd4Care.Server.Hosting;
using Crowd4Care.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crowd4Care.Server.Tests.TestBed;

/// <summary>
/// A data folder of its own with what runs on it: commands, servers, and a host in this process through which people, keys and channels
/// are made faster than by commands. Nothing of it is left when it is disposed of.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    // Nobody on the internet is ever asked: what a test does not set leads to a closed port.
    private const string ClosedHttp = "http://127.0.0.1:9";
    private const string ClosedStream = "ws://127.0.0.1:9";

    private readonly ConcurrentStack<CrowdProcess> processes = [];
    private IHost? host;

    /// <summary>A folder for the files of the test.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("crowd4care-test-").FullName;

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(Folder, "data");

    /// <summary>Configuration for every process that is started from now on.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["Networks:Bluesky:Service"] = ClosedHttp,
        ["Networks:Bluesky:PublicApi"] = ClosedHttp,
        ["Networks:Bluesky:Jetstreams:0"] = ClosedStream,
    };

    /// <summary>Runs a command on the data folder to its end.</summary>
    public Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => CrowdProcess.RunAsync(OnData(arguments));

    /// <summary>Starts a command on the data folder.</summary>
    public CrowdProcess Start(params IReadOnlyList<string> arguments)
    {
        var process = CrowdProcess.Start(OnData(arguments));
        processes.Push(process);
        return process;
    }

    /// <summary>The command with the data folder and the settings.</summary>
    public CrowdCommand OnData(params IReadOnlyList<string> arguments) =>
        new([.. arguments, "--data", Data]) { Directory = Folder, Settings = Settings };

    /// <summary>Starts a server on a free port and waits until it answers.</summary>
    public async Task<RunningServer> ServeAsync(params IReadOnlyList<string> more)
    {
        var process = Start(["serve", "--urls", "http://127.0.0.1:0", .. more]);
        var address = new Uri(await process.SaysAsync("Crowd4Care is at "));
        return new RunningServer(process, address);
    }

    /// <summary>All mentions as <c>export mentions</c> prints them.</summary>
    public async Task<IReadOnlyList<JsonNode>> ExportAsync()
    {
        var export = await RunAsync("export", "mentions");
        Assert.That(export.ExitCode, Is.Zero, export.Errors);
        return [.. export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>Imports a file and answers the summary.</summary>
    public async Task<JsonNode> IngestAsync(string file, params IReadOnlyList<string> more)
    {
        var ingest = await RunAsync(["ingest", file, "--json", .. more]);
        Assert.That(ingest.ExitCode, Is.Zero, ingest.Errors);
        return JsonNode.Parse(ingest.Output)!;
    }

    /// <summary>Writes a file into the folder and answers its path.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Adds somebody and answers the key that acts for them.</summary>
    public async Task<string> AddKeyAsync(Role role, string name, string brand = BrandStore.DefaultId, params IReadOnlyList<PersonSkill> skills)
    {
        var services = await ServicesAsync();
        await services.GetRequiredService<BrandStore>().EnsureAsync(brand, brand);
        var person = new Person { BrandId = brand, Login = $"{name}.{brand}", Name = name, Role = role };
        var added = await services.GetRequiredService<PeopleStore>().AddAsync(person, [.. skills], null);
        return await services.GetRequiredService<AccessStore>().AddKeyAsync(added!.Id, name);
    }

    /// <summary>Adds somebody who signs in with a password.</summary>
    public async Task AddAccountAsync(Role role, string login, string name, string password, params IReadOnlyList<PersonSkill> skills)
    {
        var services = await ServicesAsync();
        using var scope = services.CreateScope();
        var person = new Person { BrandId = BrandStore.DefaultId, Login = login, Name = name, Role = role };
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().CreateAsync(person, password);
        Assert.That(result.Succeeded, Is.True, string.Join(' ', result.Errors.Select(e => e.Description)));
        var people = services.GetRequiredService<PeopleStore>();
        var added = (await people.FindByNameAsync(login, CancellationToken.None))!;
        await people.ChangeAsync(added.Id, added.BrandId, added.Name, added.Role, added.Trust, added.Capacity, [.. skills], null);
    }

    /// <summary>Connects a Bluesky account or keywords.</summary>
    public async Task<Guid> AddBlueskyAsync(object settings, string? secret = null, string brand = BrandStore.DefaultId)
    {
        var services = await ServicesAsync();
        await services.GetRequiredService<BrandStore>().EnsureAsync(brand, brand);
        var channel = new ChannelConnection
        {
            Id = Ids.New(TimeProvider.System), BrandId = brand, Network = "bluesky", Settings = JsonSerializer.Serialize(settings), Secret = secret,
        };
        await services.GetRequiredService<ChannelStore>().SaveAsync(channel, "Bluesky", enabled: true);
        return channel.Id;
    }

    /// <summary>The secret of a channel, as the listener gets it.</summary>
    public async Task<string?> SecretAsync(Guid channel) =>
        (await (await ServicesAsync()).GetRequiredService<ChannelStore>().ConnectAsync(channel))?.Secret;

    /// <summary>The modules on the same data, in this process. Their pipeline does not run.</summary>
    public async Task<IServiceProvider> ServicesAsync()
    {
        if (host is null)
        {
            host = CrowdHost.ForCommand(new Dictionary<string, string?>(Settings!) { [$"{StorageOptions.Section}:{nameof(StorageOptions.DataDirectory)}"] = Data });
            await CrowdHost.PrepareAsync(host.Services);
        }

        return host.Services;
    }

    /// <summary>Lets go of the data in this process; the next call opens it again.</summary>
    public void Close()
    {
        host?.Dispose();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        while (processes.TryPop(out var process))
            await process.DisposeAsync();
        Close();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A server that answers.</summary>
public sealed class RunningServer(CrowdProcess process, Uri address) : IAsyncDisposable
{
    public CrowdProcess Process => process;

    public Uri Address => address;

    /// <summary>Calls the API with a key; without one, as a stranger.</summary>
    public ApiClient Api(string? key = null) => new(address, key);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
