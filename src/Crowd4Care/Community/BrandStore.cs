using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>The brands of the installation.</summary>
public sealed class BrandStore(Database database, Journal journal, TimeProvider clock)
{
    /// <summary>The brand that is there from the first start.</summary>
    public const string DefaultId = "default";

    /// <summary>All brands, oldest first.</summary>
    public async Task<IReadOnlyList<Brand>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Brand>("SELECT id, name FROM brands ORDER BY created_at, id")).AsList();
    }

    /// <summary>Makes a brand if it is missing.</summary>
    /// <returns>True when it was made.</returns>
    public Task<bool> EnsureAsync(string id, string name, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction => await transaction.ExecuteAsync(
            "INSERT INTO brands (id, name, created_at) VALUES (@id, @name, @now) ON CONFLICT (id) DO NOTHING",
            new { id, name, now = clock.GetUtcNow() }) == 1, cancellationToken);

    /// <summary>Replies of advocates with less trust wait for staff: 0 for nobody's, 5 for everybody's.</summary>
    public async Task<int> ApprovalBelowTrustAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<int>("SELECT approval_below_trust FROM brands WHERE id = @id", new { id });
    }

    /// <summary>Sets it, 0 to 5; it counts for replies that are handed in from now on.</summary>
    public Task SetApprovalBelowTrustAsync(string id, int trust, Guid? by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trust);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trust, 5);
        return database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync("UPDATE brands SET approval_below_trust = @trust WHERE id = @id", new { id, trust });
            await journal.AppendAsync(transaction, new JournalEntry
            {
                At = clock.GetUtcNow(), BrandId = id, ActorId = by, Kind = JournalKinds.BrandChanged, Data = Sql.ToJson(new { approvalBelowTrust = trust }),
            });
        }, cancellationToken);
    }
}

/// <summary>Whose mentions these are.</summary>
public sealed record Brand
{
    /// <summary>A short name in lower case.</summary>
    public required string Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }
}
