using Crowd4Care.Contracts;

namespace Crowd4Care.Community.Skills;

/// <summary>The lines of a brand, one for each kind of skill that outcomes say something of.</summary>
/// <param name="Topic">Of topics.</param>
/// <param name="Language">Of languages.</param>
public sealed record OutcomeLines(OutcomeLine Topic, OutcomeLine Language)
{
    /// <summary>Those of a brand of which nothing is known yet.</summary>
    public static OutcomeLines Default { get; } = new(OutcomeLine.Default, OutcomeLine.Default);

    /// <summary>The line for a skill; of a kind that outcomes say nothing of, the default.</summary>
    public OutcomeLine For(string skill) => IsOf(Skill.TopicKind, skill) ? Topic : IsOf(Skill.LanguageKind, skill) ? Language : OutcomeLine.Default;

    /// <summary>The lines that follow from what is known of people.</summary>
    /// <param name="people">A skill of somebody, and what is known of it.</param>
    public static OutcomeLines Fit(IReadOnlyCollection<(string Skill, DeclaredEvidence Known)> people)
    {
        OutcomeLine Of(string kind) => OutcomeLine.Fit(people.Where(p => IsOf(kind, p.Skill)).Select(p => p.Known));
        // How far people are off about languages can't be told from how far they are off about their topics: each outcome has both.
        return new(Of(Skill.TopicKind), Of(Skill.LanguageKind) with { Spread = OutcomeLine.Default.Spread });
    }

    private static bool IsOf(string kind, string skill) => skill.StartsWith(kind, StringComparison.Ordinal) && skill[kind.Length..].StartsWith(':');
}
