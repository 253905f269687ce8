using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>Changes of what a rule's condition is made of. Each changes the rule that it is given, and of it only what it names.</summary>
internal static class ConditionEdits
{
    /// <summary>Adds a part to a group, to be filled in.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="group">Where the group is; that of the rule may not be there yet.</param>
    /// <param name="part">What is asked.</param>
    public static void Add(JsonObject rule, string group, ConditionPart part) => Add(rule, group, part.Empty());

    /// <summary>Adds an empty group to a group: alternatives where all must hold, and the other way round.</summary>
    public static void AddGroup(JsonObject rule, string group) =>
        Add(rule, group, JsonPointer.Find(rule, group) is JsonArray ? new JsonObject { ["all"] = new JsonArray() } : new JsonObject { ["any"] = new JsonArray() });

    /// <summary>Takes a row or a group away, and the lists and conditions that are empty without it.</summary>
    public static void Remove(JsonObject rule, string place) => JsonPointer.Remove(rule, place, "");

    /// <summary>Says that what had to hold must not, or the other way round.</summary>
    public static void Deny(JsonObject rule, ConditionRow row, bool isDenied)
    {
        if (row.IsDenied == isDenied || row.Part is not { } part || row.Value is null)
            return;

        var alone = part.Of(row.Value.DeepClone());
        // A denied row is all that its "not" has, so the condition around it is the one that has the "not".
        var holder = isDenied ? row.Holder : JsonPointer.Parent(row.Holder);
        var condition = (JsonObject)JsonPointer.Find(rule, holder)!;
        var at = condition.IndexOf(isDenied ? part.Key.Split('.')[0] : "not");
        JsonPointer.Remove(rule, row.Place, holder);
        Conjoin(condition, isDenied ? new JsonObject { ["not"] = alone } : alone, at);
    }

    /// <summary>Says whether one of a group is enough or all must hold.</summary>
    public static void Join(JsonObject rule, ConditionGroup group, bool isAny)
    {
        if (group.IsAny == isAny)
            return;

        if (isAny && JsonPointer.Find(rule, group.Place) is JsonObject all)
        {
            var alternatives = new JsonArray([.. group.Children.Select(child => (JsonNode)Alone(rule, child))]);
            all.Clear();
            all["any"] = alternatives;
        }
        else if (!isAny && JsonPointer.Last(rule, group.Place) is (JsonObject condition, _) && condition["any"] is JsonArray any)
        {
            condition.Remove("any");
            if (any.Count == 0)
                ListOf(condition);
            foreach (var element in any.ToList())
            {
                any.Remove(element);
                Conjoin(condition, element as JsonObject ?? new JsonObject { ["all"] = new JsonArray(element) });
            }
        }
    }

    private static void Add(JsonObject rule, string group, JsonObject condition)
    {
        switch (JsonPointer.Find(rule, group))
        {
            case JsonArray any:
                any.Add((JsonNode)condition);
                break;
            case JsonObject all:
                Conjoin(all, condition);
                break;
            case null when group == ConditionNode.Root:
                // Before what is done, as people read it.
                rule.Remove("when");
                rule.Insert(rule.IndexOf("then") is >= 0 and var then ? then : rule.Count, "when", condition);
                break;
        }
    }

    // What a node says, as a condition of its own.
    private static JsonObject Alone(JsonObject rule, ConditionNode node)
    {
        var value = JsonPointer.Find(rule, node.Place)?.DeepClone();
        var condition = node switch
        {
            ConditionRow { Part: { } part } => part.Of(value),
            ConditionGroup { IsAny: true } => new JsonObject { ["any"] = value },
            ConditionGroup => (JsonObject)value!,
            _ => Unknown(rule, node.Place, value),
        };
        return node.IsDenied ? new JsonObject { ["not"] = condition } : condition;
    }

    // Nothing is known of it but where it stands: it stays under the same names.
    private static JsonObject Unknown(JsonObject rule, string place, JsonNode? value)
    {
        var (parent, name) = JsonPointer.Last(rule, place);
        if (parent is not JsonObject)
            return new JsonObject { ["all"] = new JsonArray(value) };

        var member = new JsonObject { [name] = value };
        var (above, holder) = JsonPointer.Last(rule, JsonPointer.Parent(place));
        return above is JsonObject && ConditionPart.IsHolder(holder) ? new JsonObject { [holder] = member } : member;
    }

    // Both must hold. A member that is free is taken; what has its like already goes to the list.
    private static void Conjoin(JsonObject condition, JsonObject other, int at = int.MaxValue)
    {
        if (condition["all"] is JsonArray { Count: 0 })
            condition.Remove("all");
        foreach (var (name, value) in other.ToList())
        {
            other.Remove(name);
            if (name == "all" && condition["all"] is JsonArray list && value is JsonArray more)
                MoveAll(more, list);
            else if (!condition.ContainsKey(name))
                condition.Insert(Math.Min(at, condition.Count), name, value);
            else if (ConditionPart.IsHolder(name) && condition[name] is JsonObject held && value is JsonObject members && !members.Any(m => held.ContainsKey(m.Key)))
                MoveAll(members, held);
            else
                ListOf(condition).Add((JsonNode)new JsonObject { [name] = value });
        }
    }

    private static JsonArray ListOf(JsonObject condition)
    {
        if (condition["all"] is not JsonArray list)
            condition["all"] = list = [];
        return list;
    }

    private static void MoveAll(JsonArray from, JsonArray to)
    {
        foreach (var element in from.ToList())
        {
            from.Remove(element);
            to.Add(element);
        }
    }

    private static void MoveAll(JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            to[name] = value;
        }
    }
}
