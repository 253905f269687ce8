using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Crowd4Care.Routing;

/// <summary>
/// What a rule asks less of whoever is offered a mention, once the mention was with the crowd for so long without being claimed. A step can only widen the
/// circle; steps add up.
/// </summary>
public sealed record RelaxationStep
{
    /// <summary>From when on, in minutes after the mention came to the crowd.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Minutes after the mention came to the crowd from which on this holds. Each step later than the one before it.")]
    public required double AfterMinutes { get; init; }

    /// <summary>How much lower the least levels of skills are; who has nothing of a skill still does not have it.</summary>
    [Description("How much lower every atLeast is from then on, 0 to 1. Who has nothing of a skill still does not have it.")]
    public double LowerBy { get; init; }

    /// <summary>Skills that are not required any more.</summary>
    [Description("Skills that are not required any more from then on.")]
    public IReadOnlyList<string>? Drop { get; init; }

    /// <summary>Whether the mention's language is not required any more.</summary>
    [Description("true when the advocate need not speak the mention's language from then on.")]
    public bool AnyLanguage { get; init; }

    /// <summary>The least trust from then on, where the rule asks for more; null for no change.</summary>
    [Description("Least trust level from then on, lower than the rule's.")]
    public int? Trust { get; init; }
}

/// <summary>A step that held when a mention was decided.</summary>
/// <param name="Step">Its place in the rule's <c>relax</c>, from 1.</param>
/// <param name="AfterMinutes">After how many minutes with the crowd it began to hold.</param>
/// <param name="Since">When that was.</param>
/// <param name="Widened">What is asked less by it, as people read it; empty where the rule asked nothing of the kind.</param>
public sealed record AppliedStep(int Step, double AfterMinutes, DateTimeOffset Since, IReadOnlyList<string> Widened)
{
    /// <summary>Says in a sentence what is asked less.</summary>
    internal static string ToText(IEnumerable<AppliedStep> steps) =>
        $"Less is asked {string.Join(", and ", steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"after {s.AfterMinutes:0.##} minutes ({string.Join(", ", s.Widened.DefaultIfEmpty("nothing more"))})")))}.";
}

/// <summary>What an action asks after a while. Pure.</summary>
internal static class Relaxation
{
    /// <summary>The action as it is after a time with the crowd; the same while no step is due.</summary>
    public static RuleAction After(this RuleAction action, TimeSpan waited) => action.Due(waited).Aggregate(action, Relaxed);

    /// <summary>The steps that hold after a time with the crowd; null while none is due.</summary>
    /// <param name="action">The action as the rule says it.</param>
    /// <param name="waited">The time with the crowd.</param>
    /// <param name="since">When the mention came to the crowd.</param>
    public static IReadOnlyList<AppliedStep>? Applied(this RuleAction action, TimeSpan waited, DateTimeOffset since)
    {
        var applied = new List<AppliedStep>();
        foreach (var step in action.Due(waited))
        {
            var relaxed = Relaxed(action, step);
            applied.Add(new AppliedStep(applied.Count + 1, step.AfterMinutes, since + TimeSpan.FromMinutes(step.AfterMinutes), [.. Widened(action, relaxed)]));
            action = relaxed;
        }

        return applied.Count > 0 ? applied : null;
    }

    private static IEnumerable<RelaxationStep> Due(this RuleAction action, TimeSpan waited) =>
        (action.Relax ?? []).TakeWhile(step => TimeSpan.FromMinutes(step.AfterMinutes) <= waited);

    private static RuleAction Relaxed(RuleAction action, RelaxationStep step) => action with
    {
        Skills = action.Skills?.Where(s => step.Drop?.Contains(s.Skill) != true).Select(s => s with { AtLeast = Math.Max(0, s.AtLeast - step.LowerBy) }).ToList(),
        Language = step.AnyLanguage ? false : action.Language,
        Trust = Math.Min(action.Trust, step.Trust ?? action.Trust),
    };

    private static IEnumerable<string> Widened(RuleAction before, RuleAction after)
    {
        foreach (var skill in before.Skills ?? [])
        {
            if (after.Skills!.FirstOrDefault(s => s.Skill == skill.Skill) is not { } left)
                yield return $"{skill.Skill} is not needed";
            else if (left.AtLeast < skill.AtLeast)
                yield return string.Create(CultureInfo.InvariantCulture, $"{skill.Skill} {left.AtLeast:0.##} instead of {skill.AtLeast:0.##}");
        }

        if (before.Language != false && after.Language == false)
            yield return "any language";
        if (after.Trust < before.Trust)
            yield return string.Create(CultureInfo.InvariantCulture, $"trust {after.Trust} instead of {before.Trust}");
    }

    /// <summary>When the next step is due after so much time with the crowd; null when there is none.</summary>
    public static TimeSpan? NextStep(this RuleAction action, TimeSpan waited) =>
        action.Relax?.Select(step => TimeSpan.FromMinutes(step.AfterMinutes)).Where(after => after > waited).Select(after => (TimeSpan?)after).FirstOrDefault();
}
