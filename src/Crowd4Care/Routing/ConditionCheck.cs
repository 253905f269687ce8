using System.Globalization;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in conditions.</summary>
internal sealed class ConditionCheck(RuleSet set, MistakeList mistakes)
{
    private const int Deepest = 20;

    public void Check(Condition condition, string path, int depth = 0)
    {
        if (depth > Deepest)
        {
            mistakes.Add(path, string.Create(CultureInfo.InvariantCulture, $"conditions are nested deeper than {Deepest}"));
            return;
        }

        CheckAll(condition.All, $"{path}.all", depth);
        CheckAll(condition.Any, $"{path}.any", depth);
        if (condition.Not is not null)
            Check(condition.Not, $"{path}.not", depth + 1);
        if (condition.Score is not null)
            Check(condition.Score, $"{path}.score");
        mistakes.Words(condition.Language, $"{path}.language");
        mistakes.Words(condition.Network, $"{path}.network");
        if (condition.Author is not null)
            Check(condition.Author, $"{path}.author");
        mistakes.Range(condition.Conversation?.TurnsAtLeast, RuleLimits.Turns, $"{path}.conversation.turnsAtLeast");
        mistakes.Range(condition.Conversation?.TurnsBelow, RuleLimits.Turns, $"{path}.conversation.turnsBelow");
        if (condition.Time is not null)
            Check(condition.Time, $"{path}.time");
        mistakes.Words(condition.Text?.ContainsAny, $"{path}.text.containsAny");
        mistakes.Words(condition.Text?.ContainsAll, $"{path}.text.containsAll");
        if (condition.Text?.Matches is { } pattern && TextPattern.Mistake(pattern) is { } mistake)
            mistakes.Add($"{path}.text.matches", mistake);
    }

    private void CheckAll(IReadOnlyList<Condition>? conditions, string path, int depth)
    {
        if (conditions is { Count: 0 })
            mistakes.Add(path, "is empty; at least one condition is expected");
        for (var i = 0; i < conditions?.Count; i++)
        {
            if (conditions[i] is null)
                mistakes.Add(MistakeList.At(path, i), "is null; a condition is expected");
            else
                Check(conditions[i], MistakeList.At(path, i), depth + 1);
        }
    }

    private void Check(ScoreCondition score, string path)
    {
        mistakes.Word(score.Head, $"{path}.head");
        if (score.Label is not null)
            mistakes.Word(score.Label, $"{path}.label");
        else if (score.Unsure is null || score.AtLeast is not null || score.Below is not null)
            mistakes.Add(path, "has no label");
        mistakes.Range(score.AtLeast, RuleLimits.Share, $"{path}.atLeast");
        mistakes.Range(score.Below, RuleLimits.Share, $"{path}.below");
    }

    private void Check(AuthorCondition author, string path)
    {
        mistakes.Words(author.Handles, $"{path}.handles");
        mistakes.Range(author.FollowersAtLeast, RuleLimits.Followers, $"{path}.followersAtLeast");
        CheckName(author.List, set.Lists?.Keys, "list", "lists", $"{path}.list");
    }

    private void Check(TimeCondition time, string path)
    {
        if (time.Within is null && time.Outside is null)
            mistakes.Add(path, "names no calendar; within or outside is expected");
        CheckName(time.Within, set.Calendars?.Keys, "calendar", "calendars", $"{path}.within");
        CheckName(time.Outside, set.Calendars?.Keys, "calendar", "calendars", $"{path}.outside");
    }

    private void CheckName(string? name, IEnumerable<string>? known, string what, string property, string path)
    {
        if (name is null || known?.Contains(name) == true)
            return;

        var names = known?.Order(StringComparer.Ordinal).Take(20).ToList() ?? [];
        mistakes.Add(path, names.Count == 0
            ? $"\"{name}\" is not a {what}; the document has no {property}"
            : $"\"{name}\" is not a {what} of the document; {string.Join(", ", names)} are named under {property}");
    }
}
