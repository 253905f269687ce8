using System.Text.RegularExpressions;

namespace Crowd4Care.Engagement.Writing;

/// <summary>What a template leaves open, in braces: <c>Hello {author}</c>. Filled in on the server when somebody picks the template.</summary>
public static partial class Placeholders
{
    /// <summary>Those that exist, with what stands in their place.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>
    {
        ["author"] = "the customer's name",
        ["handle"] = "the customer's handle, with @",
        ["me"] = "the name of who answers",
        ["brand"] = "the brand's name",
        ["link"] = "the address of the page that fits the topic",
    };

    /// <summary>Puts the values in. A placeholder without one stays, so that the writer sees what is missing; what a value holds is left as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) =>
        InBraces().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Value);

    /// <summary>Names in braces that mean nothing, each once: <c>autor</c>.</summary>
    public static IReadOnlyList<string> Unknown(string text) => [.. Names(text).Where(name => !Known.ContainsKey(name))];

    /// <summary>Placeholders that are still there, each once: no customer should read them.</summary>
    public static IReadOnlyList<string> Unfilled(string text) => [.. Names(text).Where(Known.ContainsKey)];

    private static IEnumerable<string> Names(string text) => InBraces().Matches(text).Select(m => m.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex InBraces();
}
