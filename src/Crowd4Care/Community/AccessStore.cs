using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Crowd4Care.Contracts;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>API keys and one-time links. Only hashes are stored: a lost key can't be shown again.</summary>
public sealed class AccessStore(Database database, TimeProvider clock)
{
    private const string KeyPrefix = "c4c_";
    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(1);

    /// <summary>Makes a key that acts as a person, and returns it.</summary>
    public async Task<string> AddKeyAsync(Guid personId, string name, CancellationToken cancellationToken = default)
    {
        var key = KeyPrefix + Secret();
        await database.WriteAsync(transaction => transaction.ExecuteAsync(
            "INSERT INTO api_keys (id, person_id, name, hash, created_at) VALUES (@id, @personId, @name, @hash, @now)",
            new { id = Ids.New(clock), personId, name, hash = Hash(key), now = clock.GetUtcNow() }), cancellationToken);
        return key;
    }

    /// <summary>Who a key acts as; null for an unknown or revoked key, and for a suspended person.</summary>
    public async Task<Person?> PersonOfKeyAsync(string key, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Person>(
            """
            SELECT p.* FROM api_keys k JOIN people p ON p.id = k.person_id
            WHERE k.hash = @hash AND k.revoked_at IS NULL AND p.suspended_at IS NULL
            """,
            new { hash = Hash(key) });
    }

    /// <summary>Makes a link, good for a day and one use, with which somebody makes their own account.</summary>
    public async Task<string> AddLinkAsync(string brandId, Role role, CancellationToken cancellationToken = default)
    {
        var token = Secret();
        await database.WriteAsync(transaction => transaction.ExecuteAsync(
            "INSERT INTO setup_links (hash, brand_id, role, expires_at) VALUES (@hash, @brandId, @role, @expires)",
            new { hash = Hash(token), brandId, role = role.ToString().ToLowerInvariant(), expires = clock.GetUtcNow() + LinkLasts }), cancellationToken);
        return token;
    }

    /// <summary>Makes the link of an invitation.</summary>
    public async Task<string> AddLinkAsync(DbTransaction transaction, string brandId, Invitation invitation, Guid? madeBy)
    {
        var token = Secret();
        await transaction.ExecuteAsync(
            """
            INSERT INTO setup_links (hash, brand_id, role, expires_at, id, for_whom, made_at, made_by)
            VALUES (@hash, @brandId, @role, @ExpiresAt, @Id, @ForWhom, @MadeAt, @madeBy)
            """,
            new
            {
                hash = Hash(token), brandId, role = invitation.Role.ToString().ToLowerInvariant(), invitation.ExpiresAt, invitation.Id, invitation.ForWhom, invitation.MadeAt, madeBy,
            });
        return token;
    }

    /// <summary>What a link is for; null when it is unknown, used or too old.</summary>
    public async Task<SetupLink?> FindLinkAsync(string token, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SetupLink>(
            "SELECT brand_id, role FROM setup_links WHERE hash = @hash AND used_at IS NULL AND expires_at > @now",
            new { hash = Hash(token), now = clock.GetUtcNow() });
    }

    /// <summary>Uses a link up. False when somebody was faster.</summary>
    public Task<bool> UseLinkAsync(string token, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction => await transaction.ExecuteAsync(
            "UPDATE setup_links SET used_at = @now WHERE hash = @hash AND used_at IS NULL AND expires_at > @now",
            new { hash = Hash(token), now = clock.GetUtcNow() }) == 1, cancellationToken);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    // The secrets are random, so a plain hash is enough: there is nothing to guess.
    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>What a one-time link is for.</summary>
public sealed record SetupLink
{
    /// <summary>The brand.</summary>
    public required string BrandId { get; init; }

    /// <summary>The role of the account that it makes.</summary>
    public required Role Role { get; init; }
}
