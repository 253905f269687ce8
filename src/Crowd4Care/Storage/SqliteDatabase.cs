using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Storage;

/// <summary>The embedded engine: one file. SQLite has one writer: those of this process wait here, in order.</summary>
public sealed class SqliteDatabase : Database, IDisposable
{
    // 256 MB: should nobody else copy the write-ahead log back, who commits does.
    private const int MostPagesInLog = 64_000;

    // Long enough that a page which every batch changes is copied back once for many of them.
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(10);

    private readonly string connectionString;
    private readonly string pragmas;
    private readonly SemaphoreSlim writer = new(1, 1);
    private SqliteConnection? writing;
    private Task checkpoint = Task.CompletedTask;
    private long checkpointedAt;

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
            PRAGMA wal_autocheckpoint = {MostPagesInLog};
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
        checkpoint.Wait(LongestFarewell);
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
            CheckpointNowAndThen();
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

    // By whoever has the turn to write, so never twice at once.
    private void CheckpointNowAndThen()
    {
        if (!checkpoint.IsCompleted || TimeProvider.System.GetElapsedTime(checkpointedAt) < BetweenCheckpoints)
            return;
        checkpointedAt = TimeProvider.System.GetTimestamp();
        checkpoint = Task.Run(CheckpointAsync);
    }

    // Nearly all of the log is copied back while others write; the rest in a turn of its own, so that the log can begin anew.
    private async Task CheckpointAsync()
    {
        try
        {
            await using (var beside = await ConnectAsync(CancellationToken.None))
                await CheckpointAsync(beside);
            await writer.WaitAsync();
            try
            {
                if (writing is not null)
                    await CheckpointAsync(writing);
            }
            finally
            {
                writer.Release();
            }
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException)
        {
            // The end, or a full disk: whoever writes next is told. The log is copied back the next time.
        }
    }

    private static async Task CheckpointAsync(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        await command.ExecuteNonQueryAsync();
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
