using System.ComponentModel;
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

/// <summary>What an action asks after a while. Pure.</summary>
internal static class Relaxation
{
    /// <summary>The action as it is after a time with the crowd; the same while no step is due.</summary>
    public static RuleAction After(this RuleAction action, TimeSpan waited)
    {
        foreach (var step in action.Relax ?? [])
        {
            if (TimeSpan.FromMinutes(step.AfterMinutes) > waited)
                break;
            action = action with
            {
                Skills = action.Skills?.Where(s => step.Drop?.Contains(s.Skill) != true).Select(s => s with { AtLeast = Math.Max(0, s.AtLeast - step.LowerBy) }).ToList(),
                Language = step.AnyLanguage ? false : action.Language,
                Trust = Math.Min(action.Trust, step.Trust ?? action.Trust),
            };
        }

        return action;
    }

    /// <summary>When the next step is due after so much time with the crowd; null when there is none.</summary>
    public static TimeSpan? NextStep(this RuleAction action, TimeSpan waited) =>
        action.Relax?.Select(step => TimeSpan.FromMinutes(step.AfterMinutes)).Where(after => after > waited).Select(after => (TimeSpan?)after).FirstOrDefault();
}
