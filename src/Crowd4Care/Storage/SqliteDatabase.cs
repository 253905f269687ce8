using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Storage;

/// <summary>The embedded engine: one file. SQLite has one writer: those of this process wait here, in order.</summary>
public sealed class SqliteDatabase : Database, IDisposable
{
    // 64 MB: a page that every batch changes is copied back once for many of them.
    private const int PagesBetweenCheckpoints = 16_000;

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(10);

    private readonly string connectionString;
    private readonly string pragmas;
    private readonly SemaphoreSlim writer = new(1, 1);
    private SqliteConnection? writing;

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
        pragmas =
            $"""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = {storage.Synchronous}; PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456;
            PRAGMA wal_autocheckpoint = {PagesBetweenCheckpoints};
            """;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => SqlDialect.Sqlite;

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default) => await ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A server that could not start goes down while what had started still writes; it ends its transaction, and nobody begins another.
        writer.Wait(LongestFarewell);
        writing?.Dispose();
        writer.Dispose();
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <inheritdoc/>
    protected override async Task<T> TransactAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await writer.WaitAsync(cancellationToken);
        try
        {
            // Always the same connection: it alone writes, so what it has in memory stays true.
            writing ??= await ConnectAsync(cancellationToken);
            await using var transaction = await writing.BeginTransactionAsync(cancellationToken);
            var result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (SqliteException)
        {
            // A full disk, a lock that another program holds: the next writer begins with a fresh connection.
            await ForgetAsync();
            throw;
        }
        finally
        {
            writer.Release();
        }
    }

    private async Task<SqliteConnection> ConnectAsync(CancellationToken cancellationToken)
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

    private async Task ForgetAsync()
    {
        var broken = writing;
        writing = null;
        if (broken is not null)
            await broken.DisposeAsync();
    }
}
