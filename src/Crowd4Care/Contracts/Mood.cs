namespace Crowd4Care.Contracts;

/// <summary>What an answer did to a customer's mood, as their next post shows it.</summary>
public enum MoodShift
{
    /// <summary>They feel better.</summary>
    Better,

    /// <summary>They feel as before.</summary>
    Same,

    /// <summary>They feel worse.</summary>
    Worse,
}

/// <summary>What the journal says of an answered mention when its author wrote again.</summary>
/// <param name="By">The mention that they wrote.</param>
/// <param name="Mood">What became of their mood.</param>
/// <param name="Thanked">Whether what they wrote is praise and nothing else.</param>
public sealed record MoodFact(Guid By, MoodShift Mood, bool Thanked);
