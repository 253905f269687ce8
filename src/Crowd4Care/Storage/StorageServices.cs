using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Storage;

/// <summary>Registration of the module.</summary>
public static class StorageServices
{
    /// <summary>Adds the database of the configured engine.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection(StorageOptions.Section))
            .ValidateDataAnnotations()
            .Validate(o => o.Engine == SqlDialect.Sqlite.Name, $"Storage:Engine is unknown; known: {SqlDialect.Sqlite.Name}.")
            .ValidateOnStart();
        return services.AddSingleton<Database>().AddSingleton<Migrations>().AddSingleton<Leases>();
    }
}
