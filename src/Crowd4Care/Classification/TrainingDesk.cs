using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Classification;

/// <summary>
/// Trainings that are asked for at the desk, one at a time for the installation. The row is the request and the result: any process that scores
/// mentions takes it up, and goes on with one whose process died.
/// </summary>
public sealed class TrainingDesk(Database database, TimeProvider clock)
{
    // Among so many the newest are enough to tell.
    private const int Counted = 1000;

    private const string Columns = "t.id, t.asked_by, p.name AS asked_by_name, t.brand_id, t.asked_at, t.stage, t.ended_at, t.candidate, t.is_live, t.said, t.own";

    /// <summary>Asks for a training.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="brandId">In whose journal a promotion is noted.</param>
    public async Task<TrainingAnswer> AskAsync(Guid by, string brandId, CancellationToken cancellationToken = default)
    {
        if (!(await ReadinessAsync(cancellationToken)).IsEnough)
            return TrainingAnswer.TooFew;

        var asked = await database.WriteAsync(transaction => transaction.ExecuteAsync(
            "INSERT INTO trainings (id, asked_by, brand_id, asked_at, stage) VALUES (@id, @by, @brandId, @now, 'waiting') ON CONFLICT DO NOTHING",
            new { id = Ids.New(clock), by, brandId, now = clock.GetUtcNow() }), cancellationToken);
        return asked == 1 ? TrainingAnswer.Asked : TrainingAnswer.Running;
    }

    /// <summary>Counts the corrections that a training would learn from and be measured by.</summary>
    public async Task<TrainingReadiness> ReadinessAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var said = (await connection.QueryAsync<(Guid MentionId, string Head)>("SELECT mention_id, head FROM corrections ORDER BY id DESC LIMIT @Counted", new { Counted })).AsList();
        var held = said.Distinct().ToLookup(c => TrainingSamples.IsHeld(c.MentionId));
        return new TrainingReadiness(held[false].Count(), held[true].Count(), said.Count < Counted);
    }

    /// <summary>The training that was asked for last; null when none ever was.</summary>
    public async Task<TrainingRun?> LastAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<TrainingRun>($"SELECT {Columns} FROM trainings t LEFT JOIN people p ON p.id = t.asked_by ORDER BY t.id DESC LIMIT 1");
    }

    /// <summary>Notes how far a training is.</summary>
    /// <exception cref="LeaseLostException">Another process has taken it over.</exception>
    public Task MoveAsync(Guid id, TrainingStage stage, Lease lease, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            await Leases.HoldAsync(transaction, lease);
            await transaction.ExecuteAsync(
                "UPDATE trainings SET stage = @stage, started_at = COALESCE(started_at, @now) WHERE id = @id AND ended_at IS NULL",
                new { id, stage = stage.ToString().ToLowerInvariant(), now = clock.GetUtcNow() });
        }, cancellationToken);

    /// <summary>Notes what came of a training.</summary>
    /// <exception cref="LeaseLostException">Another process has taken it over.</exception>
    public Task EndAsync(Guid id, TrainingStage stage, TrainingResult? result, string said, IReadOnlyList<string> own, Lease lease, CancellationToken cancellationToken = default) =>
        database.WriteAsync(async transaction =>
        {
            await Leases.HoldAsync(transaction, lease);
            await transaction.ExecuteAsync(
                """
                UPDATE trainings SET stage = @stage, ended_at = @now, candidate = @Candidate, is_live = @isLive, said = @said, own = @own
                WHERE id = @id AND ended_at IS NULL
                """,
                new
                {
                    id, said, result?.Candidate, own = Sql.ToJson(own), stage = stage.ToString().ToLowerInvariant(), isLive = result?.IsLive == true ? 1 : 0, now = clock.GetUtcNow(),
                });
        }, cancellationToken);
}
