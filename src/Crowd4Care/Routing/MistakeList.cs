using System.Globalization;
using System.Text;

namespace Crowd4Care.Routing;

/// <summary>Collects what is wrong with a document, and knows the checks that many parts share.</summary>
internal sealed class MistakeList
{
    private readonly List<RuleSetMistake> found = [];

    public IReadOnlyList<RuleSetMistake> Found => found;

    public void Add(string path, string message) => found.Add(new(path, message));

    /// <summary>The path of an element of a list.</summary>
    public static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The path of a name that somebody chose.</summary>
    public static string At(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') ? $"{path}.{name}" : $"{path}['{Visible(name)}']";

    public void Words(IReadOnlyList<string>? words, string path)
    {
        if (words is { Count: 0 })
            Add(path, "is empty; at least one is expected");
        for (var i = 0; i < words?.Count; i++)
            Word(words[i], At(path, i));
    }

    public void Word(string? word, string path)
    {
        if (string.IsNullOrWhiteSpace(word))
            Add(path, "is empty");
        else if (word.Length > 500)
            Add(path, "is longer than 500 characters");
    }

    public void Range(double? value, NumberRange range, string path)
    {
        if (value is { } number && !range.Has(number))
            Add(path, string.Create(CultureInfo.InvariantCulture, $"is {number}; {range.Least} to {range.Most} is expected"));
    }

    // A path is shown to people and sent as JSON: half a character can be neither.
    private static string Visible(string name)
    {
        var visible = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(100))
            visible.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
        return visible.ToString();
    }
}
