using Crowd4Care.Contracts;
using Crowd4Care.Language;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>The brands' own heads. What scores mentions is kept in memory, and looked at again with the models: see <see cref="WatchModels"/>.</summary>
public sealed class BrandHeadStore(Database database, IMentionClassifier classifier, Journal journal, TimeProvider clock)
{
    private volatile IReadOnlyDictionary<string, IReadOnlyList<LearnedHead>> known = new Dictionary<string, IReadOnlyList<LearnedHead>>();

    // What was read last, so that a model is read once.
    private IReadOnlyList<Row> read = [];

    /// <summary>All own heads as this process knows them.</summary>
    public IEnumerable<(string BrandId, BrandHead Head)> All => known.SelectMany(b => b.Value.Select(h => (b.Key, h.Head)));

    /// <summary>The own heads of a brand as this process knows them.</summary>
    public IReadOnlyList<BrandHead> Of(string brandId) => [.. known.GetValueOrDefault(brandId, []).Select(h => h.Head)];

    /// <summary>Whether a brand has own heads.</summary>
    public bool Any(string brandId) => known.ContainsKey(brandId);

    /// <summary>Whether a head is answered by what was learned from corrections, and not by keywords alone.</summary>
    public bool IsLearned(string brandId, string name) => known.GetValueOrDefault(brandId, []).Any(h => h.Head.Name == name && h.IsLearned);

    /// <summary>What the own heads of a brand say of a text: those that have something to say.</summary>
    public IEnumerable<Score> Score(string brandId, string text, bool explain = false) =>
        known.GetValueOrDefault(brandId, []).Select(head => head.Score(text, explain)).OfType<Score>();

    /// <summary>Reads them all: they are few.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(
            """
            SELECT h.brand_id, h.name, h.labels, m.made_at FROM brand_heads h LEFT JOIN brand_head_models m ON m.brand_id = h.brand_id AND m.name = h.name
            ORDER BY h.brand_id, h.name
            """)).AsList();
        if (rows.SequenceEqual(read))
            return;

        var files = (await connection.QueryAsync<(string BrandId, string Name, byte[] File)>("SELECT brand_id, name, file FROM brand_head_models"))
            .ToDictionary(f => (f.BrandId, f.Name), f => f.File);
        known = rows.GroupBy(r => r.BrandId).ToDictionary(
            g => g.Key, g => (IReadOnlyList<LearnedHead>)[.. g.Select(r => new LearnedHead(r.ToHead(), Load(files.GetValueOrDefault((r.BrandId, r.Name)))))]);
        read = rows;
    }

    /// <summary>Keeps what was learned of a head in the place of what was learned before.</summary>
    internal async Task KeepAsync(string brandId, string name, MentionModel model, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        model.Save(file);
        await database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            INSERT INTO brand_head_models (brand_id, name, file, made_at) SELECT brand_id, name, @file, @now FROM brand_heads WHERE brand_id = @brandId AND name = @name
            ON CONFLICT (brand_id, name) DO UPDATE SET file = excluded.file, made_at = excluded.made_at
            """,
            new { brandId, name, file = file.ToArray(), now = clock.GetUtcNow() }), cancellationToken);
    }

    /// <summary>Adds a head or changes it. What is scored already stays as it is.</summary>
    /// <returns>The mistakes; empty when it is saved.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(string brandId, BrandHead head, Guid? by, CancellationToken cancellationToken = default)
    {
        var mistakes = head.Mistakes(classifier.Heads.Select(h => h.Name));
        if (mistakes.Count > 0)
            return mistakes;

        var now = clock.GetUtcNow();
        await database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync(
                """
                INSERT INTO brand_heads (brand_id, name, labels, changed_at, changed_by) VALUES (@brandId, @Name, @labels, @now, @by)
                ON CONFLICT (brand_id, name) DO UPDATE SET labels = excluded.labels, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """,
                new { brandId, head.Name, labels = Sql.ToJson(head.Labels), now, by });
            await journal.AppendAsync(transaction, now, brandId, by, JournalKinds.HeadChanged, head);
        }, cancellationToken);
        await LookAsync(cancellationToken);
        return [];
    }

    /// <summary>Removes a head. Scores and corrections of it stay with their mentions.</summary>
    public async Task<bool> RemoveAsync(string brandId, string name, Guid? by, CancellationToken cancellationToken = default)
    {
        var removed = await database.WriteAsync(async transaction =>
        {
            if (await transaction.ExecuteAsync("DELETE FROM brand_heads WHERE brand_id = @brandId AND name = @name", new { brandId, name }) == 0)
                return false;

            await journal.AppendAsync(transaction, clock.GetUtcNow(), brandId, by, JournalKinds.HeadChanged, new { name, change = "removed" });
            return true;
        }, cancellationToken);
        await LookAsync(cancellationToken);
        return removed;
    }

    // One that another version of the program made is learned again; until then keywords decide.
    private static MentionModel? Load(byte[]? file)
    {
        if (file is null)
            return null;

        try
        {
            using var stream = new MemoryStream(file, writable: false);
            return MentionModel.Load(stream);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed record Row
    {
        public required string BrandId { get; init; }

        public required string Name { get; init; }

        public required string Labels { get; init; }

        public DateTimeOffset? MadeAt { get; init; }

        public BrandHead ToHead() => new(Name, Sql.FromJson<IReadOnlyList<BrandLabel>>(Labels));
    }
}
