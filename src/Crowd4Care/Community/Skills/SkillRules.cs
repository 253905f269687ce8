using Crowd4Care.Contracts;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// How outcomes become proficiency. Pure. What is not known is how well somebody really has a skill, on the scale of declarations; before any outcome that is
/// normally distributed around what they declared. Outcomes are on another scale: what counts is by how much they differ from what the declaration lets expect
/// in their brand (<see cref="OutcomeLine"/>), drawn towards nothing while they are few (the conjugate prior of a mean: A. Gelman et al., Bayesian Data
/// Analysis, 3rd ed., section 2.5). Old outcomes weigh less, so that without new ones the declaration comes back.
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

    /// <summary>Every rule of outcomes.</summary>
    internal static IReadOnlyList<string> All { get; } = [Thanked, MoodBetter, MoodSame, MoodWorse, ResolvedByOthers, ResolvedBySelf, ClaimExpired, HandedOverLate];

    /// <summary>How far from <see cref="Skill.Undeclared"/> somebody may be who declared nothing, a standard deviation: far, so that it soon gives way.</summary>
    public const double UndeclaredSpread = 0.35;

    /// <summary>The weight of outcomes from which on a skill that was not declared can count.</summary>
    public const double LearnedEvidence = 2.5;

    /// <summary>And the estimate from which on it does: who tries in vain has learned nothing.</summary>
    public const double LearnedEstimate = 0.5;

    /// <summary>How much an outcome says of the mention's topic.</summary>
    public const double TopicShare = 1;

    /// <summary>How much it says of the language: an answer seldom fails by that, and who knows their topics seems to know every language better.</summary>
    public const double LanguageShare = 0.05;

    /// <summary>After this time an outcome weighs half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(90);

    /// <summary>For when the sums of evidence are computed. Any time would do; from this one they stay within numbers until the year 2270.</summary>
    public static readonly DateTimeOffset ReferenceTime = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Between so many standard deviations on both sides lie 90 % of a normal distribution.
    private const double Within90 = 1.6449;

    /// <summary>How much an outcome weighs, by its rule: above zero it speaks for a skill, below against it.</summary>
    /// <param name="rule">One of the rules that an outcome names.</param>
    public static double WeightOf(string rule) => rule switch
    {
        Thanked or MoodBetter or ResolvedByOthers => 1,
        // One's own word for it counts half.
        ResolvedBySelf => 0.5,
        MoodSame or ClaimExpired or HandedOverLate => -0.5,
        MoodWorse => -1,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule of outcomes."),
    };

    /// <summary>What is known of a skill: the mean.</summary>
    /// <param name="declared">What was declared, 0 to 1; null where nothing was.</param>
    /// <param name="evidence">What outcomes say.</param>
    /// <param name="line">How outcomes go with declarations in the brand, for skills of this kind.</param>
    /// <param name="now">The time for which to say it.</param>
    public static double Mean(double? declared, SkillEvidence evidence, OutcomeLine line, DateTimeOffset now) => Math.Clamp(Know(declared, evidence, line, now).Mean, 0, 1);

    /// <summary>The interval that holds the true proficiency with a probability of 90 %, as much left out below as above. The mean is always in it.</summary>
    /// <inheritdoc cref="Mean"/>
    public static (double Low, double High) Interval(double? declared, SkillEvidence evidence, OutcomeLine line, DateTimeOffset now)
    {
        var (mean, error) = Know(declared, evidence, line, now);
        return (Math.Clamp(mean - (Within90 * error), 0, 1), Math.Clamp(mean + (Within90 * error), 0, 1));
    }

    /// <summary>The proficiency that counts: what an admin pinned, else the mean; null for a skill that was neither declared nor shown.</summary>
    /// <inheritdoc cref="Mean"/>
    /// <param name="pinned">What an admin set; null where none did.</param>
    public static double? Proficiency(double? declared, double? pinned, SkillEvidence evidence, OutcomeLine line, DateTimeOffset now)
    {
        if (pinned is not null)
            return pinned;

        var mean = Mean(declared, evidence, line, now);
        return declared is not null || (Weight(evidence, now) >= LearnedEvidence && mean >= LearnedEstimate) ? mean : null;
    }

    /// <summary>What all outcomes together weigh at a time.</summary>
    public static double Weight(SkillEvidence evidence, DateTimeOffset now)
    {
        var (succeeded, failed) = evidence.At(now);
        return succeeded + failed;
    }

    // The posterior of a normal mean: chance in outcomes against how far declarations are off.
    private static (double Mean, double Error) Know(double? declared, SkillEvidence evidence, OutcomeLine line, DateTimeOffset now)
    {
        var (succeeded, failed) = evidence.At(now);
        var (said, spread) = declared is { } value ? (value, line.Spread) : (Skill.Undeclared, UndeclaredSpread);
        var (weight, expected) = (succeeded + failed, line.Expected(said));
        var total = (line.Slope * line.Slope * spread * spread * weight) + line.Chance;
        return (said + (line.Slope * spread * spread * (succeeded - (expected * weight)) / total), spread * Math.Sqrt(line.Chance / total));
    }
}
