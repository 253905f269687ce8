using Crowd4Care.Storage;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Crowd4Care.Networks;

/// <summary>The configured channels, their secrets (protected at rest), sessions and cursors.</summary>
public sealed class ChannelStore(Database database, IDataProtectionProvider protection, TimeProvider clock) : ISessionKeeper
{
    private readonly IDataProtector protector = protection.CreateProtector("channels");

    /// <summary>All channels of a brand, or of all brands.</summary>
    public async Task<IReadOnlyList<Channel>> ListAsync(string? brandId = null, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Channel>(
            """
            SELECT id, brand_id, network, name, settings, secret IS NOT NULL AS has_secret, disabled_at, updated_at
            FROM channels WHERE @brandId IS NULL OR brand_id = @brandId ORDER BY created_at
            """,
            new { brandId })).AsList();
    }

    /// <summary>The channel with its secret in clear, or null.</summary>
    public async Task<ChannelConnection?> ConnectAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ConnectionRow>(
            "SELECT id, brand_id, network, settings, secret FROM channels WHERE id = @id", new { id });
        return row is null
            ? null
            : new ChannelConnection
            {
                Id = row.Id,
                BrandId = row.BrandId,
                Network = row.Network,
                Settings = row.Settings,
                Secret = row.Secret is null ? null : protector.Unprotect(row.Secret),
            };
    }

    /// <summary>Adds a channel, or changes one; a null secret keeps the stored one. A change forgets the session, and how it fared.</summary>
    public Task SaveAsync(ChannelConnection channel, string name, bool enabled, CancellationToken cancellationToken = default) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            DELETE FROM channel_parts WHERE channel_id = @Id;
            INSERT INTO channels (id, brand_id, network, name, settings, secret, account_handle, disabled_at, created_at, updated_at)
            VALUES (@Id, @BrandId, @Network, @name, @Settings, @secret, @handle, @disabledAt, @now, @now)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, secret = COALESCE(excluded.secret, channels.secret),
              account_handle = excluded.account_handle,
              session = NULL, disabled_at = excluded.disabled_at, updated_at = excluded.updated_at
            """,
            new
            {
                channel.Id,
                channel.BrandId,
                channel.Network,
                channel.Settings,
                name,
                handle = channel.AccountHandle,
                secret = channel.Secret is null ? null : protector.Protect(channel.Secret),
                disabledAt = enabled ? (DateTimeOffset?)null : clock.GetUtcNow(),
                now = clock.GetUtcNow(),
            }), cancellationToken);

    /// <summary>Where a stream of a channel goes on, or null.</summary>
    public async Task<string?> CursorAsync(Guid channelId, string stream, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>(
            "SELECT cursor FROM channel_cursors WHERE channel_id = @channelId AND stream = @stream", new { channelId, stream });
    }

    /// <summary>Moves a cursor, in the transaction that stores what lies before it.</summary>
    /// <param name="lease">The listener's lease on the channel; null when it can't have been taken over.</param>
    /// <exception cref="LeaseLostException">Another listener has gone on; this one would move the cursor back.</exception>
    public async Task MoveCursorAsync(System.Data.Common.DbTransaction transaction, Guid channelId, string stream, string cursor, Lease? lease = null)
    {
        if (lease is not null)
            await Leases.HoldAsync(transaction, lease);
        await transaction.ExecuteAsync(
            """
            INSERT INTO channel_cursors (channel_id, stream, cursor, updated_at) VALUES (@channelId, @stream, @cursor, @now)
            ON CONFLICT (channel_id, stream) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at
            """,
            new { channelId, stream, cursor, now = clock.GetUtcNow() });
    }

    /// <inheritdoc/>
    public async Task<string?> LoadAsync(Guid channelId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var session = await connection.QuerySingleOrDefaultAsync<string>("SELECT session FROM channels WHERE id = @channelId", new { channelId });
        return session is null ? null : protector.Unprotect(session);
    }

    /// <inheritdoc/>
    public Task SaveAsync(Guid channelId, string? session, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "UPDATE channels SET session = @session WHERE id = @channelId",
            new { channelId, session = session is null ? null : protector.Protect(session) }), cancellationToken);

    private sealed record ConnectionRow
    {
        public required Guid Id { get; init; }

        public required string BrandId { get; init; }

        public required string Network { get; init; }

        public required string Settings { get; init; }

        public string? Secret { get; init; }
    }
}

/// <summary>A configured channel as the admin pages show it.</summary>
public sealed record Channel
{
    /// <summary>Identifies the channel.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose channel it is.</summary>
    public required string BrandId { get; init; }

    /// <summary>The network's name in lower case.</summary>
    public required string Network { get; init; }

    /// <summary>What the admin calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The network's own settings as JSON.</summary>
    public required string Settings { get; init; }

    /// <summary>Whether a secret is stored.</summary>
    public bool HasSecret { get; init; }

    /// <summary>Since when it is switched off; null while it is on.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When the settings were last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
