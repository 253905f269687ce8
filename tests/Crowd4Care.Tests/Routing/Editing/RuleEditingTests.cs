using System.Text.Json.Nodes;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;

namespace Crowd4Care.Tests.Routing.Editing;

public sealed class RuleEditingTests
{
    private const string Three = """
        {
          "rules": [
            { "id": "a", "when": { "reply": true }, "then": { "action": "ignore" } },
            { "id": "b", "when": { "repost": true }, "then": { "action": "ignore" } },
            { "id": "c", "then": { "action": "offer" } }
          ]
        }
        """;

    [TestCase("open:1", null, "1", "a b c")]
    [TestCase("open:7", null, null, "a b c")]
    [TestCase("open:settings", "1", "settings", "a b c")]
    [TestCase("close", "1", null, "a b c")]
    [TestCase("up:1", "1", "0", "b a c")]
    [TestCase("up:1", "0", "1", "b a c")]
    [TestCase("up:0", "0", "0", "a b c")]
    [TestCase("down:0", "2", "2", "b a c")]
    [TestCase("down:2", null, null, "a b c")]
    [TestCase("copy:0", null, "1", "a a-2 b c")]
    [TestCase("remove:0", "1", "0", "b c")]
    [TestCase("remove:1", "1", null, "a c")]
    [TestCase("add", "0", "2", "a b rule c")]
    [TestCase("nonsense:1", "1", "1", "a b c")]
    public void Whole_rules_are_edited_and_the_open_one_stays_open(string verb, string? open, string? openAfter, string rules)
    {
        var edited = RuleEditing.Apply(new RuleEdit(Three, verb) { Open = open });
        Assert.That((edited.Open, Names(edited.Document)), Is.EqualTo((openAfter, rules)));
        Assert.That(edited.Previous, Is.EqualTo(edited.Document == Three ? "" : Three));
    }

    [Test]
    public void The_last_change_is_undone()
    {
        var first = RuleEditing.Apply(new RuleEdit(Three, "remove:0"));
        var second = RuleEditing.Apply(new RuleEdit(first.Document, "remove:0") { Previous = first.Previous });
        var undone = RuleEditing.Apply(new RuleEdit(second.Document, "undo") { Previous = second.Previous });
        Assert.That((undone.Document, undone.Previous), Is.EqualTo((first.Document, "")));
    }

    [Test]
    public void Whatever_is_done_takes_the_form_with_it()
    {
        var edited = RuleEditing.Apply(Fill(Three, "0", "down:0", ("/id", "first")));
        Assert.That((edited.Open, Names(edited.Document)), Is.EqualTo(("1", "b first c")));
    }

    [Test]
    public void Of_form_and_text_of_one_rule_the_text_counts()
    {
        var text = Three.Replace("\"reply\": true", "\"reply\": false");
        var edit = Fill(Three, "0", "", ("/id", "first")) with { Document = text };
        var edited = RuleEditing.Apply(edit);
        Assert.That((edited.Document, edited.IsTorn), Is.EqualTo((text, true)));
    }

    [Test]
    public void Text_of_another_rule_and_form_both_count()
    {
        var edited = RuleEditing.Apply(Fill(Three, "0", "", ("/id", "first")) with { Document = Three.Replace("\"c\"", "\"last\"") });
        Assert.That((Names(edited.Document), edited.IsTorn), Is.EqualTo(("first b last", false)));
    }

    [Test]
    public void A_text_that_is_not_json_is_left_alone()
    {
        var edited = RuleEditing.Apply(new RuleEdit("{ \"rules\": [", "add"));
        Assert.That((edited.Document, edited.IsUnreadable), Is.EqualTo(("{ \"rules\": [", true)));
    }

    [Test]
    public void A_condition_is_built_row_by_row()
    {
        var edited = RuleEditing.Apply(new RuleEdit(Three, "add"));
        edited = Turn(edited, "add-part:/when", ("/when/what", "score"));
        Assert.That(edited.Added, Is.EqualTo("/when/score"));
        edited = Turn(edited, "add-part:/when", ("/when/what", "score"));
        Assert.That(edited.Added, Is.EqualTo("/when/all/0/score"));
        edited = Turn(edited, "add-group:/when");
        edited = Turn(edited, "add-part:/when/any", ("/when/any/what", "language"));
        edited = Turn(edited, "", ("/when/any/0/language", "de"));
        edited = Turn(edited, "take:/when/all/0/score");
        Assert.That(When(edited), Is.EqualTo("""{"score":{"head":"anger","label":"anger","atLeast":0.7},"any":[{"language":["de"]}]}"""));
        Assert.That(RuleSetCheck.Read(edited.Document).Mistakes, Is.Empty);
        edited = Turn(Turn(edited, "take:/when/any"), "take:/when/score");
        Assert.That(When(edited), Is.EqualTo("null"));
    }

    [TestCaseSource(nameof(AllParts))]
    public void Every_part_can_be_added_shown_and_taken_away(ConditionPart part)
    {
        var edited = Turn(new RuleEdited(Three, "2", ""), "add-part:/when", ("/when/what", part.Key));
        var row = ConditionNode.Of(RuleDocument.Read(edited.Document)!.Rule(2)).Rows.Single();
        Assert.That((row.Part, row.Place), Is.EqualTo((part, $"/when/{part.Key.Replace('.', '/')}")));
        var taken = RuleDocument.Read(Turn(edited, $"take:{row.Place}").Document)!;
        Assert.That(JsonNode.DeepEquals(taken["rules"], RuleDocument.Read(Three)!["rules"]), Is.True, taken.Text);
    }

    private static IEnumerable<ConditionPart> AllParts => ConditionPart.All;

    private static string When(RuleEdited edited) => RuleDocument.Read(edited.Document)!.Rule(2)!["when"]?.ToJsonString() ?? "null";

    private static RuleEdited Turn(RuleEdited before, string verb, params (string Name, string Value)[] fields) => RuleEditing.Apply(Fill(before.Document, before.Open, verb, fields));

    private static RuleEdit Fill(string document, string? open, string verb, params (string Name, string Value)[] fields) => new(document, verb)
    {
        Open = open,
        OpenText = RuleEditing.OpenTextOf(RuleDocument.Read(document)!, open),
        Fields = new(fields.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[f.Value])),
    };

    private static string Names(string document) => string.Join(' ', ((JsonArray)RuleDocument.Read(document)!["rules"]!).Select(r => r!["id"]!.GetValue<string>()));
}
