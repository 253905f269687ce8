using System.Collections.Concurrent;
using System.Text.Json;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>What the browser's scripts say by themselves: given along with each page that is not in English.</summary>
internal static class ScriptTexts
{
    /// <summary>Their English forms.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Key("now"), Key("just now"), Key("{0} min"), Key("{0} h"), Key("{0} d"), Key("{0} ago"), Key("{0} h {1} min"), Key("{0} days"), Key("{0} overdue"),
        Key("1 minute left"), Key("{0} minutes left"), Key("{0} characters left"), Key("{0} character left"), Key("{0} too many"), Key("{0} character too many"), Key("{0} characters too many"),
        Key("{0} byte too many"), Key("{0} bytes too many"), Key("{0}: emoji take several each"), Key("Draft saved"), Key("Draft kept in this browser"), Key("No longer open"), Key("{0} new"),
        Key("open mentions"), Key("Connected again."), Key("Offline. What you write is kept."), Key("Nothing fits"), Key("1 line"), Key("{0} lines"), Key("{0} selected"), Key("None selected"),
        Key("That did not get through. Nothing was changed; please try again."), Key("That did not get through. Please try again."),
        Key("That did not get through. What you wrote is still here; please try again."), Key("Copied."), Key("Loading…"), Key("1 colleague"), Key("{0} colleagues"), Key("Colleagues"),
    ];

    private static readonly ConcurrentDictionary<string, string> Written = new();

    /// <summary>The texts by their English form, as JSON that may stand in a page; null in English.</summary>
    public static string? Json =>
        DeskLanguage.Current is var language and not "en" ? Written.GetOrAdd(language, _ => JsonSerializer.Serialize(All.ToDictionary(key => key, Say))) : null;
}
