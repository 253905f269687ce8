using Crowd4Care.Routing;

namespace Crowd4Care.Simulation;

/// <summary>Keeps what happens in a run, and counts it together.</summary>
internal sealed class RunRecord(World world)
{
    private const double Day = 24 * ArrivalTimes.Hour;

    private readonly List<double> waits = [];
    private readonly List<SimulatedAnswer> answers = [];
    private readonly int[] mostAtOnce = new int[world.Advocates.Count];
    private int offers;
    private int expired;
    private int overflowed;

    /// <summary>Every answer.</summary>
    public IReadOnlyList<SimulatedAnswer> Answers => answers;

    /// <summary>The most places that each advocate ever had taken.</summary>
    public IReadOnlyList<int> MostAtOnce => mostAtOnce;

    /// <summary>An offer was made.</summary>
    /// <param name="load">Places that are taken with it.</param>
    public void Offered(int to, int load)
    {
        offers++;
        mostAtOnce[to] = Math.Max(mostAtOnce[to], load);
    }

    /// <summary>It was not accepted.</summary>
    public void Refused(bool hasExpired) => expired += hasExpired ? 1 : 0;

    /// <summary>It was accepted.</summary>
    public void Claimed(double afterSeconds) => waits.Add(afterSeconds);

    /// <summary>Staff got it.</summary>
    public void Overflowed()
    {
        overflowed++;
        waits.Add(World.OverflowSeconds);
    }

    /// <summary>It was answered.</summary>
    public void Answered(SimulatedMention mention, int by, double fit, bool isSolved) => answers.Add(new SimulatedAnswer(mention, by, fit, isSolved));

    /// <summary>When somebody is there, in seconds from and to.</summary>
    public IEnumerable<(double Start, double End)> Shifts(SimulatedAdvocate advocate)
    {
        if (world.Mentions.Count == 0)
            yield break;

        var (first, last) = (world.Mentions[0].At, world.Mentions[^1].At + World.OverflowSeconds);
        for (var day = Math.Floor(first / Day) - 1; day * Day <= last; day++)
        {
            var start = day * Day + advocate.ShiftStart * ArrivalTimes.Hour;
            var (from, to) = (Math.Max(start, first), Math.Min(start + advocate.ShiftHours * ArrivalTimes.Hour, last));
            if (from < to)
                yield return (from, to);
        }
    }

    /// <summary>The figures.</summary>
    public Figures Count()
    {
        var (mentions, answered) = (Math.Max(1, world.Mentions.Count), Math.Max(1, answers.Count));
        var byAdvocate = answers.CountBy(a => a.By).ToDictionary();
        return new Figures(
            answers.Sum(a => a.Fit) / answered,
            (double)answers.Count(a => a.IsSolved) / mentions,
            Statistics.Percentile(waits, 0.5),
            Statistics.Percentile(waits, 0.95),
            (double)expired / Math.Max(1, offers),
            Statistics.Gini(world.Advocates.Select(a => (Hours: Shifts(a).Sum(s => s.End - s.Start) / ArrivalTimes.Hour, a.Index))
                .Where(a => a.Hours > 0).Select(a => byAdvocate.GetValueOrDefault(a.Index) / a.Hours)),
            (double)answers.Count(a => world.Advocates[a.By].IsNewcomer) / answered,
            (double)overflowed / mentions);
    }
}

/// <summary>An answer.</summary>
/// <param name="Mention">To which mention.</param>
/// <param name="By">The advocate's index.</param>
/// <param name="Fit">How well it was, 0 to 1.</param>
/// <param name="IsSolved">Whether it solved the matter.</param>
internal readonly record struct SimulatedAnswer(SimulatedMention Mention, int By, double Fit, bool IsSolved);
