using System.Globalization;
using System.Text.Json;

namespace Crowd4Care.Routing;

/// <summary>Reads and validates rule set documents: every mistake with its path and what would be right.</summary>
public static class RuleSetCheck
{
    /// <summary>Most rules in a set.</summary>
    public const int MostRules = 1000;

    /// <summary>Reads a document; the rule set is null when there are mistakes.</summary>
    public static RuleSetReading Read(string json)
    {
        RuleSet? rules;
        try
        {
            rules = JsonSerializer.Deserialize<RuleSet>(json, RuleSet.Json);
        }
        catch (JsonException e)
        {
            return new RuleSetReading(null, [new RuleSetMistake(e.Path ?? "$", Explain(e))]);
        }
        catch (ArgumentException)
        {
            return new RuleSetReading(null, [new RuleSetMistake("$", "has half of a character (a surrogate without its other half)")]);
        }

        if (rules is null)
            return new RuleSetReading(null, [new RuleSetMistake("$", "a rule set is expected, not null")]);

        var mistakes = new MistakeList();
        Check(rules, mistakes);
        return new RuleSetReading(mistakes.Found.Count == 0 ? rules : null, mistakes.Found);
    }

    private static string Explain(JsonException e)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
        var name = e.Path?[(e.Path.LastIndexOf('.') + 1)..];
        return e.Message switch
        {
            var m when m.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) =>
                $"there is no property of this name here ({place})",
            var m when m.Contains("could not be converted", StringComparison.Ordinal) && name == "action" =>
                $"is not an action; {string.Join(", ", Enum.GetNames<RuleActionKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))} are known ({place})",
            var m when m.Contains("could not be converted", StringComparison.Ordinal) =>
                $"has a value of the wrong kind ({place})",
            var m when m.Contains("doesn't allow setting null values", StringComparison.Ordinal) => $"is null; a value is expected ({place})",
            var m when m.Contains("missing required properties", StringComparison.Ordinal) =>
                $"lacks {m[(m.LastIndexOf(':') + 1)..].Trim().TrimEnd('.')} ({place})",
            var m => $"is not JSON: {m.Split(" Path: ")[0].Split(" LineNumber: ")[0]} ({place})",
        };
    }

    private static void Check(RuleSet set, MistakeList mistakes)
    {
        new NamesCheck(mistakes).Check(set);
        if (set.Matching is { } policy)
            PolicyCheck.Check(policy, mistakes);
        if (set.Priority is { } priority)
            PolicyCheck.Check(priority, mistakes);
        if (set.Rules.Count is 0 or > MostRules)
            mistakes.Add("$.rules", string.Create(CultureInfo.InvariantCulture, $"has {set.Rules.Count} rules; 1 to {MostRules} are expected"));

        var conditions = new ConditionCheck(set, mistakes);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < set.Rules.Count; i++)
        {
            var rule = set.Rules[i];
            var path = MistakeList.At("$.rules", i);
            if (rule is null)
            {
                mistakes.Add(path, "is null; a rule is expected");
                continue;
            }

            if (string.IsNullOrWhiteSpace(rule.Id))
                mistakes.Add($"{path}.id", "is empty");
            else if (!seen.TryAdd(rule.Id, i))
                mistakes.Add($"{path}.id", string.Create(CultureInfo.InvariantCulture, $"\"{rule.Id}\" is the id of $.rules[{seen[rule.Id]}] already"));
            if (rule.When is not null)
                conditions.Check(rule.When, $"{path}.when");
            ActionCheck.Check(rule.Then, $"{path}.then", mistakes);
        }
    }
}
