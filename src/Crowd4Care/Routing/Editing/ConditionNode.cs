using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>A condition as people read it: rows, joined by "all" or "any", and groups in groups. How a document says it may differ: what must all hold may be
/// members of one object, elements of <c>all</c>, or both.</summary>
/// <param name="Place">Where it is in the rule, as RFC 6901 has it; of a group of alternatives, where its list is.</param>
/// <param name="IsDenied">Whether it must not hold.</param>
public abstract record ConditionNode(string Place, bool IsDenied)
{
    /// <summary>The condition of a rule.</summary>
    public static ConditionGroup Of(JsonNode? rule)
    {
        var when = (rule as JsonObject)?["when"];
        var children = when is JsonObject condition ? ChildrenOf(condition, Root) : when is null ? [] : [Unknown(when, Root)];
        return children is [ConditionGroup { IsDenied: false } only] ? only : new ConditionGroup(Root, IsAny: false, children);
    }

    /// <summary>Where a rule's condition is.</summary>
    public const string Root = "/when";

    /// <summary>All rows, of groups in groups too.</summary>
    public IEnumerable<ConditionRow> Rows => this switch
    {
        ConditionRow row => [row],
        ConditionGroup group => group.Children.SelectMany(child => child.Rows),
        _ => [],
    };

    // All of these must hold.
    private static List<ConditionNode> ChildrenOf(JsonObject condition, string at) =>
        [.. condition.SelectMany(member => ChildrenOf(member.Key, member.Value, JsonPointer.At(at, member.Key)))];

    private static IEnumerable<ConditionNode> ChildrenOf(string name, JsonNode? value, string at) => (name, value) switch
    {
        ("all", JsonArray all) => all.SelectMany((element, i) => element is JsonObject one ? ChildrenOf(one, JsonPointer.At(at, i)) : [Unknown(element, JsonPointer.At(at, i))]),
        ("any", JsonArray any) => [new ConditionGroup(at, IsAny: true, [.. any.Select((element, i) => One(element, JsonPointer.At(at, i)))])],
        ("not", JsonObject) => [Denied(One(value, at))],
        (_, JsonObject holder) when ConditionPart.IsHolder(name) => holder.Select(member => Row($"{name}.{member.Key}", member.Value, JsonPointer.At(at, member.Key))),
        _ => [Row(name, value, at)],
    };

    private static ConditionNode One(JsonNode? condition, string at) => condition is not JsonObject parts ? Unknown(condition, at)
        : ChildrenOf(parts, at) is [{ IsDenied: false } only] ? only
        : ChildrenOf(parts, at) is [{ } denied] && !at.EndsWith("/not", StringComparison.Ordinal) ? denied
        : new ConditionGroup(at, IsAny: false, ChildrenOf(parts, at));

    private static ConditionNode Denied(ConditionNode node) => node with { IsDenied = true };

    private static ConditionRow Row(string key, JsonNode? value, string at) => ConditionPart.Find(key) is { } part && part.CanShow(value) ? new ConditionRow(at, part, value) : Unknown(value, at);

    private static ConditionRow Unknown(JsonNode? value, string at) => new(at, null, value);
}

/// <summary>One thing that is asked.</summary>
/// <param name="Place">Where its value is.</param>
/// <param name="Part">What is asked; null when forms can't show it.</param>
/// <param name="Value">The value as the document has it.</param>
/// <param name="IsDenied">Whether it must not hold.</param>
public sealed record ConditionRow(string Place, ConditionPart? Part, JsonNode? Value, bool IsDenied = false) : ConditionNode(Place, IsDenied)
{
    /// <summary>Where the condition is that it is a part of.</summary>
    internal string Holder
    {
        get
        {
            var parent = JsonPointer.Parent(Place);
            return Part?.Key.Contains('.') == true ? JsonPointer.Parent(parent) : parent;
        }
    }
}

/// <summary>Conditions that hold together.</summary>
/// <param name="Place">Where the condition is; of alternatives, where their list is.</param>
/// <param name="IsAny">Whether one of them is enough.</param>
/// <param name="Children">What it has.</param>
/// <param name="IsDenied">Whether it must not hold.</param>
public sealed record ConditionGroup(string Place, bool IsAny, IReadOnlyList<ConditionNode> Children, bool IsDenied = false) : ConditionNode(Place, IsDenied);
