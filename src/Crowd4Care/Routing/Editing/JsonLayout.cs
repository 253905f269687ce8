using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>How a document is laid out, found in its text, so that what is added looks like what is there.</summary>
internal sealed class JsonLayout
{
    /// <summary>What fits into so many characters stays on a line, where the document has such lines.</summary>
    public const int MostOnALine = 120;

    private readonly string unit;
    private readonly bool isOneLine;
    private readonly bool isCompact;

    private JsonLayout(string unit, bool isOneLine, bool isCompact) => (this.unit, this.isOneLine, this.isCompact) = (unit, isOneLine, isCompact);

    /// <summary>The layout of a document.</summary>
    public static JsonLayout Of(string text, JsonPart whole)
    {
        var indented = text.Split('\n').FirstOrDefault(line => line.Length > 0 && line[0] is ' ' or '\t' && !string.IsNullOrWhiteSpace(line));
        var unit = indented is null ? "  " : indented[..^indented.TrimStart().Length];
        return new JsonLayout(unit, !text.AsSpan(whole.Start, whole.End - whole.Start).Contains('\n'), HasShort(text, whole));
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">What the line on which it begins is indented by.</param>
    /// <param name="isBroken">Whether it takes several lines even when it is short, as its neighbours do.</param>
    /// <param name="taken">Characters of the line that are taken already, beside the indentation.</param>
    public string Write(JsonNode? value, string indent, bool isBroken = false, int taken = 0)
    {
        if (value is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
            return Scalar(value);

        var line = OnALine(value);
        if (isOneLine || isCompact && !isBroken && indent.Length + taken + line.Length <= MostOnALine)
            return line;

        var inner = indent + unit;
        return value is JsonObject members
            ? $"{{\n{string.Join(",\n", members.Select(m => inner + Member(m.Key, m.Value, inner)))}\n{indent}}}"
            : $"[\n{string.Join(",\n", value.AsArray().Select(item => inner + Write(item, inner)))}\n{indent}]";
    }

    /// <summary>Writes a member.</summary>
    public string Member(string name, JsonNode? value, string indent)
    {
        var start = $"{Scalar(name)}: ";
        return start + Write(value, indent, taken: start.Length);
    }

    /// <summary>One step further in than a line.</summary>
    public string Inside(string indent) => indent + unit;

    private static string Scalar(JsonNode? value) => value is null ? "null" : value.ToJsonString(RuleSet.Json);

    private static string OnALine(JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } members => $"{{ {string.Join(", ", members.Select(m => $"{Scalar(m.Key)}: {OnALine(m.Value)}"))} }}",
        JsonArray { Count: > 0 } items => $"[{string.Join(", ", items.Select(OnALine))}]",
        _ => Scalar(value),
    };

    private static bool HasShort(string text, JsonPart part) =>
        part.Parts.Count > 0 && (!text.AsSpan(part.Start, part.End - part.Start).Contains('\n') || part.Parts.Exists(p => HasShort(text, p)));
}
