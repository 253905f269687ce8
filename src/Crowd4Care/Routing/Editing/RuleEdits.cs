using System.Globalization;
using System.Text.Json.Nodes;

namespace Crowd4Care.Routing.Editing;

/// <summary>What can be done with whole rules of a document. Pure.</summary>
public static class RuleEdits
{
    /// <summary>Moves a rule by one place.</summary>
    /// <param name="document">The document.</param>
    /// <param name="index">Which rule, from 0.</param>
    /// <param name="by">−1 for up, 1 for down.</param>
    public static RuleDocument Move(this RuleDocument document, int index, int by) =>
        document.Rule(index) is null || index + by < 0 || index + by >= document.Count ? document : document.WithRules(rules =>
        {
            var rule = rules[index];
            rules.RemoveAt(index);
            rules.Insert(index + by, rule);
        });

    /// <summary>Puts a copy behind a rule, under a name that no other has.</summary>
    public static RuleDocument Copy(this RuleDocument document, int index) => document.Rule(index) is not { } rule ? document : document.WithRules(rules =>
    {
        var copy = rule.DeepClone();
        if (copy is JsonObject members)
            members["id"] = FreeName(rules, TextOf(members["id"]) is { Length: > 0 } name ? name : "rule");
        rules.Insert(index + 1, copy);
    });

    /// <summary>Takes a rule away.</summary>
    public static RuleDocument Remove(this RuleDocument document, int index) =>
        document.Rule(index) is null ? document : document.WithRules(rules => rules.RemoveAt(index));

    /// <summary>Adds a rule that says nothing yet: before the rules at the end that take everything, because behind them it would never be reached.</summary>
    /// <returns>The document, and where the rule is.</returns>
    public static (RuleDocument Document, int Index) Add(this RuleDocument document)
    {
        var index = document.Count;
        while (index > 0 && TakesAll(document.Rule(index - 1)))
            index--;
        return (document.WithRules(rules => rules.Insert(index, new JsonObject
        {
            ["id"] = FreeName(rules, "rule"),
            ["when"] = new JsonObject { ["all"] = new JsonArray() },
            ["then"] = new JsonObject { ["action"] = "escalate" },
        })), index);
    }

    /// <summary>Puts another rule in the place of one.</summary>
    public static RuleDocument Replace(this RuleDocument document, int index, JsonNode rule) =>
        document.Rule(index) is null ? document : document.WithRules(rules => rules[index] = rule.DeepClone());

    private static bool TakesAll(JsonNode? rule) =>
        rule is JsonObject members && members["when"] is null && members["then"] is JsonObject then && TextOf(then["action"]) is "offer" or "escalate" or "ignore";

    private static string FreeName(JsonArray rules, string like)
    {
        var taken = rules.Select(r => TextOf((r as JsonObject)?["id"])).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(2, rules.Count + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{like}-{i}"))
            .Prepend(like).First(name => !taken.Contains(name));
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
