using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>
/// The models that were trained here. One of them is live at most; while none is, the shipped one scores. Processes see a change within
/// seconds, see <see cref="LiveClassifier"/>.
/// </summary>
public sealed class ModelStore(Database database, ShippedModel shipped, Journal journal, TimeProvider clock)
{
    /// <summary>The version that scores new mentions.</summary>
    public async Task<string> LiveAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>("SELECT version FROM models WHERE status = 'live'") ?? shipped.Version;
    }

    /// <summary>The bytes of a model that was trained here, or null.</summary>
    public async Task<byte[]?> FileAsync(string version, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<byte[]?>("SELECT file FROM models WHERE version = @version", new { version });
    }

    /// <summary>All models, the newest first and the shipped one last.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var trained = (await connection.QueryAsync<ModelVersion>(
            """
            SELECT m.version, m.parent, m.status, m.replaced, m.verdict, m.figures, m.made_at, b.name AS made_by_name, m.status_at, s.name AS status_by_name
            FROM models m LEFT JOIN people b ON b.id = m.made_by LEFT JOIN people s ON s.id = m.status_by ORDER BY m.made_at DESC, m.version
            """)).AsList();
        var status = trained.Exists(m => m.Status == ModelStatus.Live) ? ModelStatus.Shipped : ModelStatus.Live;
        return [.. trained, new ModelVersion { Version = shipped.Version, Status = status }];
    }

    /// <summary>Keeps a model as a candidate; false when it is known already.</summary>
    public async Task<bool> AddAsync(TrainedModel model, Guid? by, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            INSERT INTO models (version, parent, status, verdict, figures, file, made_at, made_by, status_at, status_by)
            VALUES (@Version, @Parent, 'candidate', @Verdict, @figures, @File, @now, @by, @now, @by)
            ON CONFLICT (version) DO NOTHING
            """,
            new { model.Version, model.Parent, model.Verdict, figures = Sql.ToJson(model.Figures), model.File, now, by }), cancellationToken) == 1;
    }

    /// <summary>Makes a model live in the place of the one that is. False when there is no such model, or it is live already.</summary>
    /// <param name="by">Who does it; null for a command.</param>
    /// <param name="brandId">In whose journal it is noted; the model is live for all brands.</param>
    public Task<bool> PromoteAsync(string version, Guid? by, string? brandId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var rows = await HoldAsync(transaction);
            return await ReplaceAsync(transaction, rows, version, by, brandId, isRollBack: false);
        }, cancellationToken);

    /// <summary>Makes live again what the live model replaced. Null when the shipped model is live.</summary>
    public Task<string?> RollBackAsync(Guid? by, string? brandId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            var rows = await HoldAsync(transaction);
            if (rows.FirstOrDefault(r => r.Status == ModelStatus.Live) is not { } live)
                return null;

            // Without a row, what it replaced was shipped: today that is another one, perhaps.
            var before = rows.FirstOrDefault(r => r.Version == live.Replaced)?.Version ?? shipped.Version;
            return await ReplaceAsync(transaction, rows, before, by, brandId, isRollBack: true) ? before : null;
        }, cancellationToken);

    // All rows, so that two who promote wait for each other.
    private Task<IReadOnlyList<Row>> HoldAsync(DbTransaction transaction) =>
        transaction.QueryAsync<Row>($"SELECT version, status, replaced FROM models ORDER BY version {database.Dialect.ForUpdate}");

    private async Task<bool> ReplaceAsync(DbTransaction transaction, IReadOnlyList<Row> rows, string version, Guid? by, string? brandId, bool isRollBack)
    {
        var live = rows.FirstOrDefault(r => r.Status == ModelStatus.Live)?.Version;
        var isShipped = version == shipped.Version;
        if (version == (live ?? shipped.Version) || (!isShipped && rows.All(r => r.Version != version)))
            return false;

        var now = clock.GetUtcNow();
        await transaction.ExecuteAsync("UPDATE models SET status = 'retired', status_at = @now, status_by = @by WHERE status = 'live'", new { now, by });
        if (!isShipped)
        {
            // After a roll back the next one goes on to what came before.
            await transaction.ExecuteAsync(
                $"UPDATE models SET status = 'live', {(isRollBack ? "" : "replaced = @live,")} status_at = @now, status_by = @by WHERE version = @version",
                new { version, live, now, by });
        }

        await journal.AppendAsync(transaction, now, brandId, by, JournalKinds.ModelPromoted, new { version, replaced = live ?? shipped.Version, rollBack = isRollBack });
        return true;
    }

    private sealed record Row
    {
        public required string Version { get; init; }

        public required ModelStatus Status { get; init; }

        public string? Replaced { get; init; }
    }
}
