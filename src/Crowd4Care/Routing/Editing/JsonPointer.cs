using System.Globalization;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>Places in a JSON value, written as RFC 6901 has them: <c>/when/all/0/score</c>.</summary>
internal static class JsonPointer
{
    /// <summary>The place of a member.</summary>
    public static string At(string pointer, string name) => $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The place of an element.</summary>
    public static string At(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>The value at a place; null when there is none.</summary>
    public static JsonNode? Find(JsonNode? from, string pointer) => Names(pointer).Aggregate(from, Step);

    /// <summary>The value that a place lies in, and its name there.</summary>
    public static (JsonNode? Parent, string Name) Last(JsonNode? from, string pointer)
    {
        var cut = Math.Max(0, pointer.LastIndexOf('/'));
        return (Find(from, pointer[..cut]), Names(pointer[cut..]).LastOrDefault(""));
    }

    /// <summary>The place that another lies in; empty for the whole.</summary>
    public static string Parent(string pointer) => pointer[..Math.Max(0, pointer.LastIndexOf('/'))];

    /// <summary>Takes a value away, and whatever was nothing but this value.</summary>
    /// <param name="from">The value that has it.</param>
    /// <param name="pointer">Where.</param>
    /// <param name="keep">Places that stay even when nothing is left in them.</param>
    public static void Remove(JsonNode from, string pointer, params ReadOnlySpan<string> keep)
    {
        for (; pointer.Length > 0; pointer = Parent(pointer))
        {
            var (parent, name) = Last(from, pointer);
            if (parent is JsonObject members)
                members.Remove(name);
            else if (parent is JsonArray items && Index(name) is { } index && index < items.Count)
                items.RemoveAt(index);
            if (parent is not (JsonObject { Count: 0 } or JsonArray { Count: 0 }) || keep.Contains(Parent(pointer)))
                return;
        }
    }

    private static IEnumerable<string> Names(string pointer) =>
        pointer.Split('/').Skip(1).Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static JsonNode? Step(JsonNode? from, string name) => from switch
    {
        JsonObject members => members[name],
        JsonArray items when Index(name) is { } index && index < items.Count => items[index],
        _ => null,
    };

    private static int? Index(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
