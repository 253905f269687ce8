using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>
/// Makes a crowd: few know the rare topics and languages well, because what people know is as skewed as what is asked. What is declared is what
/// is true with noise; a newcomer has declared little, with more.
/// </summary>
internal static class CrowdMaker
{
    /// <summary>The share of newcomers.</summary>
    public const double Newcomers = 0.15;

    // How far off a declared skill is: standard deviations.
    private const double Noise = 0.08;
    private const double NoiseOfNewcomers = 0.20;

    /// <summary>Languages, the most frequent first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es", "fr", "de", "pt", "it"];

    /// <summary>Topics, the most frequent first.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["network", "billing", "app", "delivery", "account", "refund", "contract", "hardware", "roaming", "security"];

    /// <summary>How often each language is written.</summary>
    public static IReadOnlyList<double> LanguageShares { get; } = Zipf(Languages.Count, 1.1);

    /// <summary>How often each language is somebody's own: less skewed, because who builds a crowd looks for people of every language.</summary>
    public static IReadOnlyList<double> OwnLanguageShares { get; } = Zipf(Languages.Count, 0.7);

    /// <summary>How often each topic is asked about.</summary>
    public static IReadOnlyList<double> TopicShares { get; } = Zipf(Topics.Count, 0.9);

    /// <summary>Makes the advocates.</summary>
    public static IReadOnlyList<SimulatedAdvocate> Make(int count, SeededRandom random) => [.. Enumerable.Range(0, count).Select(i => Advocate(i, random))];

    private static SimulatedAdvocate Advocate(int index, SeededRandom random)
    {
        var isNewcomer = random.Chance(Newcomers);
        var (topics, specialties) = TopicsOf(isNewcomer, random);
        var languages = LanguagesOf(random);
        var hours = random.Next(2, 8);
        return new SimulatedAdvocate
        {
            Index = index,
            Topics = topics,
            Languages = languages,
            IsNewcomer = isNewcomer,
            ShiftHours = hours,
            ShiftStart = (ArrivalTimes.HourOfDay(random) - hours * random.Next() + 24) % 24,
            Known = new Candidate
            {
                Id = new Guid(index + 1, 0, 0, new byte[8]),
                Name = $"Advocate {index + 1}",
                Login = $"advocate-{index + 1}",
                Trust = isNewcomer ? 1 : 2,
                Capacity = isNewcomer ? 1 : 1 + random.Below(3),
                Load = 0,
                Skills = Declared(topics, specialties, languages, isNewcomer, random),
            },
        };
    }

    private static (double[] Levels, HashSet<int> Specialties) TopicsOf(bool isNewcomer, SeededRandom random)
    {
        var levels = Topics.Select(_ => random.Next(0.05, 0.5)).ToArray();
        var specialties = new HashSet<int>();
        var wanted = isNewcomer ? 1 : 1 + random.Below(3);
        while (specialties.Count < wanted)
            specialties.Add(random.Pick(TopicShares));
        foreach (var topic in specialties)
            levels[topic] = random.Next(0.65, 1);
        return (levels, specialties);
    }

    // The own language well; half of all a second one, which is mostly the most frequent.
    private static double[] LanguagesOf(SeededRandom random)
    {
        var levels = new double[Languages.Count];
        var own = random.Pick(OwnLanguageShares);
        if (random.Chance(0.5))
            levels[random.Chance(0.6) ? 0 : random.Below(Languages.Count)] = random.Next(0.4, 0.85);
        levels[own] = random.Next(0.85, 1);
        return levels;
    }

    private static Dictionary<string, double> Declared(double[] topics, HashSet<int> specialties, double[] languages, bool isNewcomer, SeededRandom random)
    {
        var noise = isNewcomer ? NoiseOfNewcomers : Noise;
        double Noisy(double level) => Math.Clamp(Math.Round(level + noise * random.Normal(), 2), 0.05, 1);
        var skills = new Dictionary<string, double>();
        for (var topic = 0; topic < topics.Length; topic++)
        {
            if (specialties.Contains(topic) || (!isNewcomer && random.Chance(0.5)))
                skills[Skill.Topic(Topics[topic])] = Noisy(topics[topic]);
        }

        for (var language = 0; language < languages.Length; language++)
        {
            if (languages[language] > 0)
                skills[Skill.Language(Languages[language])] = Noisy(languages[language]);
        }

        if (isNewcomer)
            skills[Routing.Matching.Newcomers.Mark] = 1;
        return skills;
    }

    private static double[] Zipf(int count, double exponent)
    {
        var weights = Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -exponent)).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
