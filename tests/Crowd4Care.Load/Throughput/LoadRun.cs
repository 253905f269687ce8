using System.Diagnostics;
using Crowd4Care.Load.Checks;
using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>One measurement from an empty installation to its result.</summary>
internal sealed class LoadRun(LoadPlan plan)
{
    private const int ThroughputMentions = 75_000;
    private const double RateSeconds = 60;
    private const int WarmUpMentions = 10_000;
    private const int RequestsAtOnce = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        Progress.Say($"preparing an installation of the size {plan.Size.ToString().ToLowerInvariant()}");
        await using var installation = await Installation.PrepareAsync(new InstallationPlan { Size = plan.Size, Copies = plan.Copies }, cancellationToken);
        using var crew = await Crew.MakeAsync(installation, plan.Advocates, plan.Capacity, plan.Seed, cancellationToken);
        Progress.Say($"measuring what the parts underneath can do");
        var raw = await RawLimits.MeasureAsync(installation, plan, cancellationToken);
        var ingest = await IngestFile.MeasureAsync(plan, installation.Folder, cancellationToken);

        await installation.StartAsync(cancellationToken);
        await crew.AppearAsync(installation.Web, cancellationToken);
        using var pushing = new PushClient(installation.WebCopies, crew.AgentKey);
        using var heartbeats = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var staying = crew.StayAsync(installation.Web, heartbeats.Token);
        try
        {
            var result = await MeasureAsync(installation, pushing, cancellationToken);
            return result with { Raw = raw, RatioToRaw = Math.Round(result.MentionsPerSecond / RawLimits.SlowestInsert(plan.Size, raw), 4), IngestFilePerSecond = ingest };
        }
        finally
        {
            await heartbeats.CancelAsync();
            await staying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LoadResult> MeasureAsync(Installation installation, PushClient pushing, CancellationToken cancellationToken)
    {
        var readings = new Readings(installation.Database);
        var feed = new PostFeed(plan);
        Progress.Say($"warming up with {WarmUpMentions} mentions");
        await pushing.PushAllAsync(feed.Batches(WarmUpMentions), RequestsAtOnce, cancellationToken);
        await readings.RoutedAsync(LongestWait, cancellationToken);

        var usage = new Usage(installation);
        var from = TimeProvider.System.GetUtcNow();
        var (mentions, seconds, steady, soak) = (plan.Rate, plan.Minutes) switch
        {
            ({ } rate, { } minutes) => await AtRateAsync(installation, pushing, readings, feed, rate, minutes * 60, soak: true, cancellationToken),
            ({ } rate, _) => await AtRateAsync(installation, pushing, readings, feed, rate, (plan.Mentions ?? rate * RateSeconds) / rate, soak: false, cancellationToken),
            _ => await AsFastAsPossibleAsync(pushing, readings, feed, cancellationToken),
        };
        var cpu = usage.CpuSeconds();
        Progress.Say($"reading what became of them");
        var waits = await readings.ReceivedToOfferedAsync(from + steady, DateTimeOffset.MaxValue, cancellationToken);
        var outcomes = await readings.OutcomesAsync(from, cancellationToken);
        return new LoadResult
        {
            Size = plan.Size.ToString().ToLowerInvariant(),
            Mode = soak is not null ? "soak" : plan.Rate is null ? "throughput" : plan.Bursts ? "bursts" : "rate",
            Mentions = mentions,
            Seconds = Math.Round(seconds, 3),
            MentionsPerSecond = Math.Round(mentions / seconds, 1),
            ReceivedToOfferedP50Ms = Percentile.Of(waits, 0.50),
            ReceivedToOfferedP99Ms = Percentile.Of(waits, 0.99),
            Raw = new Dictionary<string, double>(),
            RatioToRaw = 0,
            Rate = plan.Rate,
            Seed = plan.Seed,
            Advocates = plan.Advocates,
            Capacity = plan.Capacity,
            Copies = plan.Copies,
            Outcomes = outcomes,
            StagesPerSecond = (await readings.StagesAsync(from, cancellationToken)).ToDictionary(s => s.Stage, s => s.PerSecond),
            CpuMillisecondsPerMention = Math.Round(usage.OfProduct(cpu) * 1000 / mentions, 3),
            CpuSeconds = cpu,
            ResidentMebibytes = usage.ResidentMebibytes(),
            CapacityExceeded = (await CapacityCheck.FindAsync(installation.Database, cancellationToken)).Count,
            Soak = soak,
            Cores = Environment.ProcessorCount,
            Versions = Versions.Describe(plan.Size),
        };
    }

    private async Task<Measured> AsFastAsPossibleAsync(PushClient pushing, Readings readings, PostFeed feed, CancellationToken cancellationToken)
    {
        var batches = feed.Batches(plan.Mentions ?? ThroughputMentions).ToList();
        var mentions = batches.Sum(b => b.Count);
        GC.Collect();
        Progress.Say($"pushing {mentions} mentions as fast as they are taken");
        var watch = Stopwatch.StartNew();
        await pushing.PushAllAsync(batches, RequestsAtOnce, cancellationToken);
        var pushed = watch.Elapsed;
        await readings.RoutedAsync(LongestWait, cancellationToken);
        Progress.Say($"all taken after {pushed.TotalSeconds:0.0} s, all routed after {watch.Elapsed.TotalSeconds:0.0} s");
        return new Measured(mentions, watch.Elapsed.TotalSeconds, TimeSpan.Zero, null);
    }

    private async Task<Measured> AtRateAsync(
        Installation installation, PushClient pushing, Readings readings, PostFeed feed, double rate, double seconds, bool soak, CancellationToken cancellationToken)
    {
        Progress.Say($"pushing {rate:0.#} mentions a second for {seconds:0} s{(plan.Bursts ? ", in bursts" : "")}");
        var pusher = new RatePusher(pushing, feed, new RateSchedule(rate, plan.Bursts), plan.Batch);
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampler = soak ? new SoakSampler(installation, readings) : null;
        var samples = sampler?.RunAsync(TimeSpan.FromSeconds(seconds), sampling.Token);
        var watch = Stopwatch.StartNew();
        var mentions = await pusher.RunAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
        await readings.RoutedAsync(LongestWait, cancellationToken);
        var took = watch.Elapsed.TotalSeconds;
        await sampling.CancelAsync();
        if (samples is not null)
            await samples.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The first seconds are not steady yet.
        return new Measured(mentions, took, TimeSpan.FromSeconds(Math.Min(10, seconds / 6)), sampler?.Result(rate));
    }

    private sealed record Measured(long Mentions, double Seconds, TimeSpan Steady, SoakResult? Soak);
}
