using Crowd4Care.Routing;

namespace Crowd4Care.Simulation;

/// <summary>
/// When mentions come: over a day with a rhythm and a few bursts. Given their number, the times of an inhomogeneous Poisson process are
/// independent draws from its rate (Ross: Stochastic Processes, section 2.3), and so they are drawn.
/// </summary>
internal static class ArrivalTimes
{
    /// <summary>Seconds of an hour.</summary>
    public const double Hour = 3600;

    private const double InBursts = 0.15;
    private const int BurstsADay = 3;
    private const double BurstHours = 0.4;
    private const double OfOneKind = 0.8;

    // The rate by hour of the day: a quiet night, a busy noon, a second peak in the evening.
    private static readonly double[] Rhythm =
        [0.35, 0.22, 0.15, 0.12, 0.12, 0.18, 0.35, 0.65, 1.0, 1.25, 1.4, 1.45, 1.5, 1.45, 1.4, 1.35, 1.35, 1.4, 1.5, 1.6, 1.5, 1.25, 0.9, 0.55];

    /// <summary>An hour of the day, 0 to 24, as often as there is something to do.</summary>
    public static double HourOfDay(SeededRandom random) => random.Pick(Rhythm) + random.Next();

    /// <summary>Mentions of a day; four in five of a burst have its topic and language.</summary>
    public static IReadOnlyList<SimulatedMention> MakeDay(int count, SeededRandom random)
    {
        var bursts = Enumerable.Range(0, BurstsADay)
            .Select(_ => (Start: HourOfDay(random) * Hour, Topic: random.Pick(CrowdMaker.TopicShares), Language: random.Pick(CrowdMaker.LanguageShares))).ToArray();
        var drawn = new List<(double At, int Topic, int Language)>(count);
        for (var i = 0; i < count; i++)
        {
            var (topic, language) = (random.Pick(CrowdMaker.TopicShares), random.Pick(CrowdMaker.LanguageShares));
            if (!random.Chance(InBursts))
            {
                drawn.Add((HourOfDay(random) * Hour, topic, language));
                continue;
            }

            var burst = bursts[random.Below(BurstsADay)];
            var at = burst.Start + Math.Min(random.Exponential(BurstHours * Hour / 2), BurstHours * Hour * 2);
            drawn.Add(random.Chance(OfOneKind) ? (at, burst.Topic, burst.Language) : (at, topic, language));
        }

        return Number(drawn, random);
    }

    /// <summary>Mentions at recorded times, with topics and languages as in a made day.</summary>
    public static IReadOnlyList<SimulatedMention> MakeAt(IReadOnlyList<double> times, SeededRandom random) =>
        Number(times.Select(at => (at, random.Pick(CrowdMaker.TopicShares), random.Pick(CrowdMaker.LanguageShares))), random);

    // One in five is by somebody who wrote before; they write in the same language.
    private static List<SimulatedMention> Number(IEnumerable<(double At, int Topic, int Language)> drawn, SeededRandom random)
    {
        var mentions = new List<SimulatedMention>();
        foreach (var (at, topic, language) in drawn.OrderBy(m => m.At))
        {
            var earlier = mentions.Count > 0 && random.Chance(0.2) ? mentions[random.Below(mentions.Count)] : null;
            mentions.Add(new SimulatedMention
            {
                Index = mentions.Count, At = at, Topic = topic, Language = earlier?.Language ?? language, Author = earlier?.Author ?? mentions.Count,
            });
        }

        return mentions;
    }
}
