using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>What a part of a condition asks for, which says how it is written.</summary>
public enum ConditionKind
{
    /// <summary>A head, an answer and its probability.</summary>
    Score,

    /// <summary>True or false.</summary>
    YesNo,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of several words.</summary>
    Words,

    /// <summary>Phrases, which may have spaces and commas.</summary>
    Phrases,

    /// <summary>The name of a list or a calendar of the document.</summary>
    Name,

    /// <summary>A regular expression.</summary>
    Pattern,
}

/// <summary>A part of a condition that forms can show: what a rule may ask of a mention. Everything of it is in the table <see cref="All"/>.</summary>
/// <param name="Key">Its place in a condition, such as <c>author.followersAtLeast</c>.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Limits">For a number, what it may be.</param>
/// <param name="Names">For a name, the member at the top of the document that has the names.</param>
public sealed record ConditionPart(string Key, ConditionKind Kind, NumberRange Limits = default, string? Names = null)
{
    /// <summary>All of them, as people are offered them.</summary>
    public static IReadOnlyList<ConditionPart> All { get; } =
    [
        new("score", ConditionKind.Score),
        new("language", ConditionKind.Words),
        new("network", ConditionKind.Words),
        new("text.containsAny", ConditionKind.Phrases),
        new("text.containsAll", ConditionKind.Phrases),
        new("text.matches", ConditionKind.Pattern),
        new("author.followersAtLeast", ConditionKind.Number, RuleLimits.Followers),
        new("author.contactedBefore", ConditionKind.YesNo),
        new("author.verified", ConditionKind.YesNo),
        new("author.bot", ConditionKind.YesNo),
        new("author.handles", ConditionKind.Phrases),
        new("author.list", ConditionKind.Name, Names: "lists"),
        new("conversation.reopened", ConditionKind.YesNo),
        new("conversation.turnsAtLeast", ConditionKind.Number, RuleLimits.Turns),
        new("conversation.turnsBelow", ConditionKind.Number, RuleLimits.Turns),
        new("time.within", ConditionKind.Name, Names: "calendars"),
        new("time.outside", ConditionKind.Name, Names: "calendars"),
        new("reply", ConditionKind.YesNo),
        new("repost", ConditionKind.YesNo),
        new("ownPost", ConditionKind.YesNo),
    ];

    private static readonly Dictionary<string, ConditionPart> ByKey = All.ToDictionary(p => p.Key);

    /// <summary>The members of a condition that have parts of their own.</summary>
    private static readonly HashSet<string> Holders = [.. All.Where(p => p.Key.Contains('.')).Select(p => p.Key.Split('.')[0])];

    /// <summary>The part of a key; null for what forms can't show.</summary>
    public static ConditionPart? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>Whether a member of a condition has parts of its own, as <c>author</c> does.</summary>
    public static bool IsHolder(string member) => Holders.Contains(member);

    /// <summary>Whether a value is of the kind that the form writes.</summary>
    public bool CanShow(JsonNode? value) => Kind switch
    {
        ConditionKind.Score => value is JsonObject score && score["head"] is { } head && IsText(head) && score.All(CanShowOfScore),
        ConditionKind.YesNo => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        ConditionKind.Number => value?.GetValueKind() is JsonValueKind.Number,
        ConditionKind.Words or ConditionKind.Phrases => value is JsonArray words && words.All(IsText),
        _ => IsText(value),
    };

    /// <summary>The condition that has this part alone, to be filled in.</summary>
    internal JsonObject Empty() => Of(Kind switch
    {
        ConditionKind.Score => new JsonObject { ["head"] = Contracts.Heads.Anger, ["label"] = Contracts.Heads.Anger, ["atLeast"] = 0.7 },
        ConditionKind.YesNo => true,
        ConditionKind.Number => Key == "author.followersAtLeast" ? 10_000 : 3,
        ConditionKind.Words or ConditionKind.Phrases => new JsonArray(),
        _ => "",
    });

    /// <summary>The condition that has this part alone.</summary>
    internal JsonObject Of(JsonNode? value) => Key.Split('.').Reverse().Aggregate(value, (inner, name) => new JsonObject { [name] = inner })!.AsObject();

    private static bool CanShowOfScore(KeyValuePair<string, JsonNode?> member) => member.Key switch
    {
        "head" or "label" => IsText(member.Value),
        "atLeast" or "below" => member.Value?.GetValueKind() is JsonValueKind.Number,
        "unsure" => member.Value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private static bool IsText(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String;
}
