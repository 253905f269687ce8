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
        mistakes.Range(action.OverflowMinutes, 0, 60 * 24 * 30, $"{path}.overflowMinutes");
        if (action.Queue is not null)
            mistakes.Word(action.Queue, $"{path}.queue");
        if (action.Action == RuleActionKind.AddSkill && action.Skills is not { Count: > 0 })
            mistakes.Add($"{path}.skills", "is empty; addSkill needs at least one");
        for (var i = 0; i < action.Skills?.Count; i++)
            Check(action.Skills[i], MistakeList.At($"{path}.skills", i), mistakes);
        CheckFits(action, path, mistakes);
    }

    private static void Check(RequiredSkill? required, string path, MistakeList mistakes)
    {
        if (required is null)
        {
            mistakes.Add(path, "is null; a skill is expected");
            return;
        }

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
        Only(action.Trust != 0, "trust", RuleActionKind.Offer);
        Only(action.OfferMinutes is not null, "offerMinutes", RuleActionKind.Offer);
        Only(action.OverflowMinutes is not null, "overflowMinutes", RuleActionKind.Offer);
        Only(action.Reason is not null, "reason", RuleActionKind.Ignore);
    }
}
