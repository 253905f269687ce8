using Crowd4Care.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Crowd4Care.Tests.Support;

/// <summary>The PostgreSQL server of the tests. A test gets a database of its own, copied from one that is up to date.</summary>
internal static class PostgresServer
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly string? Server = Environment.GetEnvironmentVariable("CROWD4CARE_TEST_POSTGRES");
    private static string? template;

    /// <summary>Why a test without a server is skipped.</summary>
    public const string Missing = "There is no PostgreSQL server: CROWD4CARE_TEST_POSTGRES is not set.";

    /// <summary>Whether there is a server.</summary>
    public static bool IsThere => !string.IsNullOrEmpty(Server);

    /// <summary>Makes an up-to-date database and returns its connection string.</summary>
    public static async Task<string> CreateAsync()
    {
        await Gate.WaitAsync();
        try
        {
            template ??= $"TEMPLATE {await MakeTemplateAsync()} {await CopiesFilesAsync()}";
            return await CreateAsync(template);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Makes an empty database.</summary>
    public static Task<string> CreateEmptyAsync() => CreateAsync("");

    public static async Task DropAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<string> CreateAsync(string how)
    {
        var name = $"crowd_{Some.Id():N}";
        await ExecuteAsync($"CREATE DATABASE {name} {how}");
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = true, MaxPoolSize = 20 }.ToString();
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var connectionString = await CreateAsync("");
        await using var database = new PostgresDatabase(Options.Create(new StorageOptions { Engine = "postgres", ConnectionString = connectionString }));
        await new Migrations(database, TimeProvider.System).ApplyAsync();
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }

    // A third of the time that it takes page by page, through the log; older servers do nothing else.
    private static async Task<string> CopiesFilesAsync()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Pooling = false });
        await using var connection = await source.OpenConnectionAsync();
        return connection.PostgreSqlVersion.Major >= 15 ? "STRATEGY FILE_COPY" : "";
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
