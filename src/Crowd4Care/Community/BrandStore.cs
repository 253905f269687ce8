using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>The brands of the installation.</summary>
public sealed class BrandStore(Database database, TimeProvider clock)
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
}

/// <summary>Whose mentions these are.</summary>
public sealed record Brand
{
    /// <summary>A short name in lower case.</summary>
    public required string Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }
}
