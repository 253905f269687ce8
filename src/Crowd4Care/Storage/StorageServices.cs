using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Storage;

/// <summary>Registration of the module.</summary>
public static class StorageServices
{
    /// <summary>Adds the database of the configured engine.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        services.AddOptions<StorageOptions>()
            .Bind(section)
            .ValidateDataAnnotations()
            .Validate(
                o => o.Engine == SqlDialect.Sqlite.Name || o.Engine == SqlDialect.Postgres.Name,
                $"Storage:Engine is unknown; known: {SqlDialect.Sqlite.Name}, {SqlDialect.Postgres.Name}.")
            .Validate(o => !o.IsPostgres || o.ConnectionString is not null, "Storage:ConnectionString is missing; Storage:Engine postgres needs it.")
            .Validate(
                o => o.KeepDays is null or >= StorageOptions.FewestKeepDays and <= 36_500,
                $"Storage:KeepDays is too small or too large; {StorageOptions.FewestKeepDays} to 36500 days are possible, and none keeps everything.")
            .ValidateOnStart();
        if (section[nameof(StorageOptions.Engine)] == SqlDialect.Postgres.Name)
            services.AddSingleton<Database, PostgresDatabase>();
        else
            services.AddSingleton<Database, SqliteDatabase>();
        return services.AddSingleton<Migrations>().AddSingleton<DatabaseCopy>().AddSingleton<Leases>();
    }
}
