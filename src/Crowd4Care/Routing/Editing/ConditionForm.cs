using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>The fields of conditions: beside the place of a row, what is asked of it.</summary>
public static class ConditionForm
{
    /// <summary>Of a score: <c>head|label</c>.</summary>
    public const string Answer = "answer";

    /// <summary>Of a score: <see cref="Likeliest"/>, atLeast, below or <see cref="Between"/>.</summary>
    public const string How = "how";

    /// <summary>Of a score: it is the most probable answer.</summary>
    public const string Likeliest = "likeliest";

    /// <summary>Of a score: its probability has both limits.</summary>
    public const string Between = "between";

    /// <summary>Of a row: true when it must hold, false when it must not.</summary>
    public const string Holds = "holds";

    /// <summary>Of a group: all or any.</summary>
    public const string Join = "join";

    /// <summary>Of a group: the key of the part to add.</summary>
    public const string What = "what";

    /// <summary>The limits of a score's probability, in percent.</summary>
    public static IReadOnlyList<FormField> Limits { get; } = [new("atLeast", FieldKind.Percent, RuleLimits.Share), new("below", FieldKind.Percent, RuleLimits.Share)];

    private const double UsualLimit = 0.7;

    /// <summary>The name of a field.</summary>
    /// <param name="place">The place of a row or a group.</param>
    /// <param name="name">Which of its fields.</param>
    public static string Field(string place, string name) => JsonPointer.At(place, name);

    /// <summary>How a score is compared now.</summary>
    public static string HowOf(JsonNode? score) => (score?["atLeast"], score?["below"]) switch
    {
        (null, null) => Likeliest,
        (_, null) => "atLeast",
        (null, _) => "below",
        _ => Between,
    };

    /// <summary>The answer of a score as its field has it.</summary>
    public static string AnswerOf(JsonNode? score) => $"{score?["head"]}|{score?["label"]}";

    /// <summary>Writes what was posted into a rule. Values first, then from the last to the first what moves something, so that places stay true until they are used.</summary>
    internal static void Apply(JsonObject rule, ConditionNode node, PostedFields posted)
    {
        foreach (var row in node.Rows.Where(row => row.Part is not null))
            Write(rule, row, posted);
        ApplyMoves(rule, node, posted);
    }

    private static void ApplyMoves(JsonObject rule, ConditionNode node, PostedFields posted)
    {
        foreach (var child in (node as ConditionGroup)?.Children.Reverse() ?? [])
            ApplyMoves(rule, child, posted);
        if (node is ConditionRow { Part: not null } row && posted[Field(row.Place, Holds)] is { } holds)
            ConditionEdits.Deny(rule, row with { Value = JsonPointer.Find(rule, row.Place) }, holds == "false");
        // Its children may have moved meanwhile.
        if (node is ConditionGroup group && posted[Field(group.Place, Join)] is { } join && group.IsAny != (join == "any"))
            ConditionEdits.Join(rule, Again(ConditionNode.Of(rule), group), join == "any");
    }

    private static ConditionGroup Again(ConditionNode node, ConditionGroup group) =>
        node is not ConditionGroup same ? group
        : same.Place == group.Place ? same
        : same.Children.Select(child => Again(child, group)).FirstOrDefault(found => !ReferenceEquals(found, group)) ?? group;

    private static void Write(JsonObject rule, ConditionRow row, PostedFields posted)
    {
        if (row.Part!.Kind == ConditionKind.Score)
            WriteScore((JsonObject)JsonPointer.Find(rule, row.Place)!, row.Place, posted);
        else if (posted.All(row.Place) is { } written && Value(row, written) is { } value && JsonPointer.Last(rule, row.Place) is (JsonObject holder, var name))
            holder[name] = value;
    }

    // Null where nothing changed, or nothing that could be meant was written.
    private static JsonNode? Value(ConditionRow row, IReadOnlyList<string> written)
    {
        JsonNode? value = row.Part!.Kind switch
        {
            ConditionKind.YesNo => written[0] == "true",
            ConditionKind.Number => FormField.ToNumber(written[0]),
            ConditionKind.Words => FormField.Words(written),
            ConditionKind.Phrases => FormField.Words(written[0].Split('\n')),
            _ => written[0].Trim(),
        };
        return JsonNode.DeepEquals(value, row.Value) ? null : value;
    }

    private static void WriteScore(JsonObject score, string at, PostedFields posted)
    {
        if (posted[Field(at, Answer)] is { } answer && answer != AnswerOf(score) && answer.Split('|') is [{ Length: > 0 } head, var label])
        {
            score["head"] = head;
            if (label.Length > 0)
                score["label"] = label;
            else
                score.Remove("label");
        }

        if (posted[Field(at, "unsure")] is { } unsure && unsure != Unsure(score))
        {
            if (unsure.Length == 0)
                score.Remove("unsure");
            else
                score["unsure"] = unsure == "true";
        }

        if (posted[Field(at, How)] is not { } how)
            return;

        foreach (var limit in Limits)
        {
            if (how != limit.Name && how != Between)
                score.Remove(limit.Name);
            else if (posted[Field(at, limit.Name)] is { } written && !string.IsNullOrWhiteSpace(written))
                limit.Write(score, written);
            else if (!score.ContainsKey(limit.Name))
                score[limit.Name] = limit.Name == "below" && how == Between ? 1 : UsualLimit;
        }
    }

    /// <summary>Whether a score asks for an unsure head: empty for no matter.</summary>
    public static string Unsure(JsonNode? score) => score?["unsure"]?.GetValue<bool>() switch { true => "true", false => "false", null => "" };
}
