using Crowd4Care.Community;
using Crowd4Care.Storage;
using MassTransit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Hosting;

/// <summary>What the server and the commands have in common: the same configuration, the same modules, the same start.</summary>
internal static class CrowdHost
{
    /// <summary>
    /// Configuration: appsettings.json, then CROWD4CARE__ variables, then the files of the folder <c>SecretsDirectory</c>, each named for its
    /// key (<c>Storage__ConnectionString</c>), then what the command line says.
    /// </summary>
    public static void Configure(
        IHostApplicationBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        builder.Configuration.AddEnvironmentVariables("CROWD4CARE__");
        if (builder.Configuration["SecretsDirectory"] is { Length: > 0 } secrets)
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(secrets));
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddCrowd4Care(builder.Configuration, consumers);

        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        // The keys lie in the data folder beside what they protect; the folder's rights are the protection, as the README says.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection()
            .SetApplicationName("Crowd4Care")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(storage.DataDirectory, "keys")));
    }

    /// <summary>A host without HTTP, for commands. Its services run only when it is started.</summary>
    public static IHost ForCommand(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        // Results go to standard output; the log must not stand between them.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        Configure(builder, settings);
        return builder.Build();
    }

    /// <summary>Brings the database up to date and makes sure that a brand is there.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        await services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
        await services.GetRequiredService<BrandStore>().EnsureAsync(BrandStore.DefaultId, "My brand", cancellationToken);
    }

    /// <summary>The data folder in use.</summary>
    public static string DataDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory;
}
