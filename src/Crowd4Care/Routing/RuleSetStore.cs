using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Routing;

/// <summary>
/// The versions of every brand's rule set. The highest published one is in force. A version never changes: publishing a draft, or an old one
/// again, makes a new version.
/// </summary>
public sealed class RuleSetStore(Database database, Journal journal, TimeProvider clock)
{
    /// <summary>The rule set that a new brand starts with.</summary>
    public static string DefaultDocument { get; } = ReadDefault();

    private static readonly Lazy<RuleSet> Default = new(() =>
        RuleSetCheck.Read(DefaultDocument) is { RuleSet: { } rules } ? rules : throw new InvalidOperationException("The built-in rule set is not valid."));

    // A version never changes.
    private readonly ConcurrentDictionary<string, (RuleSet Rules, int Version)> known = new();

    /// <summary>The rules in force; version 0 is the built-in set.</summary>
    public async Task<(RuleSet Rules, int Version)> PublishedAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var version = await connection.ExecuteScalarAsync<int>(
            "SELECT COALESCE(MAX(version), 0) FROM rule_sets WHERE brand_id = @brandId AND published_at IS NOT NULL", new { brandId });
        if (version == 0)
            return (Default.Value, 0);
        if (known.TryGetValue(brandId, out var last) && last.Version == version)
            return last;

        var document = await connection.QuerySingleAsync<string>(
            "SELECT document FROM rule_sets WHERE brand_id = @brandId AND version = @version", new { brandId, version });
        return known[brandId] = (RuleSetCheck.Read(document).RuleSet ?? throw new InvalidOperationException($"Rule set {version} of {brandId} is not valid any more."), version);
    }

    /// <summary>All versions of a brand, newest first.</summary>
    public async Task<IReadOnlyList<RuleSetVersion>> VersionsAsync(string brandId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<RuleSetVersion>(
            """
            SELECT r.version, r.document, r.created_at, r.published_at, p.name AS author_name
            FROM rule_sets r LEFT JOIN people p ON p.id = r.author_id WHERE r.brand_id = @brandId ORDER BY r.version DESC
            """,
            new { brandId })).AsList();
    }

    /// <summary>A version of a brand; version 0 is the built-in set. Null when there is none.</summary>
    public async Task<RuleSetVersion?> FindAsync(string brandId, int version, CancellationToken cancellationToken = default)
    {
        // It is in force from the beginning.
        if (version == 0)
            return new RuleSetVersion { Version = 0, Document = DefaultDocument, CreatedAt = DateTimeOffset.UnixEpoch, PublishedAt = DateTimeOffset.UnixEpoch };

        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<RuleSetVersion>(
            """
            SELECT r.version, r.document, r.created_at, r.published_at, p.name AS author_name
            FROM rule_sets r LEFT JOIN people p ON p.id = r.author_id WHERE r.brand_id = @brandId AND r.version = @version
            """,
            new { brandId, version });
    }

    /// <summary>Validates a document and stores it as a version that is not in force.</summary>
    /// <returns>The new version, or the mistakes.</returns>
    public async Task<(int? Version, IReadOnlyList<RuleSetMistake> Mistakes)> DraftAsync(
        string brandId, string document, Guid? author, CancellationToken cancellationToken = default)
    {
        var reading = RuleSetCheck.Read(document);
        if (reading.RuleSet is null)
            return (null, reading.Mistakes);

        var now = clock.GetUtcNow();
        return (await database.WriteAsync(transaction => InsertAsync(transaction, brandId, document, author, now, null), cancellationToken), []);
    }

    /// <summary>Validates a document and puts it in force at once.</summary>
    /// <returns>The new version, or the mistakes.</returns>
    public Task<(int? Version, IReadOnlyList<RuleSetMistake> Mistakes)> PublishAsync(
        string brandId, string document, Guid? author, CancellationToken cancellationToken = default) =>
        PublishAsync(brandId, document, author, null, cancellationToken);

    /// <summary>
    /// Puts a draft in force, or an old version again: as a new version with the same document. What is no longer valid is refused.
    /// </summary>
    /// <returns>The new version, or the mistakes; null when there is no such version.</returns>
    public async Task<(int? Version, IReadOnlyList<RuleSetMistake> Mistakes)?> PublishAsync(
        string brandId, int version, Guid? author, CancellationToken cancellationToken = default) =>
        await FindAsync(brandId, version, cancellationToken) is { } source
            ? await PublishAsync(brandId, source.Document, author, version, cancellationToken)
            : null;

    private async Task<(int? Version, IReadOnlyList<RuleSetMistake> Mistakes)> PublishAsync(
        string brandId, string document, Guid? author, int? source, CancellationToken cancellationToken)
    {
        var reading = RuleSetCheck.Read(document);
        if (reading.RuleSet is null)
            return (null, reading.Mistakes);

        var now = clock.GetUtcNow();
        var version = await database.WriteAsync(async transaction =>
        {
            var next = await InsertAsync(transaction, brandId, document, author, now, now);
            await journal.AppendAsync(transaction, now, brandId, author, JournalKinds.RulesPublished, new { version = next, source });
            return next;
        }, cancellationToken);
        return (version, []);
    }

    private static Task<int> InsertAsync(DbTransaction transaction, string brandId, string document, Guid? author, DateTimeOffset now, DateTimeOffset? publishedAt) =>
        transaction.SingleAsync<int>(
            """
            INSERT INTO rule_sets (brand_id, version, document, author_id, created_at, published_at)
            SELECT @brandId, COALESCE(MAX(version), 0) + 1, @document, @author, @now, CAST(@publishedAt AS BIGINT) FROM rule_sets WHERE brand_id = @brandId
            RETURNING version
            """,
            new { brandId, document, author, now, publishedAt });

    private static string ReadDefault()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Routing/DefaultRules.json")!);
        return reader.ReadToEnd();
    }
}

/// <summary>A version of a brand's rule set.</summary>
public sealed record RuleSetVersion
{
    /// <summary>Counted from 1 for each brand.</summary>
    public required int Version { get; init; }

    /// <summary>The document as it was written.</summary>
    public required string Document { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came into force; null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? AuthorName { get; init; }
}
