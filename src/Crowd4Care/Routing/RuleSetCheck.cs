using System.Globalization;
using System.Text.Json;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>Reads and validates rule set documents: every mistake with its path and what would be right.</summary>
public static class RuleSetCheck
{
    /// <summary>Most rules in a set.</summary>
    public const int MostRules = 1000;

    private const int DeepestCondition = 20;

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

        if (rules is null)
            return new RuleSetReading(null, [new RuleSetMistake("$", "a rule set is expected, not null")]);

        var mistakes = new List<RuleSetMistake>();
        Check(rules, mistakes);
        return new RuleSetReading(mistakes.Count == 0 ? rules : null, mistakes);
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

    private static void Check(RuleSet set, List<RuleSetMistake> mistakes)
    {
        if (set.Rules.Count is 0 or > MostRules)
            mistakes.Add(new("$.rules", string.Create(CultureInfo.InvariantCulture, $"has {set.Rules.Count} rules; 1 to {MostRules} are expected")));

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < set.Rules.Count; i++)
        {
            var rule = set.Rules[i];
            var path = string.Create(CultureInfo.InvariantCulture, $"$.rules[{i}]");
            if (rule is null)
            {
                mistakes.Add(new(path, "is null; a rule is expected"));
                continue;
            }

            if (string.IsNullOrWhiteSpace(rule.Id))
                mistakes.Add(new($"{path}.id", "is empty"));
            else if (!seen.TryAdd(rule.Id, i))
                mistakes.Add(new($"{path}.id", string.Create(CultureInfo.InvariantCulture, $"\"{rule.Id}\" is the id of $.rules[{seen[rule.Id]}] already")));
            if (rule.When is not null)
                CheckCondition(rule.When, $"{path}.when", 0, mistakes);
            CheckAction(rule.Then, $"{path}.then", mistakes);
        }
    }

    private static void CheckCondition(Condition condition, string path, int depth, List<RuleSetMistake> mistakes)
    {
        if (depth > DeepestCondition)
        {
            mistakes.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"conditions are nested deeper than {DeepestCondition}")));
            return;
        }

        CheckAll(condition.All, $"{path}.all", depth, mistakes);
        CheckAll(condition.Any, $"{path}.any", depth, mistakes);
        if (condition.Not is not null)
            CheckCondition(condition.Not, $"{path}.not", depth + 1, mistakes);
        if (condition.Score is { } score)
        {
            CheckWord(score.Head, $"{path}.score.head", mistakes);
            if (score.Label is not null)
                CheckWord(score.Label, $"{path}.score.label", mistakes);
            else if (score.Unsure is null || score.AtLeast is not null || score.Below is not null)
                mistakes.Add(new($"{path}.score", "has no label"));
            CheckRange(score.AtLeast, 0, 1, $"{path}.score.atLeast", mistakes);
            CheckRange(score.Below, 0, 1, $"{path}.score.below", mistakes);
        }

        CheckWords(condition.Language, $"{path}.language", mistakes);
        CheckWords(condition.Network, $"{path}.network", mistakes);
        CheckWords(condition.Author?.Handles, $"{path}.author.handles", mistakes);
        CheckRange(condition.Author?.FollowersAtLeast, 0, int.MaxValue, $"{path}.author.followersAtLeast", mistakes);
        CheckWords(condition.Text?.ContainsAny, $"{path}.text.containsAny", mistakes);
        CheckWords(condition.Text?.ContainsAll, $"{path}.text.containsAll", mistakes);
        if (condition.Text?.Matches is { } pattern && TextPattern.Mistake(pattern) is { } mistake)
            mistakes.Add(new($"{path}.text.matches", mistake));
    }

    private static void CheckAll(IReadOnlyList<Condition>? conditions, string path, int depth, List<RuleSetMistake> mistakes)
    {
        if (conditions is { Count: 0 })
            mistakes.Add(new(path, "is empty; at least one condition is expected"));
        for (var i = 0; i < conditions?.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (conditions[i] is null)
                mistakes.Add(new(at, "is null; a condition is expected"));
            else
                CheckCondition(conditions[i], at, depth + 1, mistakes);
        }
    }

    private static void CheckAction(RuleAction action, string path, List<RuleSetMistake> mistakes)
    {
        CheckRange(action.Priority, -1000, 1000, $"{path}.priority", mistakes);
        CheckRange(action.DueMinutes, 1, 60 * 24 * 30, $"{path}.dueMinutes", mistakes);
        CheckRange(action.Trust, 0, 4, $"{path}.trust", mistakes);
        CheckRange(action.OfferMinutes, 0.01, 60 * 24, $"{path}.offerMinutes", mistakes);
        CheckRange(action.OverflowMinutes, 0, 60 * 24 * 30, $"{path}.overflowMinutes", mistakes);
        if (action.Queue is not null)
            CheckWord(action.Queue, $"{path}.queue", mistakes);
        for (var i = 0; i < action.Skills?.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.skills[{i}]");
            if (action.Skills[i] is not { } required)
            {
                mistakes.Add(new(at, "is null; a skill is expected"));
                continue;
            }

            if (required.Skill != RuleEvaluator.OwnTopic && !Skill.IsValid(required.Skill))
                mistakes.Add(new($"{at}.skill", $"\"{required.Skill}\" is not a skill; write kind:value in lower case, such as product:router-x, or {RuleEvaluator.OwnTopic}"));
            CheckRange(required.AtLeast, 0, 1, $"{at}.atLeast", mistakes);
        }

        CheckFits(action, path, mistakes);
    }

    // A property that does nothing with this action is a misunderstanding that would otherwise stay unseen.
    private static void CheckFits(RuleAction action, string path, List<RuleSetMistake> mistakes)
    {
        void Only(bool given, string property, params ReadOnlySpan<RuleActionKind> kinds)
        {
            if (given && !kinds.Contains(action.Action))
                mistakes.Add(new($"{path}.{property}", $"means nothing with the action {JsonNamingPolicy.CamelCase.ConvertName(action.Action.ToString())}"));
        }

        Only(action.Queue is not null, "queue", RuleActionKind.Escalate, RuleActionKind.Offer);
        Only(action.DueMinutes is not null, "dueMinutes", RuleActionKind.Escalate);
        Only(action.Skills is not null, "skills", RuleActionKind.Offer);
        Only(action.Language is not null, "language", RuleActionKind.Offer);
        Only(action.Trust != 0, "trust", RuleActionKind.Offer);
        Only(action.OfferMinutes is not null, "offerMinutes", RuleActionKind.Offer);
        Only(action.OverflowMinutes is not null, "overflowMinutes", RuleActionKind.Offer);
        Only(action.Reason is not null, "reason", RuleActionKind.Ignore);
    }

    private static void CheckWords(IReadOnlyList<string>? words, string path, List<RuleSetMistake> mistakes)
    {
        if (words is { Count: 0 })
            mistakes.Add(new(path, "is empty; at least one is expected"));
        for (var i = 0; i < words?.Count; i++)
            CheckWord(words[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), mistakes);
    }

    private static void CheckWord(string? word, string path, List<RuleSetMistake> mistakes)
    {
        if (string.IsNullOrWhiteSpace(word))
            mistakes.Add(new(path, "is empty"));
        else if (word.Length > 500)
            mistakes.Add(new(path, "is longer than 500 characters"));
    }

    private static void CheckRange(double? value, double least, double most, string path, List<RuleSetMistake> mistakes)
    {
        if (value is { } number && !(number >= least && number <= most))
            mistakes.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"is {number}; {least} to {most} is expected")));
    }
}

/// <summary>A rule set, or what is wrong with the document.</summary>
/// <param name="RuleSet">Null when there are mistakes.</param>
/// <param name="Mistakes">All that were found.</param>
public sealed record RuleSetReading(RuleSet? RuleSet, IReadOnlyList<RuleSetMistake> Mistakes);

/// <summary>A mistake in a rule set document.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record RuleSetMistake(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
