using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Crowd4Care.Storage;

/// <summary>The engine of the big size. Transactions are READ COMMITTED; a step that decides on a row locks it when it loads it.</summary>
public sealed class PostgresDatabase : Database, IAsyncDisposable, IDisposable
{
    private const int MostTries = 5;

    // A process that stands still in the middle of a transaction must not hold its rows for longer than this. Compiling a statement takes the
    // server longer than any of ours runs.
    private const string ServerLimits = "-c idle_in_transaction_session_timeout=10s -c lock_timeout=12s -c jit=off";

    // No statement of a step takes long: a server that is gone without a word is noticed after 15 s. Some hundred statement texts run again and
    // again, and are planned once a connection. What the installation's own string says comes later and wins.
    private const string Defaults = $"Application Name=Crowd4Care;Command Timeout=15;Max Auto Prepare=100;Options='{ServerLimits}';";

    private readonly NpgsqlDataSource source;

    /// <summary>Prepares access; nothing is opened yet.</summary>
    public PostgresDatabase(IOptions<StorageOptions> options)
    {
        SqlTypes.Register();
        source = NpgsqlDataSource.Create(Defaults + options.Value.ConnectionString);
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => SqlDialect.Postgres;

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default) =>
        await source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<T> TransactAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryWriteAsync(work, cancellationToken);
            }
            catch (PostgresException e) when (tries < MostTries && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The server ended one of two transactions that waited for each other; nothing of it was done.
            }
            catch (NpgsqlException e) when (e.InnerException is TimeoutException)
            {
                // The others in the pool go the same way: nobody else should have to wait to find out.
                source.Clear();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> TryWriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(transaction);
        // Cancelled in the middle of a commit, nobody would know what became of it.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
