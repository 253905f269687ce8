using System.Text.Json.Nodes;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;

namespace Crowd4Care.Tests.Routing.Editing;

public sealed class RuleFormTests
{
    private static RuleDocument Default => RuleDocument.Read(RuleSetStore.DefaultDocument)!;

    private static IEnumerable<int> Rules => Enumerable.Range(0, Default.Count);

    [TestCaseSource(nameof(Rules))]
    public void A_form_that_nobody_touched_changes_nothing(int index)
    {
        var rule = Default.Rule(index)!;
        Assert.That(RuleForm.Apply(rule, Posted(AllOf(rule))).ToJsonString(), Is.EqualTo(rule.ToJsonString()));
    }

    [TestCaseSource(nameof(Rules))]
    public void Each_field_changes_what_it_shows_and_no_more(int index)
    {
        var rule = Default.Rule(index)!;
        foreach (var (name, values) in AllOf(rule).Where(f => f.Values is [{ Length: > 0 } text] && decimal.TryParse(text, out _)))
        {
            var changed = RuleForm.Apply(rule, Posted(AllOf(rule).Select(f => f.Name == name ? (name, ["9"]) : f)));
            Assert.That(JsonPointer.Find(changed, name)?.ToJsonString(), Is.EqualTo("9").Or.EqualTo("0.09"), name);
            JsonPointer.Last(changed, name).Parent![JsonPointer.Last(changed, name).Name] = JsonPointer.Find(rule, name)!.DeepClone();
            Assert.That(JsonNode.DeepEquals(changed, rule), Is.True, name);
        }
    }

    [Test]
    public void Percents_are_written_as_shares() =>
        AssertRule("""{ "when": { "score": { "head": "anger", "label": "anger", "atLeast": 0.7 } } }""", """{ "when": { "score": { "head": "anger", "label": "anger", "atLeast": 0.825 } } }""",
            ("/when/score/how", "atLeast"), ("/when/score/atLeast", "82.5"));

    [TestCase("likeliest", """{ "head": "anger", "label": "anger" }""")]
    [TestCase("below", """{ "head": "anger", "label": "anger", "below": 0.7 }""")]
    [TestCase("between", """{ "head": "anger", "label": "anger", "atLeast": 0.4, "below": 1 }""")]
    public void A_score_is_compared_in_another_way(string how, string expected) =>
        AssertRule("""{ "when": { "score": { "head": "anger", "label": "anger", "atLeast": 0.4 } } }""", $$"""{ "when": { "score": {{expected}} } }""", ("/when/score/how", how));

    [Test]
    public void A_score_is_of_another_answer() =>
        AssertRule("""{ "when": { "score": { "head": "anger", "label": "anger", "unsure": false } } }""", """{ "when": { "score": { "head": "topic", "label": "billing" } } }""",
            ("/when/score/answer", "topic|billing"), ("/when/score/unsure", ""));

    [Test]
    public void Phrases_stand_on_lines_and_keep_their_commas() =>
        AssertRule("""{ "when": { "text": { "containsAny": ["fire"] } } }""", """{ "when": { "text": { "containsAny": ["fire, smoke", "Stromschlag"] } } }""",
            ("/when/text/containsAny", " fire, smoke \n\nStromschlag"));

    [Test]
    public void A_word_more_is_written_into_the_empty_field() =>
        AssertRule("""{ "when": { "language": ["de"] } }""", """{ "when": { "language": ["de", "en"] } }""", ("/when/language", "de"), ("/when/language", "en"), ("/when/language", ""));

    [Test]
    public void What_must_hold_is_denied_and_back()
    {
        AssertRule("""{ "when": { "network": ["bluesky"], "author": { "followersAtLeast": 9 } } }""", """{ "when": { "not": { "network": ["bluesky"] }, "author": { "followersAtLeast": 9 } } }""", ("/when/network/holds", "false"));
        AssertRule("""{ "when": { "author": { "followersAtLeast": 9 }, "not": { "network": ["bluesky"] } } }""", """{ "when": { "author": { "followersAtLeast": 9 }, "network": ["bluesky"] } }""", ("/when/not/network/holds", "true"));
        AssertRule("""{ "when": { "any": [{ "network": ["x"] }, { "language": ["de"] }] } }""", """{ "when": { "any": [{ "not": { "network": ["x"] } }, { "language": ["de"] }] } }""", ("/when/any/0/network/holds", "false"));
    }

    [Test]
    public void All_becomes_any_and_back()
    {
        const string all = """{ "when": { "network": ["x"], "author": { "bot": true, "verified": false }, "not": { "language": ["de"] } } }""";
        const string any = """{ "when": { "any": [{ "network": ["x"] }, { "author": { "bot": true } }, { "author": { "verified": false } }, { "not": { "language": ["de"] } }] } }""";
        AssertRule(all, any, ("/when/join", "any"));
        AssertRule(any, all, ("/when/any/join", "all"));
    }

    [Test]
    public void Several_moves_at_once_come_all_to_pass() =>
        AssertRule("""{ "when": { "any": [{ "network": ["x"] }, { "language": ["de"], "reply": true }] } }""",
            """{ "when": { "not": { "network": ["x"] }, "any": [{ "not": { "language": ["de"] } }, { "reply": true }] } }""",
            ("/when/any/0/network/holds", "false"), ("/when/any/1/language/holds", "false"), ("/when/any/1/join", "any"), ("/when/any/join", "all"));

    [Test]
    public void Another_action_drops_what_means_nothing_with_it() =>
        AssertRule("""{ "then": { "action": "escalate", "queue": "care", "dueMinutes": 30, "priority": 5, "x": 1 } }""", """{ "then": { "action": "offer", "queue": "care", "priority": 5, "x": 1 } }""",
            ("/then/action", "offer"));

    [Test]
    public void Rows_come_by_the_empty_row_change_and_go_when_they_are_emptied() =>
        AssertRule("""{ "then": { "action": "offer", "skills": [{ "skill": "topic:a", "atLeast": 0.5 }, { "skill": "topic:b" }], "prefer": [{ "skill": "p:q" }] } }""",
            """{ "then": { "action": "offer", "skills": [{ "skill": "topic:b", "atLeast": 0.3 }, { "skill": "topic:c" }], "relax": [{ "afterMinutes": 10, "drop": ["topic:b", "topic:c"], "anyLanguage": true }] } }""",
            ("/then/skills/0/skill", ""), ("/then/skills/1/skill", "topic:b"), ("/then/skills/1/atLeast", "30"), ("/then/skills/new/skill", "topic:c"), ("/then/prefer/0/skill", " "),
            ("/then/relax/new/afterMinutes", "10"), ("/then/relax/new/drop", "topic:b,topic:c"), ("/then/relax/new/anyLanguage", "true"));

    [Test]
    public void What_is_usual_is_not_written() =>
        AssertRule("""{ "then": { "action": "offer", "language": false, "requireApproval": true, "priority": 5 } }""", """{ "then": { "action": "offer" } }""",
            ("/then/language", "true"), ("/then/requireApproval", "false"), ("/then/priority", ""));

    [Test]
    public void What_fields_cannot_show_stays()
    {
        const string rule = """{ "id": 7, "when": { "score": { "head": "anger", "mood": 1 }, "weather": "rain", "author": { "shoes": 9 }, "all": [5] }, "then": { "action": "offer", "skills": "many", "trust": "high" } }""";
        AssertRule(rule, rule, ("/id", "x"), ("/when/score/answer", "topic|a"), ("/when/weather", "sun"), ("/when/author/shoes", "1"), ("/then/skills/new/skill", "a:b"), ("/then/trust", "2"));
        AssertRule(rule.Replace("\"then\"", "\"x\""), """{ "id": 7, "when": { "any": [{ "score": { "head": "anger", "mood": 1 } }, { "weather": "rain" }, { "author": { "shoes": 9 } }, { "all": [5] }] }, "x": { "action": "offer", "skills": "many", "trust": "high" } }""",
            ("/when/join", "any"));
    }

    [Test]
    public void Settings_are_written_before_the_rules_and_go_when_they_are_empty()
    {
        var with = Default.With(root => RuleForm.ApplySettings(root, Posted([("/priority/anger", ["40"]), ("/matching/waitMinutes", ["5"])])));
        Assert.That(with.Text, Does.Contain("\"priority\": { \"anger\": 40 },\n  \"matching\": { \"waitMinutes\": 5 },\n  \"rules\": ["));
        Assert.That(with.With(root => RuleForm.ApplySettings(root, Posted([("/priority/anger", [""]), ("/matching/waitMinutes", [""])]))).Text, Is.EqualTo(Default.Text));
    }

    // Every field that the form of a rule has, with what it shows.
    private static List<(string Name, IReadOnlyList<string> Values)> AllOf(JsonNode rule)
    {
        var fields = new List<(string, IReadOnlyList<string>)>();
        void Show(JsonNode? holder, string at, IEnumerable<FormField> all) =>
            fields.AddRange(all.Where(f => f.Shown(holder?[f.Name]) is not null).Select(f => ($"{at}/{f.Name}", (IReadOnlyList<string>)[f.Shown(holder?[f.Name])!])));

        Show(rule, "", RuleForm.OfRule);
        Show(rule["then"], "/then", RuleForm.OfAction);
        fields.Add((RuleForm.Action, [rule["then"]!["action"]!.GetValue<string>()]));
        foreach (var (list, columns) in RuleForm.OfLists)
        {
            Show(null, $"/then/{list}/new", columns);
            for (var i = 0; i < (rule["then"]![list] as JsonArray)?.Count; i++)
                Show(rule["then"]![list]![i], $"/then/{list}/{i}", columns);
        }

        var when = ConditionNode.Of(rule);
        fields.Add(($"{when.Place}/join", [when.IsAny ? "any" : "all"]));
        foreach (var row in when.Rows)
        {
            fields.Add(($"{row.Place}/holds", [row.IsDenied ? "false" : "true"]));
            if (row.Part!.Kind == ConditionKind.Score)
            {
                Show(row.Value, row.Place, ConditionForm.Limits);
                fields.Add(($"{row.Place}/answer", [ConditionForm.AnswerOf(row.Value)]));
                fields.Add(($"{row.Place}/how", [ConditionForm.HowOf(row.Value)]));
                fields.Add(($"{row.Place}/unsure", [ConditionForm.Unsure(row.Value)]));
            }
            else
            {
                fields.Add((row.Place, row.Value is JsonArray words
                    ? row.Part.Kind == ConditionKind.Words ? [.. words.Select(w => w!.GetValue<string>()), ""] : [string.Join('\n', words.Select(w => w!.GetValue<string>()))]
                    : [row.Value!.ToString()]));
            }
        }

        return fields;
    }

    private static PostedFields Posted(IEnumerable<(string Name, IReadOnlyList<string> Values)> fields) =>
        new(fields.GroupBy(f => f.Name).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.SelectMany(f => f.Values)]));

    private static void AssertRule(string rule, string expected, params (string Name, string Value)[] fields) =>
        Assert.That(RuleForm.Apply(JsonNode.Parse(rule)!, Posted(fields.Select(f => (f.Name, (IReadOnlyList<string>)[f.Value])))).ToJsonString(), Is.EqualTo(JsonNode.Parse(expected)!.ToJsonString()));
}
