using Dapper;

namespace Crowd4Care.Storage;

/// <summary>
/// Exclusive rights that run out by themselves: of the copies of a process, one listens on a channel, one runs a sweep. Times are those of the
/// copies' own clocks, which must not differ by more than a lease lasts. What must be safe even so checks the fence, see <see cref="HoldAsync"/>.
/// </summary>
public sealed class Leases(Database database, TimeProvider clock)
{
    /// <summary>Names this copy; no other has the same.</summary>
    public string Holder { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Ids.New(clock):N}";

    /// <summary>Takes a lease that nobody has; null while somebody has it.</summary>
    public async Task<Lease?> TakeAsync(string name, TimeSpan lasts, CancellationToken cancellationToken = default)
    {
        // Most asks are in vain, and a look disturbs nobody.
        var now = clock.GetUtcNow();
        await using (var connection = await database.OpenAsync(cancellationToken))
        {
            if (await connection.ExecuteScalarAsync<long?>("SELECT expires_at FROM leases WHERE name = @name", new { name }) > now.ToUnixTimeMilliseconds())
                return null;
        }

        var until = now + lasts;
        var fence = await database.WriteAsync(transaction => transaction.SingleAsync<long?>(
            """
            INSERT INTO leases (name, holder, expires_at, fence) VALUES (@name, @Holder, @until, 1)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at, fence = leases.fence + 1
            WHERE leases.expires_at <= @now
            RETURNING fence
            """,
            new { name, Holder, until, now }), cancellationToken);
        return fence is { } taken ? new Lease(name, Holder, taken, until) : null;
    }

    /// <summary>Makes a lease last on; null when somebody else has it now.</summary>
    public async Task<Lease?> RenewAsync(Lease lease, TimeSpan lasts, CancellationToken cancellationToken = default)
    {
        var until = clock.GetUtcNow() + lasts;
        var renewed = await database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE leases SET expires_at = @until WHERE name = @Name AND holder = @Holder AND fence = @Fence",
            new { lease.Name, lease.Holder, lease.Fence, until }), cancellationToken);
        return renewed == 1 ? lease with { ExpiresAt = until } : null;
    }

    /// <summary>Gives a lease back, so that another copy need not wait. The row stays: its fence only ever grows.</summary>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken = default) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE leases SET expires_at = 0 WHERE name = @Name AND holder = @Holder AND fence = @Fence",
            new { lease.Name, lease.Holder, lease.Fence }), cancellationToken);

    /// <summary>Ends all leases: for who knows that no other copy is alive.</summary>
    public Task ReleaseAllAsync(CancellationToken cancellationToken = default) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync("UPDATE leases SET expires_at = 0"), cancellationToken);

    /// <summary>
    /// Makes sure, until the transaction ends, that nobody took the lease over. A copy that stood still for a while finds out here.
    /// </summary>
    /// <exception cref="LeaseLostException">Somebody did.</exception>
    public static async Task HoldAsync(System.Data.Common.DbTransaction transaction, Lease lease)
    {
        // An update, because it locks the row: a take-over waits for the transaction.
        var held = await transaction.ExecuteAsync(
            "UPDATE leases SET fence = fence WHERE name = @Name AND holder = @Holder AND fence = @Fence",
            new { lease.Name, lease.Holder, lease.Fence });
        if (held == 0)
            throw new LeaseLostException(lease.Name);
    }
}

/// <summary>A lease as it was taken or last renewed.</summary>
/// <param name="Fence">Grows whenever the lease goes to another holder.</param>
public sealed record Lease(string Name, string Holder, long Fence, DateTimeOffset ExpiresAt);

/// <summary>Another copy has the lease now: what this one was about to do is the other's.</summary>
public sealed class LeaseLostException(string name) : Exception($"Another copy has taken over {name}.");
