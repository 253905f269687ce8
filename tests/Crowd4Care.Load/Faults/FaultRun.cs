using Crowd4Care.Load.Checks;

namespace Crowd4Care.Load.Faults;

/// <summary>Round after round: settle, break, mend, measure the recovery; in the end everything is checked.</summary>
internal sealed class FaultRun(FaultPlan plan)
{
    public async Task<(FaultResult Result, IReadOnlyList<RoundResult> Rounds, IReadOnlyList<Violation> Violations)> RunAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        Progress.Say($"preparing an installation of the size {plan.Size.ToString().ToLowerInvariant()}");
        await using var bed = await FaultBed.MakeAsync(plan, cancellationToken);
        var watch = new Watch(bed);
        await watch.StreamIsHeardAsync(cancellationToken);

        var rounds = new List<RoundResult>();
        var died = new List<Violation>();
        using var stop = new CancellationTokenSource();
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var traffic = Task.WhenAll(bed.Workers.Select(w => w.RunAsync(stop.Token, abort.Token)).Append(bed.Traffic.RunAsync(stop.Token, abort.Token)));
        try
        {
            var deck = new FaultDeck(bed.FaultsCalled(plan.Only), plan.Seed);
            for (var round = 1; round <= plan.Rounds; round++)
            {
                rounds.Add(await RoundAsync(bed, watch, round, deck.Next(), cancellationToken));
                died.AddRange(await watch.RaiseTheDeadAsync(cancellationToken));
                if (traffic.IsFaulted)
                    break;
            }

            Progress.Say($"ending the traffic");
            await stop.CancelAsync();
            await traffic;
        }
        finally
        {
            await abort.CancelAsync();
            await traffic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        bed.Moods.Bad = false;
        Progress.Say($"waiting until nothing is under way any more");
        await watch.SettledAsync(cancellationToken);
        var violations = await CheckAsync(bed, watch, died, cancellationToken);
        return (Summarize(bed, watch, rounds, violations, TimeProvider.System.GetElapsedTime(began)), rounds, violations);
    }

    private async Task<RoundResult> RoundAsync(FaultBed bed, Watch watch, int round, (Fault Fault, TimeSpan Lasts, TimeSpan Before) deal, CancellationToken cancellationToken)
    {
        await watch.HealthyAsync(cancellationToken);
        await Task.Delay(deal.Before, TimeProvider.System, cancellationToken);
        await deal.Fault.BreakAsync(cancellationToken);
        try
        {
            await Task.Delay(deal.Lasts, TimeProvider.System, cancellationToken);
        }
        finally
        {
            // Also when interrupted: a halted process can't be ended in an orderly way.
            watch.Mending();
            await deal.Fault.MendAsync(CancellationToken.None);
        }

        var recovery = await watch.RecoveredAsync(bed.Traffic, cancellationToken);
        var stream = await watch.StreamCaughtUpAsync(cancellationToken);
        Progress.Say($"round {round} of {plan.Rounds}: {deal.Fault.Name} for {deal.Lasts.TotalSeconds:0.0} s; recovered after {recovery:0.0} s, the stream after {stream:0.0} s");
        return new RoundResult(round, deal.Fault.Name, Math.Round(deal.Lasts.TotalSeconds, 1), Math.Round(recovery, 2), Math.Round(stream, 2));
    }

    private static async Task<IReadOnlyList<Violation>> CheckAsync(FaultBed bed, Watch watch, IEnumerable<Violation> died, CancellationToken cancellationToken)
    {
        Progress.Say($"checking {bed.Ledger.Mentions.Count} pushed and {watch.Streamed.Count} streamed mentions, {bed.Ledger.Replies.Count} replies");
        var database = bed.Installation.Database;
        var full = await CapacityCheck.FindAsync(database, cancellationToken);
        return
        [
            .. died,
            .. await MentionCheck.FindAsync(database, bed.Ledger.Mentions, watch.Streamed.Select(r => r.Uri)),
            .. await ReplyCheck.FindAsync(database, bed.Ledger.Replies, bed.Network.OfBrand),
            .. await LifecycleCheck.FindAsync(database),
            .. full.Select(text => new Violation(Broken.Journal, text)),
            .. await PointsCheck.FindAsync(bed.Installation, cancellationToken),
        ];
    }

    private FaultResult Summarize(FaultBed bed, Watch watch, IReadOnlyList<RoundResult> rounds, IReadOnlyList<Violation> violations, TimeSpan took) => new()
    {
        Rounds = rounds.Count,
        Faults = rounds.GroupBy(r => r.Fault).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
        Accepted = bed.Ledger.Mentions.Concat(watch.Streamed.Select(r => r.Uri)).Distinct().Count(),
        Lost = violations.Count(v => v.Kind == Broken.Lost),
        DoubledReplies = violations.Count(v => v.Kind == Broken.DoubledReply),
        DoubledPoints = violations.Count(v => v.Kind == Broken.DoubledPoint),
        RecoveryP95Seconds = Percentile.Of(rounds.Select(r => r.Recovery), 0.95),
        RecoveryLongestSeconds = rounds.Max(r => r.Recovery),
        StreamRecoveryP95Seconds = Percentile.Of(rounds.Select(r => r.Stream), 0.95),
        RepliesAccepted = bed.Ledger.Replies.Count,
        RepliesOnNetwork = bed.Network.OfBrand.Count,
        OtherViolations = violations.Count(v => v.Kind is Broken.Journal or Broken.Died),
        Size = plan.Size.ToString().ToLowerInvariant(),
        Seed = plan.Seed,
        Seconds = Math.Round(took.TotalSeconds, 1),
    };
}
