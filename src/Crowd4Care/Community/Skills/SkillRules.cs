using Crowd4Care.Contracts;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// How outcomes become proficiency. Pure. What is not known is how likely an answer of this person to a mention of this kind does well; before any
/// outcome that is Beta(s·p, s·(1 − p)) around what was declared, and each outcome adds its weight to one of the two shapes (the conjugate prior of a
/// share: A. Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.4). Old outcomes weigh less, so that without new ones the declaration comes back.
/// </summary>
public static class SkillRules
{
    internal const string Thanked = "thanked";
    internal const string MoodBetter = "mood-better";
    internal const string MoodSame = "mood-same";
    internal const string MoodWorse = "mood-worse";
    internal const string ResolvedByOthers = "resolved";
    internal const string ResolvedBySelf = "resolved-by-self";
    internal const string ClaimExpired = "claim-expired";
    internal const string HandedOverLate = "handed-over-late";

    /// <summary>How many outcomes a declaration is worth.</summary>
    public const double DeclaredStrength = 8;

    /// <summary>How many outcomes <see cref="Skill.Undeclared"/> is worth where nothing was declared: few, so that it soon gives way.</summary>
    public const double UndeclaredStrength = 2;

    /// <summary>The weight of outcomes from which on a skill that was not declared can count.</summary>
    public const double LearnedEvidence = 2.5;

    /// <summary>And the estimate from which on it does: who tries in vain has learned nothing.</summary>
    public const double LearnedEstimate = 0.5;

    /// <summary>How much an outcome says of the mention's topic.</summary>
    public const double TopicShare = 1;

    /// <summary>How much it says of the language: an answer seldom fails by that.</summary>
    public const double LanguageShare = 0.25;

    /// <summary>After this time an outcome weighs half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(90);

    /// <summary>For when the sums of evidence are computed. Any time would do; from this one they stay within numbers until the year 2270.</summary>
    public static readonly DateTimeOffset ReferenceTime = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A shape of zero would claim to be certain; one half is Jeffreys' prior.
    private const double LeastShape = 0.5;

    // Half of what is left out of the interval.
    private const double Tail = 0.05;

    /// <summary>The mean of what is known of a skill.</summary>
    /// <param name="declared">What was declared, 0 to 1; null where nothing was.</param>
    /// <param name="evidence">What outcomes say.</param>
    /// <param name="now">The time for which to say it.</param>
    public static double Mean(double? declared, SkillEvidence evidence, DateTimeOffset now)
    {
        var (a, b) = Shapes(declared, evidence, now);
        return a / (a + b);
    }

    /// <summary>The interval that holds the true proficiency with a probability of 90 %, as much left out below as above. The mean is always in it.</summary>
    /// <inheritdoc cref="Mean"/>
    public static (double Low, double High) Interval(double? declared, SkillEvidence evidence, DateTimeOffset now)
    {
        var (a, b) = Shapes(declared, evidence, now);
        var mean = a / (a + b);
        var distribution = new BetaDistribution(Math.Max(a, LeastShape), Math.Max(b, LeastShape));
        return (Math.Min(mean, distribution.Quantile(Tail)), Math.Max(mean, distribution.Quantile(1 - Tail)));
    }

    /// <summary>The proficiency that counts: what an admin pinned, else the mean; null for a skill that was neither declared nor shown.</summary>
    /// <inheritdoc cref="Mean"/>
    /// <param name="pinned">What an admin set; null where none did.</param>
    public static double? Proficiency(double? declared, double? pinned, SkillEvidence evidence, DateTimeOffset now)
    {
        if (pinned is not null)
            return pinned;

        var mean = Mean(declared, evidence, now);
        return declared is not null || (Weight(evidence, now) >= LearnedEvidence && mean >= LearnedEstimate) ? mean : null;
    }

    /// <summary>What all outcomes together weigh at a time.</summary>
    public static double Weight(SkillEvidence evidence, DateTimeOffset now)
    {
        var (succeeded, failed) = evidence.At(now);
        return succeeded + failed;
    }

    private static (double A, double B) Shapes(double? declared, SkillEvidence evidence, DateTimeOffset now)
    {
        var (succeeded, failed) = evidence.At(now);
        var (share, strength) = declared is { } said ? (said, DeclaredStrength) : (Skill.Undeclared, UndeclaredStrength);
        return ((strength * share) + succeeded, (strength * (1 - share)) + failed);
    }
}
