using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>What was posted by a form, by the names of its fields.</summary>
public sealed class PostedFields(IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
{
    /// <summary>What was written into the first field of a name; null when there is none.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>What was written into all fields of a name; null when there is none.</summary>
    public IReadOnlyList<string>? All(string name) => fields.GetValueOrDefault(name);
}

/// <summary>
/// The fields of a rule's form, and how they become the rule. A field is named for the place that it shows, as RFC 6901 writes it. A field that was not touched
/// changes nothing, and what no field shows stays as it is. Pure.
/// </summary>
public static class RuleForm
{
    /// <summary>The fields of a rule itself.</summary>
    public static IReadOnlyList<FormField> OfRule { get; } = [new("id", FieldKind.Text), new("description", FieldKind.Text)];

    /// <summary>The fields of an action, beside what it does.</summary>
    public static IReadOnlyList<FormField> OfAction { get; } =
    [
        new("queue", FieldKind.Text),
        new("reason", FieldKind.Text),
        new("language", FieldKind.YesNo, Usual: true),
        new("requireApproval", FieldKind.YesNo),
        .. RuleLimits.OfActions.Select(number => new FormField(number.Key, FieldKind.Number, number.Value)),
    ];

    /// <summary>The fields of a row of each list of an action; a row whose first field is empty does not exist.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FormField>> OfLists { get; } = new Dictionary<string, IReadOnlyList<FormField>>
    {
        ["skills"] = [new("skill", FieldKind.Text), new("atLeast", FieldKind.Percent, RuleLimits.Share)],
        ["prefer"] = [new("skill", FieldKind.Text), new("weight", FieldKind.Number, RuleLimits.PreferredWeight)],
        ["relax"] =
        [
            new("afterMinutes", FieldKind.Number, RuleLimits.RelaxMinutes), new("lowerBy", FieldKind.Percent, RuleLimits.Share), new("drop", FieldKind.Words),
            new("anyLanguage", FieldKind.YesNo), new("trust", FieldKind.Number, RuleLimits.Trust),
        ],
    };

    /// <summary>The fields of each object at the top of the document that has nothing but numbers.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FormField>> OfSettings { get; } = new Dictionary<string, IReadOnlyList<FormField>>
    {
        ["priority"] = [.. RuleLimits.OfPriority.Select(n => new FormField(n.Key, FieldKind.Number, n.Value))],
        ["matching"] = [.. RuleLimits.OfMatching.Select(n => new FormField(n.Key, n.Value == RuleLimits.Share ? FieldKind.Percent : FieldKind.Number, n.Value))],
    };

    /// <summary>The name that stands for a row which is not there yet.</summary>
    public const string NewRow = "new";

    /// <summary>The field of what an action does.</summary>
    public const string Action = "/then/action";

    /// <summary>The rule as its form says.</summary>
    /// <param name="rule">The rule that the form showed; it is not changed.</param>
    /// <param name="posted">What was posted.</param>
    public static JsonNode Apply(JsonNode rule, PostedFields posted)
    {
        if (rule.DeepClone() is not JsonObject changed)
            return rule;

        Write(changed, OfRule, "", posted);
        ConditionForm.Apply(changed, ConditionNode.Of(rule), posted);
        if (changed["then"] is JsonObject then)
            Write(then, posted);
        return changed;
    }

    /// <summary>The document as the form of its settings says.</summary>
    /// <param name="root">The whole document, which is changed.</param>
    /// <param name="posted">What was posted.</param>
    public static void ApplySettings(JsonObject root, PostedFields posted)
    {
        Write(root, [new FormField("name", FieldKind.Text)], "", posted);
        foreach (var (name, fields) in OfSettings)
        {
            if (root[name] is not (null or JsonObject))
                continue;

            var settings = root[name] as JsonObject ?? [];
            Write(settings, fields, JsonPointer.At("", name), posted);
            if (settings.Count == 0)
                root.Remove(name);
            else if (settings.Parent is null)
                // Before the rules, which are long.
                root.Insert(root.IndexOf("rules") is >= 0 and var rules ? rules : root.Count, name, settings);
        }
    }

    private static void Write(JsonObject holder, IReadOnlyList<FormField> fields, string at, PostedFields posted)
    {
        foreach (var field in fields)
        {
            if (posted[JsonPointer.At(at, field.Name)] is { } written)
                field.Write(holder, written);
        }
    }

    private static void Write(JsonObject then, PostedFields posted)
    {
        Write(then, OfAction, "/then", posted);
        foreach (var (name, fields) in OfLists)
            WriteRows(then, name, fields, posted);
        if (posted[Action] is not { } written || written == TextOf(then["action"]))
            return;

        then["action"] = written;
        // What means nothing with the new action would be a mistake.
        if (Enum.TryParse<RuleActionKind>(written, ignoreCase: true, out var kind))
        {
            foreach (var (name, _) in then.ToList().Where(member => !RuleLimits.Fits(member.Key, kind)))
                then.Remove(name);
        }
    }

    private static void WriteRows(JsonObject then, string name, IReadOnlyList<FormField> fields, PostedFields posted)
    {
        if (then[name] is not (null or JsonArray))
            return;

        var at = JsonPointer.At("/then", name);
        var rows = then[name] as JsonArray ?? [];
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (rows[i] is not JsonObject row)
                continue;
            if (posted[JsonPointer.At(JsonPointer.At(at, i), fields[0].Name)] is { } first && string.IsNullOrWhiteSpace(first))
                rows.RemoveAt(i);
            else
                Write(row, fields, JsonPointer.At(at, i), posted);
        }

        var added = new JsonObject();
        Write(added, fields, JsonPointer.At(at, NewRow), posted);
        if (added.ContainsKey(fields[0].Name))
            rows.Add((JsonNode)added);
        if (rows.Count == 0)
            then.Remove(name);
        else if (rows.Parent is null)
            then[name] = rows;
    }

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
