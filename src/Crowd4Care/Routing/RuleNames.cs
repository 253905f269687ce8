namespace Crowd4Care.Routing;

/// <summary>What the rules of a set call by name, ready to be asked.</summary>
internal sealed class RuleNames
{
    private readonly Dictionary<string, HashSet<string>> lists = [];
    private readonly Dictionary<string, OpeningHours> calendars = [];

    public RuleNames(RuleSet set)
    {
        foreach (var (name, handles) in set.Lists ?? new Dictionary<string, IReadOnlyList<string>>())
            lists[name] = new HashSet<string>(handles.Select(h => h.TrimStart('@')), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, calendar) in set.Calendars ?? new Dictionary<string, RuleCalendar>())
            calendars[name] = new OpeningHours(calendar);
    }

    public bool IsListed(string list, string handle) => lists.TryGetValue(list, out var handles) && handles.Contains(handle);

    public bool IsOpen(string calendar, DateTimeOffset at) => calendars.TryGetValue(calendar, out var hours) && hours.IsOpen(at);
}
