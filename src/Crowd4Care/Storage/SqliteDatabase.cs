using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Storage;

/// <summary>The embedded engine: one file. SQLite has one writer: those of this process wait here, in order.</summary>
public sealed class SqliteDatabase : Database, IDisposable
{
    private readonly string connectionString;
    private readonly string pragmas;
    private readonly SemaphoreSlim writer = new(1, 1);

    /// <summary>Prepares access; the folder is made, the database itself by <see cref="Migrations"/>.</summary>
    public SqliteDatabase(IOptions<StorageOptions> options)
    {
        SqlTypes.Register();
        var storage = options.Value;
        Directory.CreateDirectory(storage.DataDirectory);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = storage.DatabaseFile,
            ForeignKeys = true,
            // Another process (an import beside the server) may hold the write lock for one batch.
            DefaultTimeout = 30,
        }.ToString();
        pragmas = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {storage.Synchronous}; PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456;";
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => SqlDialect.Sqlite;

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<T> TransactAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
