using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>Finds the mistakes in what a document names at its top: lists and calendars.</summary>
internal sealed class NamesCheck(MistakeList mistakes)
{
    private const int MostHolidays = 1000;
    private const int MostRanges = 24;

    public void Check(RuleSet set)
    {
        foreach (var (name, handles) in set.Lists ?? new Dictionary<string, IReadOnlyList<string>>())
            CheckList(handles, Named("$.lists", name));
        foreach (var (name, calendar) in set.Calendars ?? new Dictionary<string, RuleCalendar>())
            Check(calendar, Named("$.calendars", name));
    }

    private string Named(string path, string name)
    {
        var at = MistakeList.At(path, name);
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            mistakes.Add(at, "has a name that is empty or longer than 100 characters");
        return at;
    }

    // An empty list is no mistake: a list may wait for its first member.
    private void CheckList(IReadOnlyList<string>? handles, string path)
    {
        if (handles is null)
            mistakes.Add(path, "is null; a list of handles is expected");
        for (var i = 0; i < handles?.Count; i++)
            mistakes.Word(handles[i], MistakeList.At(path, i));
    }

    private void Check(RuleCalendar? calendar, string path)
    {
        if (calendar is null)
        {
            mistakes.Add(path, "is null; a calendar is expected");
            return;
        }

        if (LocalTime.FindZone(calendar.TimeZone) is null)
            mistakes.Add($"{path}.timeZone", $"\"{calendar.TimeZone}\" is not a time zone; an IANA name such as Europe/Berlin is expected");
        foreach (var (day, ranges) in calendar.Days)
            CheckDay(day, ranges, MistakeList.At($"{path}.days", day));
        if (calendar.Holidays?.Count > MostHolidays)
            mistakes.Add($"{path}.holidays", $"has {calendar.Holidays.Count} dates; {MostHolidays} at most are expected");
        for (var i = 0; i < calendar.Holidays?.Count; i++)
        {
            if (calendar.Holidays[i] is not { } date || OpeningHours.ParseDate(date) is null)
                mistakes.Add(MistakeList.At($"{path}.holidays", i), $"\"{calendar.Holidays[i]}\" is not a date; yyyy-MM-dd is expected");
        }
    }

    private void CheckDay(string day, IReadOnlyList<string>? ranges, string path)
    {
        if (!OpeningHours.DayNames.Contains(day))
            mistakes.Add(path, $"\"{day}\" is not a day; {string.Join(", ", OpeningHours.DayNames)} are known");
        if (ranges is null)
            mistakes.Add(path, "is null; a list of hours is expected");
        if (ranges?.Count > MostRanges)
        {
            mistakes.Add(path, $"has {ranges.Count} hours; {MostRanges} at most are expected");
            return;
        }

        var before = new List<MinuteRange>();
        for (var i = 0; i < ranges?.Count; i++)
        {
            var at = MistakeList.At(path, i);
            if (ranges[i] is not { } text || MinuteRange.Parse(text) is not { } range)
                mistakes.Add(at, $"\"{ranges[i]}\" are no hours; HH:mm-HH:mm is expected, such as 09:00-17:30");
            else if (range.To <= range.From)
                mistakes.Add(at, $"\"{text}\" ends before it begins; hours over midnight are two, one up to 24:00 and one from 00:00 of the next day");
            else if (before.Exists(b => range.From < b.To && b.From < range.To))
                mistakes.Add(at, $"\"{text}\" overlaps other hours of the day");
            else
                before.Add(range);
        }
    }
}
