using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Community;

/// <summary>When somebody wants offers, as they say it; nothing of it limits what they take by themselves.</summary>
public sealed record Availability
{
    private const string Clock = "HH:mm";

    /// <summary>Their time zone, such as Europe/Berlin; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When their quiet hours begin, HH:mm; null for none.</summary>
    public string? QuietFrom { get; init; }

    /// <summary>When their quiet hours end, HH:mm.</summary>
    public string? QuietUntil { get; init; }

    /// <summary>How many they claim in a day before no more offers come, 1 to 1000; null for any number.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>What somebody said.</summary>
    public static Availability Of(Person person) => new()
    {
        TimeZone = person.TimeZone, QuietFrom = ToText(person.QuietFrom), QuietUntil = ToText(person.QuietUntil), DailyLimit = person.DailyLimit,
    };

    /// <summary>What is wrong with it, each with the name of its property and what would be right; empty when nothing is.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (TimeZone is { } zone && LocalTime.FindZone(zone) is null)
            mistakes.Add($"timeZone: \"{zone}\" is not a time zone; write its name, such as Europe/Berlin.");
        if ((QuietFrom is null) != (QuietUntil is null))
            mistakes.Add("quietUntil: quiet hours need both a beginning and an end.");
        foreach (var (name, text) in new[] { ("quietFrom", QuietFrom), ("quietUntil", QuietUntil) })
        {
            if (text is not null && Minute(text) is null)
                mistakes.Add($"{name}: \"{text}\" is not a time of day; write it as 22:00.");
        }

        if (QuietFrom is not null && QuietFrom == QuietUntil)
            mistakes.Add("quietUntil: is when quiet hours begin; to want no offers at all, say that you are away.");
        if (DailyLimit is < 1 or > 1000)
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"dailyLimit: is {DailyLimit}; 1 to 1000 is expected, or nothing for any number."));
        return mistakes;
    }

    internal static int? Minute(string? text) =>
        TimeOnly.TryParseExact(text, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    private static string? ToText(int? minute) =>
        minute is { } given ? TimeOnly.MinValue.AddMinutes(given).ToString(Clock, CultureInfo.InvariantCulture) : null;
}
