using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Community;

/// <summary>The brands of the installation, and what they decide for themselves.</summary>
public sealed class BrandStore(Database database, Journal journal, TimeProvider clock)
{
    /// <summary>The brand that is there from the first start.</summary>
    public const string DefaultId = "default";

    private const string Settings =
        "SELECT name, signature, undo_seconds, approval_below_trust, claim_minutes, ignored_offers, keep_days FROM brands WHERE id = @id";

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

    /// <summary>What a brand decided for itself; null when there is no such brand.</summary>
    public async Task<BrandSettings?> SettingsAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<BrandSettings>(Settings, new { id });
    }

    /// <summary>
    /// Keeps settings, with a journal entry for each that is another now. They count at once: what needs one asks for it each time.
    /// </summary>
    /// <param name="settings">Settings without mistakes.</param>
    /// <param name="by">Who changes them; null for a command.</param>
    /// <returns>How many are others than before.</returns>
    public Task<int> SaveAsync(string id, BrandSettings settings, Guid? by, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var before = await transaction.SingleAsync<BrandSettings>($"{Settings} {database.Dialect.ForUpdate}", new { id })
                ?? throw new InvalidOperationException($"There is no brand {id}.");
            var changes = before.ChangesTo(settings).ToList();
            if (changes.Count == 0)
                return 0;

            await transaction.ExecuteAsync(
                """
                UPDATE brands SET name = @Name, signature = @Signature, undo_seconds = @UndoSeconds, approval_below_trust = @ApprovalBelowTrust,
                  claim_minutes = @ClaimMinutes, ignored_offers = @IgnoredOffers, keep_days = @KeepDays
                WHERE id = @id
                """,
                new
                {
                    id, settings.Name, settings.Signature, settings.UndoSeconds, settings.ApprovalBelowTrust, settings.ClaimMinutes, settings.IgnoredOffers,
                    settings.KeepDays,
                });
            var now = clock.GetUtcNow();
            await journal.AppendAsync(transaction, changes.Select(c => new JournalEntry
            {
                At = now, BrandId = id, ActorId = by, Kind = JournalKinds.BrandChanged, Data = Sql.ToJson(new { setting = c.Setting, from = c.From, to = c.To }),
            }));
            return changes.Count;
        }, cancellationToken);
}

/// <summary>Whose mentions these are.</summary>
public sealed record Brand
{
    /// <summary>A short name in lower case.</summary>
    public required string Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }
}
