using System.Globalization;
using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in actions.</summary>
internal static class ActionCheck
{
    public static void Check(RuleAction action, string path, MistakeList mistakes)
    {
        void Range(double? number, string member) => mistakes.Range(number, RuleLimits.OfActions[member], $"{path}.{member}");

        Range(action.Priority, "priority");
        Range(action.DueMinutes, "dueMinutes");
        Range(action.Trust, "trust");
        Range(action.OfferMinutes, "offerMinutes");
        Range(action.OfferTo, "offerTo");
        Range(action.Places, "places");
        Range(action.ClaimMinutes, "claimMinutes");
        Range(action.OverflowMinutes, "overflowMinutes");
        if (action.Queue is not null)
            mistakes.Word(action.Queue, $"{path}.queue");
        if (action.Action == RuleActionKind.AddSkill && action.Skills is not { Count: > 0 })
            mistakes.Add($"{path}.skills", "is empty; addSkill needs at least one");
        Each(action.Skills, "skill", $"{path}.skills", mistakes, (required, at) => Check(required, at, mistakes));
        Each(action.Prefer, "skill", $"{path}.prefer", mistakes, (preferred, at) => Check(preferred, at, mistakes));
        var (least, soonest) = (action.Trust, 0.0);
        Each(action.Relax, "step", $"{path}.relax", mistakes, (step, at) =>
        {
            Check(step, least, soonest, at, mistakes);
            (least, soonest) = (Math.Min(least, step.Trust ?? least), step.AfterMinutes);
        });
        CheckFits(action, path, mistakes);
    }

    private static void Each<T>(IReadOnlyList<T?>? elements, string what, string path, MistakeList mistakes, Action<T, string> check) where T : class
    {
        for (var i = 0; i < elements?.Count; i++)
        {
            if (elements[i] is { } element)
                check(element, MistakeList.At(path, i));
            else
                mistakes.Add(MistakeList.At(path, i), $"is null; a {what} is expected");
        }
    }

    private static void Check(RelaxationStep step, int leastTrust, double before, string path, MistakeList mistakes)
    {
        mistakes.Range(step.AfterMinutes, RuleLimits.RelaxMinutes, $"{path}.afterMinutes");
        mistakes.Range(step.LowerBy, RuleLimits.Share, $"{path}.lowerBy");
        mistakes.Range(step.Trust, RuleLimits.Trust, $"{path}.trust");
        mistakes.Words(step.Drop, $"{path}.drop");
        if (before > 0 && step.AfterMinutes <= before)
            mistakes.Add($"{path}.afterMinutes", "is not after the step before it");
        if (step.Trust >= leastTrust)
            mistakes.Add($"{path}.trust", string.Create(CultureInfo.InvariantCulture, $"is {step.Trust}; a step can only ask less than the {leastTrust} that is asked before it"));
        if (step is { LowerBy: 0, Drop: null, AnyLanguage: false, Trust: null })
            mistakes.Add(path, "changes nothing; lowerBy, drop, anyLanguage or trust is expected");
    }

    private static void Check(PreferredSkill preferred, string path, MistakeList mistakes)
    {
        if (!Skill.IsValid(preferred.Skill))
            mistakes.Add($"{path}.skill", $"\"{preferred.Skill}\" is not a skill; write kind:value in lower case, such as product:router-x");
        mistakes.Range(preferred.Weight, RuleLimits.PreferredWeight, $"{path}.weight");
    }

    private static void Check(RequiredSkill required, string path, MistakeList mistakes)
    {
        if (required.Skill != RuleEvaluator.OwnTopic && !Skill.IsValid(required.Skill))
            mistakes.Add($"{path}.skill", $"\"{required.Skill}\" is not a skill; write kind:value in lower case, such as product:router-x, or {RuleEvaluator.OwnTopic}");
        mistakes.Range(required.AtLeast, RuleLimits.Share, $"{path}.atLeast");
    }

    // A property that does nothing with this action is a misunderstanding that would otherwise stay unseen.
    private static void CheckFits(RuleAction action, string path, MistakeList mistakes)
    {
        void Only(bool given, string property)
        {
            if (given && !RuleLimits.Fits(property, action.Action))
                mistakes.Add($"{path}.{property}", $"means nothing with the action {JsonNamingPolicy.CamelCase.ConvertName(action.Action.ToString())}");
        }

        Only(action.Queue is not null, "queue");
        Only(action.DueMinutes is not null, "dueMinutes");
        Only(action.Skills is not null, "skills");
        Only(action.Language is not null, "language");
        Only(action.Prefer is not null, "prefer");
        Only(action.Relax is not null, "relax");
        Only(action.Trust != 0, "trust");
        Only(action.OfferMinutes is not null, "offerMinutes");
        Only(action.OfferTo is not null, "offerTo");
        Only(action.Places is not null, "places");
        Only(action.ClaimMinutes is not null, "claimMinutes");
        Only(action.OverflowMinutes is not null, "overflowMinutes");
        Only(action.RequireApproval, "requireApproval");
        Only(action.Reason is not null, "reason");
    }
}
