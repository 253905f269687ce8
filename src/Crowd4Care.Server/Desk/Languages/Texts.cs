using System.Globalization;
using System.Resources;

namespace Crowd4Care.Server.Desk.Languages;

/// <summary>
/// What the desk says, in the reader's language. The English text is its own key; the other languages lie in <c>DeskTexts.*.resx</c>. What one of
/// them does not know is said in English.
/// </summary>
internal static class Texts
{
    /// <summary>Stands before the name of a text that begins small.</summary>
    private const char Small = '·';

    private static readonly ResourceManager Known = new("Crowd4Care.Server.Desk.Languages.DeskTexts", typeof(Texts).Assembly);

    /// <summary>The languages, as BCP 47 tags, each with its own name; English first.</summary>
    public static IReadOnlyList<(string Tag, string Name)> Languages { get; } =
        [("en", "English"), ("es", "Español"), ("de", "Deutsch"), ("fr", "Français"), ("pt", "Português")];

    /// <summary>A text in the reader's language.</summary>
    /// <param name="english">The text, written out where it is used: a test looks for it there.</param>
    public static string Say(string english) =>
        english.Length == 0 || DeskLanguage.Current == "en" ? english
        : Known.GetResourceSet(CultureInfo.CurrentUICulture, createIfNotExists: true, tryParents: false)?.GetString(NameOf(english)) ?? english;

    /// <summary>The same with values in it.</summary>
    /// <param name="english">Holds <c>{0}</c>, <c>{1}</c> … where the values go.</param>
    /// <param name="values">Numbers are written the same in every language.</param>
    public static string Say(string english, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, Say(english), values);

    /// <summary>A text with values in their places: <c>Phrase($"{name} took it")</c> is known as <c>{0} took it</c>.</summary>
    public static string Phrase(FormattableString english) => string.Format(CultureInfo.InvariantCulture, Say(english.Format), english.GetArguments());

    /// <summary>Names a text that is said later, by <see cref="Say(string)"/> with a variable.</summary>
    public static string Key(string english) => english;

    /// <summary>All that a language knows, by the English text; empty for English.</summary>
    /// <param name="language">As in <see cref="Languages"/>.</param>
    public static IReadOnlyDictionary<string, string> All(string language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (language == "en" || Known.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false) is not { } set)
            return texts;
        foreach (System.Collections.DictionaryEntry entry in set)
            texts.Add(((string)entry.Key).TrimStart(Small), (string)entry.Value!);
        return texts;
    }

    // Names of resources ignore case, and "For" is not "for".
    private static string NameOf(string english) => char.IsLower(english[0]) ? Small + english : english;
}
