namespace Crowd4Care.Routing;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET for a seed: SplitMix64 (Steele, Lea, Flood: Fast splittable
/// pseudorandom number generators, 2014).
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state = Mix(seed);

    /// <summary>From 0, below 1.</summary>
    public double Next() => Unit(Mix(state += Step));

    /// <summary>Between two numbers.</summary>
    public double Next(double from, double to) => from + (to - from) * Next();

    /// <summary>From 0, below <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(Next() * below);

    /// <summary>True in this share of all calls.</summary>
    public bool Chance(double share) => Next() < share;

    /// <summary>Normally distributed, mean 0, standard deviation 1.</summary>
    public double Normal() => Normal(Next(), Next());

    /// <summary>Exponentially distributed.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Next());

    /// <summary>An index, as often as its weight says.</summary>
    public int Pick(IReadOnlyList<double> weights)
    {
        var left = Next() * weights.Sum();
        for (var i = 0; i < weights.Count - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Count - 1;
    }

    /// <summary>
    /// The number that belongs to these keys and no others, from 0, below 1: what chance does to a mention with an advocate is the same under
    /// every policy, whenever it happens (common random numbers).
    /// </summary>
    public static double Of(ulong seed, int mention, int advocate, int kind) =>
        Unit(Mix(Mix(seed ^ ((ulong)(uint)mention << 32 | (uint)advocate)) + Step * (ulong)(kind + 1)));

    /// <summary>The number that belongs to a key, from 0, below 1: evenly distributed, whatever keys have in common.</summary>
    public static double Of(ulong key) => Unit(Mix(key));

    /// <summary>A seed for a part of what a seed makes, such as one of many days.</summary>
    public static ulong Key(ulong seed, int part) => Mix(Mix(seed) + Step * (uint)part);

    /// <summary>A normally distributed number (Box and Muller) of two evenly distributed ones.</summary>
    public static double Normal(double first, double second) => Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);

    private static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
