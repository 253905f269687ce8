using System.Globalization;
using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in actions.</summary>
internal static class ActionCheck
{
    public static void Check(RuleAction action, string path, MistakeList mistakes)
    {
        mistakes.Range(action.Priority, -1000, 1000, $"{path}.priority");
        mistakes.Range(action.DueMinutes, 1, 60 * 24 * 30, $"{path}.dueMinutes");
        mistakes.Range(action.Trust, 0, 4, $"{path}.trust");
        mistakes.Range(action.OfferMinutes, 0.01, 60 * 24, $"{path}.offerMinutes");
        mistakes.Range(action.OfferTo, 1, Router.MostAtOnce, $"{path}.offerTo");
        mistakes.Range(action.Places, 1, Router.MostPlaces, $"{path}.places");
        mistakes.Range(action.ClaimMinutes, 0.05, 60 * 24, $"{path}.claimMinutes");
        mistakes.Range(action.OverflowMinutes, 0, 60 * 24 * 30, $"{path}.overflowMinutes");
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
        mistakes.Range(step.AfterMinutes, 0.01, 60 * 24 * 30, $"{path}.afterMinutes");
        mistakes.Range(step.LowerBy, 0, 1, $"{path}.lowerBy");
        mistakes.Range(step.Trust, 0, 4, $"{path}.trust");
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
        mistakes.Range(preferred.Weight, 0.01, 1, $"{path}.weight");
    }

    private static void Check(RequiredSkill required, string path, MistakeList mistakes)
    {
        if (required.Skill != RuleEvaluator.OwnTopic && !Skill.IsValid(required.Skill))
            mistakes.Add($"{path}.skill", $"\"{required.Skill}\" is not a skill; write kind:value in lower case, such as product:router-x, or {RuleEvaluator.OwnTopic}");
        mistakes.Range(required.AtLeast, 0, 1, $"{path}.atLeast");
    }

    // A property that does nothing with this action is a misunderstanding that would otherwise stay unseen.
    private static void CheckFits(RuleAction action, string path, MistakeList mistakes)
    {
        void Only(bool given, string property, params ReadOnlySpan<RuleActionKind> kinds)
        {
            if (given && !kinds.Contains(action.Action))
                mistakes.Add($"{path}.{property}", $"means nothing with the action {JsonNamingPolicy.CamelCase.ConvertName(action.Action.ToString())}");
        }

        Only(action.Queue is not null, "queue", RuleActionKind.Escalate, RuleActionKind.Offer);
        Only(action.DueMinutes is not null, "dueMinutes", RuleActionKind.Escalate);
        Only(action.Skills is not null, "skills", RuleActionKind.Offer, RuleActionKind.AddSkill);
        Only(action.Language is not null, "language", RuleActionKind.Offer);
        Only(action.Prefer is not null, "prefer", RuleActionKind.Offer);
        Only(action.Relax is not null, "relax", RuleActionKind.Offer);
        Only(action.Trust != 0, "trust", RuleActionKind.Offer);
        Only(action.OfferMinutes is not null, "offerMinutes", RuleActionKind.Offer);
        Only(action.OfferTo is not null, "offerTo", RuleActionKind.Offer);
        Only(action.Places is not null, "places", RuleActionKind.Offer);
        Only(action.ClaimMinutes is not null, "claimMinutes", RuleActionKind.Offer);
        Only(action.OverflowMinutes is not null, "overflowMinutes", RuleActionKind.Offer);
        Only(action.RequireApproval, "requireApproval", RuleActionKind.Offer);
        Only(action.Reason is not null, "reason", RuleActionKind.Ignore);
    }
}
