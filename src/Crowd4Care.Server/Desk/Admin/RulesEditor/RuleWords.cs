using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Routing.Editing;
using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Desk.Admin.RulesEditor;

/// <summary>Rules in plain words.</summary>
internal static class RuleWords
{
    private const int MostWords = 4;

    /// <summary>When a rule matches, as a sentence without its first letter and its full stop.</summary>
    public static string When(ConditionGroup when) => when.Children.Count == 0 && !when.IsAny ? "always" : Group(when, isInner: false);

    /// <summary>What a rule does, as a sentence without its first letter and its full stop.</summary>
    public static string Then(JsonNode? then) => then is not JsonObject members ? "nothing that can be read here" : string.Join(", ", Clauses(members));

    /// <summary>What a part of a condition is called where it is chosen.</summary>
    public static string Part(ConditionPart part) => part.Key switch
    {
        "score" => "Score",
        "language" => "Language",
        "network" => "Network",
        "text.containsAny" => "Text has one of these phrases",
        "text.containsAll" => "Text has all of these phrases",
        "text.matches" => "Text matches an expression",
        "author.followersAtLeast" => "Author’s followers, at least",
        "author.contactedBefore" => "We answered the author before",
        "author.verified" => "Author is verified",
        "author.bot" => "Author is a bot",
        "author.handles" => "Author is one of these",
        "author.list" => "Author is on a list",
        "conversation.reopened" => "Author writes again after an answer",
        "conversation.turnsAtLeast" => "Posts in the conversation, at least",
        "conversation.turnsBelow" => "Posts in the conversation, fewer than",
        "time.within" => "Within the hours of",
        "time.outside" => "Outside the hours of",
        "reply" => "It answers another post",
        "repost" => "It only passes on another’s post",
        "ownPost" => "The brand itself wrote it",
        _ => part.Key,
    };

    /// <summary>What a kind of action is called.</summary>
    public static string Action(string kind) => kind switch
    {
        "offer" => "Offer it to the crowd",
        "escalate" => "Give it to staff",
        "ignore" => "It needs no answer",
        "setPriority" => "Add to the priority, and go on with the next rule",
        "addSkill" => "Ask for more skills, and go on with the next rule",
        _ => kind,
    };

    /// <summary>An answer of a head: <c>anger</c>, or <c>topic billing</c>.</summary>
    public static string Answer(string head, string label) => head == label ? Words.Plain(head) : $"{Words.Plain(head)} {Words.Plain(label)}";

    private static string Group(ConditionGroup group, bool isInner)
    {
        var parts = group.Children.Select(child => child switch
        {
            ConditionRow row => Row(row),
            ConditionGroup inner => Group(inner, isInner: true),
            _ => "",
        });
        var joined = group.Children.Count == 0 ? "nothing yet" : string.Join(group.IsAny ? " or " : " and ", parts);
        return (group.IsDenied ? "not " : "") + (group.IsDenied || isInner && group.Children.Count > 1 ? $"({joined})" : joined);
    }

    private static string Row(ConditionRow row)
    {
        if (row.Part is not { } part)
            return $"what the text says ({Text(row.Value)})";
        if (part.Kind == ConditionKind.YesNo)
            return YesNo(part.Key, row.Value!.GetValue<bool>() != row.IsDenied);

        var not = row.IsDenied ? "not " : "";
        return part.Key switch
        {
            "score" => Score(row.Value!, not),
            "language" => $"the language is {not}{Some(row.Value, Words.Language)}",
            "network" => $"the network is {not}{Some(row.Value, Words.Network)}",
            "text.containsAny" => $"the text {(row.IsDenied ? "has none of" : "has")} {Some(row.Value, Quoted)}",
            "text.containsAll" => $"the text {(row.IsDenied ? "does not have all of" : "has")} {Some(row.Value, Quoted, "and")}",
            "text.matches" => $"the text {(row.IsDenied ? "does not match" : "matches")} {Quoted(Text(row.Value))}",
            "author.followersAtLeast" => $"the author has {(row.IsDenied ? "fewer than" : "at least")} {Number(row.Value)} followers",
            "author.handles" => $"the author is {not}{Some(row.Value, handle => $"@{handle.TrimStart('@')}")}",
            "author.list" => $"the author is {not}on the list {Quoted(Text(row.Value))}",
            "conversation.turnsAtLeast" => $"the conversation has {(row.IsDenied ? "fewer than" : "at least")} {Number(row.Value)} posts",
            "conversation.turnsBelow" => $"the conversation has {(row.IsDenied ? "at least" : "fewer than")} {Number(row.Value)} posts",
            "time.within" => $"it is {not}within the hours of {Quoted(Text(row.Value))}",
            _ => $"it is {not}outside the hours of {Quoted(Text(row.Value))}",
        };
    }

    private static string YesNo(string key, bool yes) => key switch
    {
        "author.contactedBefore" => yes ? "we answered the author before" : "we never answered the author",
        "author.verified" => yes ? "the author is verified" : "the author is not verified",
        "author.bot" => yes ? "the author is a bot" : "the author is not a bot",
        "conversation.reopened" => yes ? "the author writes again after an answer" : "nothing was answered before in the conversation",
        "reply" => yes ? "it answers another post" : "it answers no other post",
        "repost" => yes ? "it is a repost" : "it is no repost",
        _ => yes ? "the brand itself wrote it" : "somebody else than the brand wrote it",
    };

    private static string Score(JsonNode score, string not)
    {
        var head = Text(score["head"]);
        var unsure = ConditionForm.Unsure(score) switch { "true" => "unsure", "false" => "sure", _ => "" };
        if (score["label"] is null)
            return $"{Words.Plain(head)} is {not}{(unsure.Length > 0 ? unsure : "said")}";

        var (least, below) = (Percent(score["atLeast"]), Percent(score["below"]));
        var limits = (least, below) switch
        {
            (null, null) => null,
            (_, null) => $"≥ {least}",
            (null, _) => $"< {below}",
            _ => $"≥ {least} and < {below}",
        };
        var label = Text(score["label"]);
        var said = limits is null ? $"{Words.Plain(head)} is {not}{Words.Plain(label)}" : $"{not}{Answer(head, label)} {limits}";
        return unsure.Length > 0 ? $"{said} ({unsure})" : said;
    }

    private static IEnumerable<string> Clauses(JsonObject then)
    {
        var kind = Text(then["action"]);
        yield return kind switch
        {
            "offer" => "offered to the crowd",
            "escalate" => $"goes to staff, queue {Words.Plain(Given(then["queue"]) ?? Queues.Staff)}",
            "ignore" => Given(then["reason"]) is { } reason ? $"needs no answer: {reason.TrimEnd('.')}" : "needs no answer",
            "setPriority" => $"adds {Number(then["priority"])} to the priority and goes on with the next rule",
            "addSkill" => "asks for more and goes on with the next rule",
            _ => $"does what the text says ({kind})",
        };
        foreach (var skill in Items(then["skills"]))
            yield return $"{Text(skill["skill"])}{(Percent(skill["atLeast"]) is { } least && least != "0 %" ? $" ≥ {least}" : "")}";
        if (Items(then["prefer"]).Select(s => Text(s["skill"])).ToList() is { Count: > 0 } preferred)
            yield return $"rather with {string.Join(", ", preferred)}";
        if (then["language"]?.GetValueKind() == JsonValueKind.False)
            yield return "in any language";
        if (Has(then["trust"]))
            yield return $"trust {Number(then["trust"])} or more";
        if (Has(then["offerTo"]))
            yield return $"{Number(then["offerTo"])} asked at once";
        if (Has(then["places"]))
            yield return $"takes {Number(then["places"])} places";
        if (Has(then["offerMinutes"]))
            yield return $"{Minutes(then["offerMinutes"])} to take it";
        if (Has(then["claimMinutes"]))
            yield return $"{Minutes(then["claimMinutes"])} to answer";
        if (Has(then["dueMinutes"]))
            yield return $"due in {Minutes(then["dueMinutes"])}";
        if (kind == "offer" && (Has(then["overflowMinutes"]) || Given(then["queue"]) is not null))
            yield return $"to staff{(Given(then["queue"]) is { } queue ? $" ({Words.Plain(queue)})" : "")} after {(Has(then["overflowMinutes"]) ? Minutes(then["overflowMinutes"]) : "30 min")}";
        if (Items(then["relax"]).ToList() is { Count: > 0 } steps)
            yield return $"less is asked after {string.Join(" and ", steps.Select(s => Minutes(s["afterMinutes"])))}";
        if (then["requireApproval"]?.GetValueKind() == JsonValueKind.True)
            yield return "staff approve the reply";
        if (Has(then["priority"]) && kind != "setPriority")
            yield return $"priority {(Number(then["priority"]).StartsWith('-') ? "" : "+")}{Number(then["priority"])}";
    }

    private static string Some(JsonNode? list, Func<string, string> word, string last = "or")
    {
        var words = list!.AsArray().Select(w => word(Text(w))).ToList();
        if (words.Count > MostWords)
            words = [.. words.Take(MostWords - 1), $"{(words.Count - MostWords + 1).ToString(CultureInfo.InvariantCulture)} more"];
        return words.Count switch { 0 => "nothing yet", 1 => words[0], _ => $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}" };
    }

    private static string Minutes(JsonNode? value)
    {
        var number = value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : 0;
        return number switch
        {
            >= 2880 when number % 1440 == 0 => string.Create(CultureInfo.InvariantCulture, $"{number / 1440} days"),
            >= 60 when number % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{number / 60} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{number:0.##} min"),
        };
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static bool Has(JsonNode? number) => number?.GetValueKind() == JsonValueKind.Number && number.GetValue<double>() != 0;

    private static string? Given(JsonNode? text) => Text(text) is { Length: > 0 } given ? given : null;

    private static string Number(JsonNode? number) =>
        number?.GetValueKind() == JsonValueKind.Number ? number.GetValue<double>().ToString("#,0.##", CultureInfo.InvariantCulture) : "nothing";

    private static string? Percent(JsonNode? share) =>
        share?.GetValueKind() == JsonValueKind.Number ? (share.GetValue<double>() * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : null;

    private static string Quoted(string text) => $"“{text}”";

    private static string Text(JsonNode? node) => node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(Routing.RuleSet.Json);
}
