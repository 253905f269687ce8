using System.Text;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Tests.TestBed;

namespace Crowd4Care.Server.Tests.Desk;

/// <summary>The English texts that the desk's sources name: in Razor and C# within Say, Phrase and Key, in scripts within inWords.</summary>
internal static partial class DeskTexts
{
    private static readonly string Server = Repository.Of("src", "Crowd4Care.Server");

    /// <summary>Each text with the first file that names it.</summary>
    public static IReadOnlyDictionary<string, string> Named(bool scriptsOnly = false)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var scripts = Directory.EnumerateFiles(Path.Combine(Server, "wwwroot", "js"), "*.js");
        var others = Directory.EnumerateFiles(Path.Combine(Server, "Desk"), "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".razor" or ".cs" && Path.GetFileName(f) != "Texts.cs");
        var sources = scriptsOnly ? scripts : scripts.Concat(others);
        foreach (var file in sources.Order(StringComparer.Ordinal))
        {
            var source = File.ReadAllText(file);
            foreach (Match call in Calls.Matches(source))
            {
                foreach (var text in FirstArgument(source, call.Index + call.Length).Where(text => text.Any(char.IsAsciiLetter)))
                    named.TryAdd(text, Path.GetRelativePath(Server, file));
            }
        }

        return named;
    }

    /// <summary>The places of values in a text, such as {0} and {1:0.#}.</summary>
    public static IEnumerable<string> PlacesOf(string text) => Places.Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal);

    // The texts of an argument: one, or those of its cases. A pattern before an arrow is none.
    private static List<string> FirstArgument(string source, int at)
    {
        var texts = new List<string>();
        for (var depth = 0; ; at++)
        {
            switch (source[at])
            {
                case '"':
                case '$' when source[at + 1] == '"':
                    var before = source[..at].TrimEnd();
                    var text = Literal(source, ref at);
                    if (!Pattern.IsMatch(source.AsSpan(at + 1)) && !before.EndsWith("==", StringComparison.Ordinal) && !before.EndsWith(" is", StringComparison.Ordinal))
                        texts.Add(text);
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}' when depth-- == 0:
                case ',' when depth == 0:
                    return texts;
            }
        }
    }

    // Ends on the closing quote. What is interpolated becomes {0}, {1} …
    private static string Literal(string source, ref int at)
    {
        var isInterpolated = source[at] == '$';
        var (text, values) = (new StringBuilder(), 0);
        for (at += isInterpolated ? 2 : 1; source[at] != '"'; at++)
        {
            if (source[at] == '\\')
                text.Append(Regex.Unescape(source.Substring(at++, 2)));
            else if (isInterpolated && source[at] == '{')
                text.Append('{').Append(values++).Append(Value(source, ref at)).Append('}');
            else
                text.Append(source[at]);
        }

        return text.ToString();
    }

    // Ends on the closing brace; answers the format, such as ":0.#".
    private static string Value(string source, ref int at)
    {
        var format = 0;
        for (var depth = 0; ; at++)
        {
            switch (source[at])
            {
                case '"':
                case '$' when source[at + 1] == '"':
                    Literal(source, ref at);
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ':' when depth == 1:
                    format = at;
                    break;
                case ')' or ']' or '}' when --depth == 0:
                    return format > 0 ? source[format..at] : "";
            }
        }
    }

    [GeneratedRegex(@"\b(Say|Phrase|Key|inWords)\(")]
    private static partial Regex Calls { get; }

    [GeneratedRegex(@"^\s*(=>|or |when )")]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Places { get; }
}
