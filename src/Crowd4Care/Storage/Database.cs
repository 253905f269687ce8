using System.Data.Common;
using Crowd4Care.Telemetry;

namespace Crowd4Care.Storage;

/// <summary>Opens connections and runs write transactions. Two engines stand behind it, chosen by configuration.</summary>
public abstract class Database
{
    /// <summary>What this engine says differently.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>A connection for reading. Dispose it.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs <paramref name="work"/> in one write transaction, committed when it returns and rolled back when it throws. It may run
    /// again from the start when the engine had to choose between two transactions: whatever it collects outside has to be begun anew.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            return await TransactAsync(work, cancellationToken);
        }
        finally
        {
            CrowdMetrics.Wrote(started);
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken = default) =>
        WriteAsync(async transaction =>
        {
            await work(transaction);
            return true;
        }, cancellationToken);

    /// <summary>The engine's way to do it.</summary>
    protected abstract Task<T> TransactAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);
}
