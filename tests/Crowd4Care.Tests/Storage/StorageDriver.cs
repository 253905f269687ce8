using Crowd4Care.Storage;
using Crowd4Care.Tests.Support;
using Dapper;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Tests.Storage;

/// <summary>A database file of its own; <see cref="Another"/> is a second program on the same file.</summary>
internal sealed class StorageDriver : IDisposable
{
    private readonly TempFolder folder;
    private readonly bool owns;

    public StorageDriver()
        : this(new TempFolder(), true)
    {
    }

    private StorageDriver(TempFolder folder, bool owns)
    {
        (this.folder, this.owns) = (folder, owns);
        Database = new SqliteDatabase(Options.Create(new StorageOptions { DataDirectory = folder.FullName, Synchronous = "NORMAL" }));
        Migrations = new Migrations(Database, TimeProvider.System);
    }

    public SqliteDatabase Database { get; }

    public Migrations Migrations { get; }

    public StorageDriver Another() => new(folder, false);

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Database.WriteAsync(transaction => transaction.ExecuteAsync(sql, parameters));

    public async Task<T?> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<T>(sql, parameters);
    }

    public void Dispose()
    {
        Database.Dispose();
        if (owns)
            folder.Dispose();
    }
}
