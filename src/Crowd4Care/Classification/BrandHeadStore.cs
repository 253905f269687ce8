using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>The brands' own heads. What scores mentions is kept in memory, and looked at again with the models: see <see cref="WatchModels"/>.</summary>
public sealed class BrandHeadStore(Database database, IMentionClassifier classifier, Journal journal, TimeProvider clock)
{
    private volatile IReadOnlyDictionary<string, IReadOnlyList<BrandHead>> known = new Dictionary<string, IReadOnlyList<BrandHead>>();

    /// <summary>The own heads of a brand as this process knows them.</summary>
    public IReadOnlyList<BrandHead> Of(string brandId) => known.GetValueOrDefault(brandId, []);

    /// <summary>What the own heads of a brand say of a text: those with a keyword in it.</summary>
    public IEnumerable<Score> Score(string brandId, string text) => Of(brandId).Select(head => KeywordScorer.Of(head, text)).OfType<Score>();

    /// <summary>Reads them all: they are few.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string BrandId, string Name, string Labels)>("SELECT brand_id, name, labels FROM brand_heads ORDER BY brand_id, name");
        known = rows.GroupBy(r => r.BrandId).ToDictionary(
            g => g.Key, g => (IReadOnlyList<BrandHead>)[.. g.Select(r => new BrandHead(r.Name, Sql.FromJson<IReadOnlyList<BrandLabel>>(r.Labels)))]);
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
            await journal.AppendAsync(transaction, new JournalEntry
            {
                At = now, BrandId = brandId, ActorId = by, Kind = JournalKinds.HeadChanged, Data = Sql.ToJson(head),
            });
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

            await journal.AppendAsync(transaction, new JournalEntry
            {
                At = clock.GetUtcNow(), BrandId = brandId, ActorId = by, Kind = JournalKinds.HeadChanged, Data = Sql.ToJson(new { name, change = "removed" }),
            });
            return true;
        }, cancellationToken);
        await LookAsync(cancellationToken);
        return removed;
    }
}
