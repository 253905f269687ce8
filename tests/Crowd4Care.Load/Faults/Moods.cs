namespace Crowd4Care.Load.Faults;

/// <summary>How the network treats one request.</summary>
internal enum Mood
{
    Good,

    /// <summary>Answers late.</summary>
    Slow,

    /// <summary>Refuses with a fault of its own, having done nothing.</summary>
    Error,

    /// <summary>Refuses because of too many requests, and says when to come again.</summary>
    Throttle,

    /// <summary>Breaks the connection, having done nothing.</summary>
    Drop,

    /// <summary>Does what was asked and breaks the connection instead of answering.</summary>
    DropAfter,

    /// <summary>Does what was asked and answers so late that nobody waits any more.</summary>
    SilentAfter,

    /// <summary>Does what was asked and says that it failed.</summary>
    ErrorAfter,
}

/// <summary>Chooses moods at random, by a seed.</summary>
internal sealed class Moods(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    /// <summary>When false, everything is answered well.</summary>
    public bool Bad { get; set; } = true;

    public Mood Next()
    {
        lock (gate)
        {
            return !Bad ? Mood.Good : random.NextDouble() switch
            {
                < 0.86 => Mood.Good,
                < 0.91 => Mood.Slow,
                < 0.93 => Mood.Error,
                < 0.945 => Mood.Throttle,
                < 0.96 => Mood.Drop,
                < 0.975 => Mood.DropAfter,
                < 0.987 => Mood.SilentAfter,
                _ => Mood.ErrorAfter,
            };
        }
    }

    public double Part()
    {
        lock (gate)
            return Bad ? random.NextDouble() : 1;
    }
}
