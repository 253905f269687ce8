using Crowd4Care.Bus;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Commands;
using Crowd4Care.Storage;
using MassTransit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Hosting;

/// <summary>What the server and the commands have in common: the same configuration, the same modules, the same start.</summary>
internal static class CrowdHost
{
    /// <summary>
    /// Configuration: appsettings.json, then CROWD4CARE__ variables, then the files of the folder <c>SecretsDirectory</c>, each named for its
    /// key (<c>Storage__ConnectionString</c>), then what the command line says.
    /// </summary>
    public static void ReadConfiguration(IHostApplicationBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        builder.Configuration.AddEnvironmentVariables("CROWD4CARE__");
        if (builder.Configuration["SecretsDirectory"] is { Length: > 0 } secrets)
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(secrets));
        builder.Configuration.AddInMemoryCollection(settings);
    }

    /// <summary>The roles that the configuration gives to a server.</summary>
    /// <exception cref="UsageException">There is no such role, or one process must have them all.</exception>
    public static ProcessRoles Roles(IConfiguration configuration)
    {
        try
        {
            var roles = ProcessRoleNames.Read(configuration["Roles"]);
            var bus = configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
            return roles == ProcessRoles.All || bus.IsShared
                ? roles
                : throw new UsageException(
                    $"Roles are \"{ProcessRoleNames.Write(roles)}\", but the bus lies in the memory of one process, which must have all roles: "
                    + "leave --roles out, or set Bus:Transport to rabbitmq.");
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Adds the modules for these roles, and the keys.</summary>
    public static void AddModules(IHostApplicationBuilder builder, ProcessRoles roles, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        builder.Services.AddCrowd4Care(builder.Configuration, roles, consumers);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        var keys = builder.Services.AddDataProtection().SetApplicationName("Crowd4Care");
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        // The keys lie beside what they protect: in the data folder, whose rights are the protection, or in the database that the copies share.
        if (!storage.IsPostgres)
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(KeyFolder.Of(storage)));
        else
            builder.Services.AddSingleton<DatabaseKeys>().AddOptions<KeyManagementOptions>().Configure<DatabaseKeys>((options, repository) => options.XmlRepository = repository);
    }

    /// <summary>A host without HTTP, for commands. Its services run only when it is started.</summary>
    public static IHost ForCommand(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        // Results go to standard output; the log must not stand between them.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        ReadConfiguration(builder, settings);
        // What a command stores, it can see through; listening and serving are the server's.
        AddModules(builder, ProcessRoles.Classify | ProcessRoles.Route | ProcessRoles.Reply);
        return builder.Build();
    }

    /// <summary>Brings the database up to date and makes sure that a brand is there.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        await services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
        await services.GetRequiredService<BrandStore>().EnsureAsync(BrandStore.DefaultId, "My brand", cancellationToken);
    }

    /// <summary>
    /// Takes the lock on the data folder; null when another process has it. A database server needs none: any number of copies may run on it.
    /// </summary>
    public static async Task<IDisposable?> LockAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        var storage = Storage(services);
        if (storage.IsPostgres)
            return new NoLock();

        var held = ServerLock.TryTake(storage.DataDirectory);
        if (held is null)
            return null;

        // Whoever had a lease is dead.
        await PrepareAsync(services, cancellationToken);
        await services.GetRequiredService<Leases>().ReleaseAllAsync(cancellationToken);
        return held;
    }

    /// <summary>Where the data is kept, for a command that reads it.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static StorageOptions ExistingStorage(IServiceProvider services)
    {
        var storage = Storage(services);
        return storage.IsPostgres || File.Exists(storage.DatabaseFile) ? storage : throw new InvalidDataException($"There is no database in {storage.DataDirectory}.");
    }

    /// <summary>Where the data is kept.</summary>
    public static StorageOptions Storage(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value;

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
