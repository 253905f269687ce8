using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Routing.Editing;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin.RulesEditor;

/// <summary>Rules in plain words.</summary>
internal static class RuleWords
{
    private const int MostWords = 4;

    // Minutes after which an offer goes to staff where a rule says nothing of it.
    private const int UsualOverflow = 30;

    /// <summary>When a rule matches, as a sentence without its first letter and its full stop.</summary>
    public static string When(ConditionGroup when) => when.Children.Count == 0 && !when.IsAny ? Say("always") : Group(when, isInner: false);

    /// <summary>What a rule does, as a sentence without its first letter and its full stop.</summary>
    public static string Then(JsonNode? then) => then is not JsonObject members ? Say("nothing that can be read here") : string.Join(", ", Clauses(members));

    /// <summary>What a part of a condition is called where it is chosen.</summary>
    public static string Part(ConditionPart part) => part.Key switch
    {
        "score" => Say("Score"),
        "language" => Say("Language"),
        "network" => Say("Network"),
        "text.containsAny" => Say("Text has one of these phrases"),
        "text.containsAll" => Say("Text has all of these phrases"),
        "text.matches" => Say("Text matches an expression"),
        "author.followersAtLeast" => Say("Author’s followers, at least"),
        "author.contactedBefore" => Say("We answered the author before"),
        "author.verified" => Say("Author is verified"),
        "author.bot" => Say("Author is a bot"),
        "author.handles" => Say("Author is one of these"),
        "author.list" => Say("Author is on a list"),
        "conversation.reopened" => Say("Author writes again after an answer"),
        "conversation.turnsAtLeast" => Say("Posts in the conversation, at least"),
        "conversation.turnsBelow" => Say("Posts in the conversation, fewer than"),
        "time.within" => Say("Within the hours of"),
        "time.outside" => Say("Outside the hours of"),
        "reply" => Say("It answers another post"),
        "repost" => Say("It only passes on another’s post"),
        "ownPost" => Say("The brand itself wrote it"),
        _ => part.Key,
    };

    /// <summary>What a kind of action is called.</summary>
    public static string Action(string kind) => kind switch
    {
        "offer" => Say("Offer it to the crowd"),
        "escalate" => Say("Give it to staff"),
        "ignore" => Say("It needs no answer"),
        "setPriority" => Say("Add to the priority, and go on with the next rule"),
        "addSkill" => Say("Ask for more skills, and go on with the next rule"),
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
        }).ToList();
        var joined = parts.Count == 0 ? Say("nothing yet") : group.IsAny ? parts.Aggregate(Or) : parts.Aggregate(And);
        var whole = group.IsDenied || isInner && parts.Count > 1 ? $"({joined})" : joined;
        return group.IsDenied ? Not(whole) : whole;
    }

    private static string And(string one, string other) => Phrase($"{one} and {other}");

    private static string Or(string one, string other) => Phrase($"{one} or {other}");

    private static string Not(string said) => Phrase($"not {said}");

    private static string Row(ConditionRow row)
    {
        if (row.Part is not { } part)
            return Phrase($"what the text says ({Text(row.Value)})");
        if (part.Kind == ConditionKind.YesNo)
            return YesNo(part.Key, row.Value!.GetValue<bool>() != row.IsDenied);

        var isNot = row.IsDenied;
        return part.Key switch
        {
            "score" => Score(row.Value!, isNot),
            "language" => Say(isNot ? "the language is not {0}" : "the language is {0}", Some(row.Value, Words.Language)),
            "network" => Say(isNot ? "the network is not {0}" : "the network is {0}", Some(row.Value, Words.Network)),
            "text.containsAny" => Say(isNot ? "the text has none of {0}" : "the text has {0}", Some(row.Value, Quoted)),
            "text.containsAll" => Say(isNot ? "the text does not have all of {0}" : "the text has {0}", Some(row.Value, Quoted, isAll: true)),
            "text.matches" => Say(isNot ? "the text does not match {0}" : "the text matches {0}", Quoted(Text(row.Value))),
            "author.followersAtLeast" => Say(isNot ? "the author has fewer than {0} followers" : "the author has at least {0} followers", Number(row.Value)),
            "author.handles" => Say(isNot ? "the author is not {0}" : "the author is {0}", Some(row.Value, handle => $"@{handle.TrimStart('@')}")),
            "author.list" => Say(isNot ? "the author is not on the list {0}" : "the author is on the list {0}", Quoted(Text(row.Value))),
            "conversation.turnsAtLeast" => Posts(row.Value, isBelow: isNot),
            "conversation.turnsBelow" => Posts(row.Value, isBelow: !isNot),
            "time.within" => Say(isNot ? "it is not within the hours of {0}" : "it is within the hours of {0}", Quoted(Text(row.Value))),
            _ => Say(isNot ? "it is not outside the hours of {0}" : "it is outside the hours of {0}", Quoted(Text(row.Value))),
        };
    }

    private static string Posts(JsonNode? limit, bool isBelow) =>
        Say(isBelow ? "the conversation has fewer than {0} posts" : "the conversation has at least {0} posts", Number(limit));

    private static string YesNo(string key, bool yes) => key switch
    {
        "author.contactedBefore" => Say(yes ? "we answered the author before" : "we never answered the author"),
        "author.verified" => Say(yes ? "the author is verified" : "the author is not verified"),
        "author.bot" => Say(yes ? "the author is a bot" : "the author is not a bot"),
        "conversation.reopened" => Say(yes ? "the author writes again after an answer" : "nothing was answered before in the conversation"),
        "reply" => Say(yes ? "it answers another post" : "it answers no other post"),
        "repost" => Say(yes ? "it is a repost" : "it is no repost"),
        _ => Say(yes ? "the brand itself wrote it" : "somebody else than the brand wrote it"),
    };

    private static string Score(JsonNode score, bool isNot)
    {
        var head = Text(score["head"]);
        var unsure = ConditionForm.Unsure(score);
        if (score["label"] is null)
        {
            var name = Words.Plain(head);
            return unsure switch
            {
                "true" => Say(isNot ? "{0} is not unsure" : "{0} is unsure", name),
                "false" => Say(isNot ? "{0} is not sure" : "{0} is sure", name),
                _ => Say(isNot ? "{0} is not said" : "{0} is said", name),
            };
        }

        var said = Score(head, Text(score["label"]), Percent(score["atLeast"]), Percent(score["below"]), isNot);
        return unsure.Length > 0 ? Say(unsure == "true" ? "{0} (unsure)" : "{0} (sure)", said) : said;
    }

    private static string Score(string head, string label, string? least, string? below, bool isNot)
    {
        if (least is null && below is null)
            return Say(isNot ? "{0} is not {1}" : "{0} is {1}", Words.Plain(head), Words.Plain(label));

        var answer = Answer(head, label);
        var said = below is null ? $"{answer} ≥ {least}" : least is null ? $"{answer} < {below}" : Phrase($"{answer} ≥ {least} and < {below}");
        return isNot ? Not(said) : said;
    }

    private static IEnumerable<string> Clauses(JsonObject then)
    {
        var kind = Text(then["action"]);
        yield return kind switch
        {
            "offer" => Say("offered to the crowd"),
            "escalate" => Phrase($"goes to staff, queue {Words.Plain(Given(then["queue"]) ?? Queues.Staff)}"),
            "ignore" => Given(then["reason"]) is { } reason ? Phrase($"needs no answer: {reason.TrimEnd('.')}") : Say("needs no answer"),
            "setPriority" => Phrase($"adds {Number(then["priority"])} to the priority and goes on with the next rule"),
            "addSkill" => Say("asks for more and goes on with the next rule"),
            _ => Phrase($"does what the text says ({kind})"),
        };
        foreach (var skill in Items(then["skills"]))
            yield return $"{Text(skill["skill"])}{(Percent(skill["atLeast"]) is { } least && least != "0 %" ? $" ≥ {least}" : "")}";
        if (Items(then["prefer"]).Select(s => Text(s["skill"])).ToList() is { Count: > 0 } preferred)
            yield return Phrase($"rather with {string.Join(", ", preferred)}");
        if (then["language"]?.GetValueKind() == JsonValueKind.False)
            yield return Say("in any language");
        if (Has(then["trust"]))
            yield return Phrase($"trust {Number(then["trust"])} or more");
        if (Has(then["offerTo"]))
            yield return Phrase($"{Number(then["offerTo"])} asked at once");
        if (Has(then["places"]))
            yield return Phrase($"takes {Number(then["places"])} places");
        if (Has(then["offerMinutes"]))
            yield return Phrase($"{Minutes(then["offerMinutes"])} to take it");
        if (Has(then["claimMinutes"]))
            yield return Phrase($"{Minutes(then["claimMinutes"])} to answer");
        if (Has(then["dueMinutes"]))
            yield return Phrase($"due in {Minutes(then["dueMinutes"])}");
        if (kind == "offer" && (Has(then["overflowMinutes"]) || Given(then["queue"]) is not null))
        {
            var after = Has(then["overflowMinutes"]) ? Minutes(then["overflowMinutes"]) : Phrase($"{UsualOverflow} min");
            yield return Given(then["queue"]) is { } queue ? Phrase($"to staff ({Words.Plain(queue)}) after {after}") : Phrase($"to staff after {after}");
        }

        if (Items(then["relax"]).ToList() is { Count: > 0 } steps)
            yield return Phrase($"less is asked after {steps.Select(s => Minutes(s["afterMinutes"])).Aggregate(And)}");
        if (then["requireApproval"]?.GetValueKind() == JsonValueKind.True)
            yield return Say("staff approve the reply");
        if (Has(then["priority"]) && kind != "setPriority")
        {
            var added = Number(then["priority"]);
            yield return Phrase($"priority {(added.StartsWith('-') ? added : $"+{added}")}");
        }
    }

    private static string Some(JsonNode? list, Func<string, string> word, bool isAll = false)
    {
        var words = list!.AsArray().Select(w => word(Text(w))).ToList();
        if (words.Count > MostWords)
            words = [.. words.Take(MostWords - 1), Phrase($"{words.Count - MostWords + 1} more")];
        var first = string.Join(", ", words.SkipLast(1));
        return words.Count switch { 0 => Say("nothing yet"), 1 => words[0], _ => isAll ? And(first, words[^1]) : Or(first, words[^1]) };
    }

    private static string Minutes(JsonNode? value)
    {
        var number = value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : 0;
        return number switch
        {
            >= 2880 when number % 1440 == 0 => Phrase($"{number / 1440} days"),
            >= 60 when number % 60 == 0 => Phrase($"{number / 60} h"),
            _ => Phrase($"{number.ToString("0.##", CultureInfo.InvariantCulture)} min"),
        };
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static bool Has(JsonNode? number) => number?.GetValueKind() == JsonValueKind.Number && number.GetValue<double>() != 0;

    private static string? Given(JsonNode? text) => Text(text) is { Length: > 0 } given ? given : null;

    private static string Number(JsonNode? number) =>
        number?.GetValueKind() == JsonValueKind.Number ? number.GetValue<double>().ToString("#,0.##", CultureInfo.InvariantCulture) : Say("nothing");

    private static string? Percent(JsonNode? share) =>
        share?.GetValueKind() == JsonValueKind.Number ? (share.GetValue<double>() * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : null;

    private static string Quoted(string text) => $"“{text}”";

    private static string Text(JsonNode? node) => node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(Routing.RuleSet.Json);
}
