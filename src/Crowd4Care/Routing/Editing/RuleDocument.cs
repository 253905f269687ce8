using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crowd4Care.Routing.Editing;

/// <summary>
/// The text of a rule set while it is edited: it is JSON, and need not be a valid rule set. A change of it names what it changes; every other character,
/// comments and blank space included, stays. Never changes itself.
/// </summary>
public sealed partial class RuleDocument
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly JsonObject root;

    private RuleDocument(string text, JsonObject root) => (Text, this.root) = (text, root);

    /// <summary>The document as it is stored.</summary>
    public string Text { get; }

    /// <summary>How many rules it has.</summary>
    public int Count => Rules?.Count ?? 0;

    /// <summary>The member of this name at the top; null when there is none.</summary>
    public JsonNode? this[string name] => root[name];

    private JsonArray? Rules => root["rules"] as JsonArray;

    private JsonPart Whole => field ??= JsonPart.Of(Text);

    /// <summary>Reads a text. Null when forms can't show it: it is not JSON, no object, or has a name twice in one place.</summary>
    public static RuleDocument? Read(string text) => Read(text, out _);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">The line, from 1, up to which it could be read; null when all of it could.</param>
    public static RuleDocument? Read(string text, out int? line)
    {
        line = null;
        try
        {
            if (JsonNode.Parse(text, documentOptions: Options) is JsonObject root)
                return new RuleDocument(text, root);
        }
        catch (JsonException e)
        {
            line = (int)(e.LineNumber ?? 0) + 1;
        }
        catch (ArgumentException)
        {
            // Half of a character: there is no such UTF-8.
        }

        line ??= 1;
        return null;
    }

    /// <summary>A rule as the document has it: usually an object. It is not to be changed.</summary>
    /// <param name="index">From 0.</param>
    public JsonNode? Rule(int index) => index >= 0 && index < Count ? Rules![index] : null;

    /// <summary>The text of a rule; empty when there is none.</summary>
    /// <param name="index">From 0.</param>
    public string RuleText(int index) => PartOf(index) is { } part ? Text[part.Start..part.End] : "";

    /// <summary>The first and the last line of a rule, from 1; 0 and 0 when there is none.</summary>
    /// <param name="index">From 0.</param>
    public (int First, int Last) LinesOf(int index) => PartOf(index) is { } part ? (LineAt(part.Start), LineAt(part.End)) : default;

    /// <summary>The line, from 1, on which something stands; of what does not exist, the line of the innermost that it would lie in.</summary>
    /// <param name="path">A path as mistakes and warnings have it, such as <c>$.rules[3].then.queue</c>.</param>
    public int LineOf(string path) => LineAt(Find(path).NameStart);

    /// <summary>The document with a change.</summary>
    /// <param name="change">Changes a copy of the whole.</param>
    public RuleDocument With(Action<JsonObject> change)
    {
        var changed = (JsonObject)root.DeepClone();
        change(changed);
        return JsonNode.DeepEquals(root, changed) ? this : new RuleDocument(new JsonText(Text, Whole).With(root, changed), changed);
    }

    /// <summary>The document with other rules.</summary>
    /// <param name="change">Changes a copy of the list of rules.</param>
    public RuleDocument WithRules(Action<JsonArray> change) => With(changed =>
    {
        if (changed["rules"] is not JsonArray rules)
            changed["rules"] = rules = [];
        change(rules);
    });

    /// <summary>The number of the rule that a mistake or a warning is about, from 0; null when it is about none.</summary>
    /// <param name="path">Its path.</param>
    public static int? RuleOf(string path) =>
        RulePath().Match(path) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private int LineAt(int at) => Text.AsSpan(0, at).Count('\n') + 1;

    private JsonPart? PartOf(int rule) => rule >= 0 && rule < Count ? Find(string.Create(CultureInfo.InvariantCulture, $"$.rules[{rule}]")) : null;

    private JsonPart Find(string path)
    {
        var part = Whole;
        foreach (var step in PathStep().Matches(path).Select(m => m))
        {
            var next = step.Groups["index"] is { Success: true } index
                ? int.TryParse(index.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? part.Parts.ElementAtOrDefault(i) : null
                : part.Parts.Find(p => p.Name == step.Groups["name"].Value);
            if (next is null)
                break;
            part = next;
        }

        return part;
    }

    [GeneratedRegex(@"^\$\.rules\[(\d{1,6})\]")]
    private static partial Regex RulePath();

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]|\['(?<name>[^']*)'\]")]
    private static partial Regex PathStep();
}
