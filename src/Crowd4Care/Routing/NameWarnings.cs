namespace Crowd4Care.Routing;

/// <summary>Finds names that lead nowhere: lists and calendars that nothing uses, lists that are empty, heads and labels that scores don't have.</summary>
internal sealed class NameWarnings(RuleSet set, IReadOnlyDictionary<string, IReadOnlyList<string>>? heads, List<RuleSetWarning> warnings)
{
    private readonly HashSet<string> lists = [];
    private readonly HashSet<string> calendars = [];

    /// <summary>Looks through a condition.</summary>
    public void Look(Condition? condition, string path)
    {
        if (condition is null)
            return;

        for (var i = 0; i < condition.All?.Count; i++)
            Look(condition.All[i], MistakeList.At($"{path}.all", i));
        for (var i = 0; i < condition.Any?.Count; i++)
            Look(condition.Any[i], MistakeList.At($"{path}.any", i));
        Look(condition.Not, $"{path}.not");
        if (condition.Author?.List is { } list)
            lists.Add(list);
        if (condition.Time?.Within is { } within)
            calendars.Add(within);
        if (condition.Time?.Outside is { } outside)
            calendars.Add(outside);
        if (condition.Score is { } score && heads is not null)
            Look(score, heads, $"{path}.score");
    }

    /// <summary>Looks at what the document names, after all conditions.</summary>
    public void LookForUnused()
    {
        foreach (var (name, handles) in set.Lists ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!lists.Contains(name))
                warnings.Add(new(MistakeList.At("$.lists", name), "is used by no rule"));
            else if (handles.Count == 0)
                warnings.Add(new(MistakeList.At("$.lists", name), "is empty: nobody is on it"));
        }

        foreach (var name in set.Calendars?.Keys.Where(name => !calendars.Contains(name)) ?? [])
            warnings.Add(new(MistakeList.At("$.calendars", name), "is used by no rule"));
    }

    private void Look(ScoreCondition score, IReadOnlyDictionary<string, IReadOnlyList<string>> known, string path)
    {
        if (!known.TryGetValue(score.Head, out var labels))
            warnings.Add(new($"{path}.head", $"\"{score.Head}\" is not a head now; {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))} are"));
        else if (score.Label is { } label && !labels.Contains(label))
            warnings.Add(new($"{path}.label", $"\"{label}\" is not an answer of {score.Head} now; {string.Join(", ", labels)} are"));
    }
}
