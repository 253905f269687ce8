using Crowd4Care.Load.Running;

namespace Crowd4Care.Load.Throughput;

/// <summary>Looks every minute at memory and backlog while a rate goes on.</summary>
internal sealed class SoakSampler(Installation installation, Readings readings)
{
    private const int SamplesOfAShortRun = 20;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly List<SoakSample> samples = [];

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var interval = duration / SamplesOfAShortRun < LongestInterval ? duration / SamplesOfAShortRun : LongestInterval;
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var sample = new SoakSample(
                Math.Round(TimeProvider.System.GetElapsedTime(began).TotalMinutes, 2),
                Math.Round(installation.Processes.Sum(p => ProcessFacts.ResidentMebibytes(p.Pid)), 1),
                await readings.UnroutedAsync(cancellationToken));
            samples.Add(sample);
            Progress.Say($"minute {sample.Minute:0.0}: {sample.ResidentMebibytes:0} MiB, backlog {sample.Backlog}");
        }
    }

    public SoakResult Result(double rate) => SoakResult.Of(samples, rate);
}

/// <summary>One look.</summary>
internal sealed record SoakSample(double Minute, double ResidentMebibytes, long Backlog);

/// <summary>
/// Whether memory and backlog stayed flat: the median slope between all pairs of samples (Theil and Sen: single peaks don't move it),
/// over the whole time, without its first fifth in which the program still warms up. Flat is growth of less than a tenth of the median
/// memory, and of less than one second's mentions.
/// </summary>
internal sealed record SoakResult(
    IReadOnlyList<SoakSample> Samples, double MebibytesPerHour, double BacklogPerHour, bool MemoryFlat, bool BacklogFlat, string Thresholds)
{
    private const double WarmUp = 0.2;
    private const double MemoryGrowth = 0.1;

    public static SoakResult Of(IReadOnlyList<SoakSample> samples, double rate)
    {
        var steady = samples.Skip((int)(samples.Count * WarmUp)).ToList();
        if (steady.Count < 2)
            return new SoakResult(samples, 0, 0, false, false, "too short to say: fewer than two samples");

        var hours = (steady[^1].Minute - steady[0].Minute) / 60;
        var memory = SlopePerHour(steady, s => s.ResidentMebibytes);
        var backlog = SlopePerHour(steady, s => s.Backlog);
        var median = steady.Select(s => s.ResidentMebibytes).Order().ElementAt(steady.Count / 2);
        return new SoakResult(
            samples, Math.Round(memory, 1), Math.Round(backlog, 1), memory * hours < median * MemoryGrowth, backlog * hours < rate,
            FormattableString.Invariant($"memory grows less than {median * MemoryGrowth:0} MiB and the backlog less than {rate:0} mentions over {hours * 60:0} minutes"));
    }

    private static double SlopePerHour(IReadOnlyList<SoakSample> samples, Func<SoakSample, double> value)
    {
        var slopes = samples
            .SelectMany((a, i) => samples.Skip(i + 1).Select(b => (value(b) - value(a)) / (b.Minute - a.Minute) * 60))
            .Order().ToList();
        return slopes[slopes.Count / 2];
    }
}
