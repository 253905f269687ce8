using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>How a member of a document is written in a form.</summary>
public enum FieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A number from 0 to 1, shown in percent.</summary>
    Percent,

    /// <summary>True or false; what holds when it is left out is not written.</summary>
    YesNo,

    /// <summary>Words, with commas between them.</summary>
    Words,
}

/// <summary>A member that a form shows as one field.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Limits">What a number may be.</param>
/// <param name="Usual">For true or false, what holds when it is left out.</param>
public sealed record FormField(string Name, FieldKind Kind, NumberRange Limits = default, bool Usual = false)
{
    /// <summary>What the field shows: empty for what is not there; null for what this field can't show.</summary>
    public string? Shown(JsonNode? value) => (Kind, value) switch
    {
        (FieldKind.YesNo, null) => Usual ? "true" : "false",
        (_, null) => "",
        (FieldKind.Text, JsonValue) when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        (FieldKind.Number, JsonValue) when Number(value) is { } number => Text(number),
        (FieldKind.Percent, JsonValue) when Number(value) is { } share => Text(share * 100),
        (FieldKind.YesNo, JsonValue) when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>() ? "true" : "false",
        (FieldKind.Words, JsonArray words) when words.All(w => w?.GetValueKind() == JsonValueKind.String) => string.Join(", ", words.Select(w => w!.GetValue<string>())),
        _ => null,
    };

    /// <summary>Writes what somebody wrote into the field, unless it is what the field showed or nothing that it can be.</summary>
    /// <param name="holder">What has the member.</param>
    /// <param name="written">The text of the field.</param>
    internal void Write(JsonObject holder, string written)
    {
        written = written.Trim();
        if (Shown(holder[Name]) is not { } shown || written == shown)
            return;

        if (written.Length == 0 || Kind == FieldKind.YesNo && written == Shown(null))
            holder.Remove(Name);
        else if (Value(written) is { } value)
            holder[Name] = value;
    }

    /// <summary>A number as it is written; null for what is none.</summary>
    internal static JsonValue? ToNumber(string written, decimal of = 1) =>
        decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(Plain(number / of)) : null;

    private JsonNode? Value(string written) => Kind switch
    {
        FieldKind.Number => ToNumber(written),
        FieldKind.Percent => ToNumber(written, 100),
        FieldKind.YesNo => written == "true",
        FieldKind.Words => Words(written.Split(',')),
        _ => written,
    };

    internal static JsonArray Words(IEnumerable<string> words) =>
        new([.. words.Select(w => w.Trim()).Where(w => w.Length > 0).Select(w => (JsonNode)w)]);

    private static decimal? Number(JsonNode value) => value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(decimal number) => Plain(number).ToString(CultureInfo.InvariantCulture);

    // Without zeros at the end.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;
}
