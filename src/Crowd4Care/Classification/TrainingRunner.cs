using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>Does the training that somebody asked for: what <c>train --corrections</c> does, with a lease that keeps other processes from doing the same.</summary>
public sealed partial class TrainingRunner(
    TrainingDesk desk, CorrectionTraining training, BrandHeadTraining ownHeads, Leases leases, TimeProvider clock, ILogger<TrainingRunner> logger)
{
    private const string LeaseName = "training";
    private const int Seed = 1;

    // A process that died is missed for at most so long.
    private static readonly TimeSpan LeaseLasts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);

    /// <summary>Does the training that waits, or whose process died. False when there is none, or another process is at it.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await desk.LastAsync(cancellationToken) is not { EndedAt: null } || await leases.TakeAsync(LeaseName, LeaseLasts, cancellationToken) is not { } lease)
            return false;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync(lease, stop);
        try
        {
            // Once more: it may have been done between the look and the lease.
            if (await desk.LastAsync(stop.Token) is not { EndedAt: null } run)
                return false;

            // The work does not yield for long.
            await Task.Run(() => TrainAsync(run, lease, stop.Token), stop.Token);
            return true;
        }
        finally
        {
            await stop.CancelAsync();
            await leases.ReleaseAsync(await keeping, CancellationToken.None);
        }
    }

    private async Task TrainAsync(TrainingRun run, Lease lease, CancellationToken cancellationToken)
    {
        try
        {
            var result = await training.RunAsync(
                Seed, force: false, run.AskedBy, run.BrandId, stage => desk.MoveAsync(run.Id, stage, lease, cancellationToken), cancellationToken);
            await desk.MoveAsync(run.Id, TrainingStage.OwnHeads, lease, cancellationToken);
            var own = await ownHeads.RunAsync(Seed, cancellationToken);
            var said = result?.Verdict ?? "There is nothing to learn: the model says all that people said.";
            await desk.EndAsync(run.Id, TrainingStage.Done, result, said, own, lease, cancellationToken);
            Log.Trained(logger, result?.Candidate, result?.IsLive == true);
        }
        catch (Exception e) when (e is not LeaseLostException && !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
            await desk.EndAsync(run.Id, TrainingStage.Failed, null, e.Message, [], lease, cancellationToken);
        }
    }

    // Until it is stopped, or the lease is lost, which stops the work.
    private async Task<Lease> KeepAsync(Lease lease, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(RenewAfter, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (await leases.RenewAsync(lease, LeaseLasts, stop.Token) is { } renewed)
                    lease = renewed;
                else
                    await stop.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }

        return lease;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A training that was asked for is done: {Candidate}, live: {IsLive}")]
        public static partial void Trained(ILogger logger, string? candidate, bool isLive);

        [LoggerMessage(Level = LogLevel.Error, Message = "A training that was asked for failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

/// <summary>Lets any copy begin the training that was asked for, within seconds.</summary>
public sealed class TrainWhenAsked(TrainingRunner runner, Leases leases, TimeProvider clock, ILogger<TrainWhenAsked> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    // The runner's own lease lasts as long as the work.
    /// <inheritdoc/>
    protected override bool OnEveryCopy => true;

    /// <inheritdoc/>
    protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken) => runner.RunAsync(cancellationToken);
}
