using System.Text.Json.Nodes;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Editing;

namespace Crowd4Care.Tests.Routing.Editing;

/// <summary>What an edit does not name keeps every character.</summary>
public sealed class RuleDocumentTests
{
    private const string Commented =
        """
        // Ours since spring.
        {
          "x-owner": "Olga", // unknown, and kept
          "rules": [
            // The first one.
            { "id": "a", "then": { "action": "ignore" } }, // short
            { "id": "b",   "then": {"action":"ignore"} },
            /* last */
            {
              "id": "c",
              "then": { "action": "offer" },
            },
          ],
        }
        """;

    private static RuleDocument Default => RuleDocument.Read(RuleSetStore.DefaultDocument)!;

    private static IEnumerable<int> Rules => Enumerable.Range(0, Default.Count);

    [TestCaseSource(nameof(Rules))]
    public void A_rule_that_is_moved_and_moved_back_leaves_the_text_as_it_was(int index)
    {
        var by = index < Default.Count - 1 ? 1 : -1;
        var moved = Default.Move(index, by);
        Assert.That(moved.Text, Is.Not.EqualTo(Default.Text));
        Assert.That(moved.Move(index + by, -by).Text, Is.EqualTo(Default.Text));
    }

    [TestCaseSource(nameof(Rules))]
    public void A_copy_that_is_taken_away_leaves_the_text_as_it_was(int index)
    {
        var copied = Default.Copy(index);
        Assert.That(RuleSetCheck.Read(copied.Text).Mistakes, Is.Empty);
        Assert.That(copied.Remove(index + 1).Text, Is.EqualTo(Default.Text));
    }

    [TestCaseSource(nameof(Rules))]
    public void Another_word_in_a_rule_is_one_line_that_differs(int index)
    {
        var rule = (JsonObject)Default.Rule(index)!.DeepClone();
        rule["description"] = "Other words.";
        Assert.That(Changes(Default.Replace(index, rule)), Has.Count.EqualTo(2));
    }

    [TestCaseSource(nameof(Rules))]
    public void A_rule_that_is_taken_away_is_all_that_is_gone(int index)
    {
        var left = Default.Remove(index);
        Assert.That(left.Count, Is.EqualTo(Default.Count - 1));
        Assert.That(Changes(left).Where(line => line[0] == '+' && line.Trim('+', ' ') != "}"), Is.Empty);
        Assert.That(JsonNode.DeepEquals(left.With(root => ((JsonArray)root["rules"]!).Insert(index, Default.Rule(index)!.DeepClone()))["rules"], Default["rules"]), Is.True);
    }

    [Test]
    public void A_new_rule_stands_before_those_that_take_everything_and_looks_like_its_neighbours()
    {
        var (document, index) = Default.Add();
        Assert.That(index, Is.EqualTo(Default.Count - 1));
        Assert.That(document.RuleText(index), Is.EqualTo("{\n      \"id\": \"rule\",\n      \"when\": { \"all\": [] },\n      \"then\": { \"action\": \"escalate\" }\n    }"));
        Assert.That(Changes(document).Where(line => line[0] == '-'), Is.Empty);
    }

    [Test]
    public void Comments_go_where_their_rule_goes()
    {
        var moved = RuleDocument.Read(Commented)!.Move(0, 1);
        Assert.That(moved.Text, Is.EqualTo(Commented.Replace(
            """
                // The first one.
                { "id": "a", "then": { "action": "ignore" } }, // short
                { "id": "b",   "then": {"action":"ignore"} },
            """,
            """
                { "id": "b",   "then": {"action":"ignore"} },
                // The first one.
                { "id": "a", "then": { "action": "ignore" } }, // short
            """)));
    }

    [Test]
    public void What_forms_do_not_know_stays()
    {
        var last = RuleDocument.Read(Commented)!.Remove(1).Move(1, -1).Remove(0);
        Assert.That(last.Text, Does.Contain("\"x-owner\": \"Olga\", // unknown, and kept").And.Contains("// The first one.").And.Contains("// short").And.StartsWith("// Ours since spring."));
        Assert.That(RuleDocument.Read(last.Text)!.Count, Is.EqualTo(1));
    }

    [TestCase("""{ "rules": [{ "id": "a", "then": { "action": "ignore" } }] }""")]
    [TestCase("""{"rules":[{"id":"a","then":{"action":"ignore"}}]}""")]
    public void A_document_on_one_line_stays_on_one_line(string text)
    {
        var document = RuleDocument.Read(text)!.Copy(0);
        Assert.That(document.Text, Does.Not.Contain('\n').And.Contains("\"a-2\""));
        Assert.That(RuleSetCheck.Read(document.Text).Mistakes, Is.Empty);
    }

    [Test]
    public void A_document_of_long_lines_only_gets_no_short_ones()
    {
        var text = RuleSetCheck.Read(RuleSetStore.DefaultDocument).RuleSet is { } set ? System.Text.Json.JsonSerializer.Serialize(set, RuleSet.Json) : "";
        var document = RuleDocument.Read(text)!.Add().Document;
        Assert.That(document.Text, Does.Contain("\"then\": {\n        \"action\": \"escalate\"\n      }"));
    }

    [TestCase("$.rules[0].id", 6)]
    [TestCase("$.rules[2].then.action", 11)]
    [TestCase("$.rules[2].then.queue", 11)]
    [TestCase("$.rules[9]", 4)]
    [TestCase("$['x-owner']", 3)]
    [TestCase("$", 2)]
    public void A_path_leads_to_its_line(string path, int line) => Assert.That(RuleDocument.Read(Commented)!.LineOf(path), Is.EqualTo(line));

    [Test]
    public void A_rule_has_its_lines() =>
        Assert.That(Enumerable.Range(0, 4).Select(RuleDocument.Read(Commented)!.LinesOf), Is.EqualTo(new[] { (6, 6), (7, 7), (9, 12), (0, 0) }));

    [TestCase("{\n \"rules\": [\n oops ]}", 3)]
    [TestCase("[]", 1)]
    [TestCase("", 1)]
    [TestCase("{ \"rules\": [], \"rules\": [] }", 1)]
    public void What_forms_cannot_show_is_not_read(string text, int line)
    {
        Assert.That(RuleDocument.Read(text, out var at), Is.Null);
        Assert.That(at, Is.EqualTo(line));
    }

    [Test]
    public void Any_change_is_in_the_text_and_nothing_else_is()
    {
        var random = new Random(11);
        for (var i = 0; i < 300; i++)
        {
            var document = RuleDocument.Read(i % 2 == 0 ? Commented : RuleSetStore.DefaultDocument)!;
            for (var turn = 0; turn < 6; turn++)
            {
                var at = random.Next(0, document.Count + 1);
                document = random.Next(0, 5) switch
                {
                    0 => document.Move(at, 1),
                    1 => document.Copy(at),
                    2 => document.Remove(at),
                    3 => document.Add().Document,
                    _ => document.WithRules(rules => Scramble(rules, random)),
                };
                Assert.That(JsonNode.DeepEquals(RuleDocument.Read(document.Text)?["rules"], document["rules"]), Is.True, document.Text);
            }
        }
    }

    // Values of all kinds come, change and go, at any depth.
    private static void Scramble(JsonNode node, Random random)
    {
        var children = node switch { JsonObject o => o.Select(m => m.Value), JsonArray a => a, _ => [] };
        if (children.Where(c => c is JsonObject or JsonArray).ToList() is { Count: > 0 } inner && random.Next(0, 3) > 0)
        {
            Scramble(inner[random.Next(inner.Count)]!, random);
            return;
        }

        JsonNode? made = random.Next(0, 4) switch { 0 => "a // \"b\" /* , {", 1 => new JsonArray(1, 2.5), 2 => new JsonObject { ["when"] = new JsonObject(), ["x"] = null }, _ => true };
        if (node is JsonArray array)
        {
            if (array.Count > 0 && random.Next(0, 2) == 0)
                array.RemoveAt(random.Next(array.Count));
            else
                array.Insert(random.Next(array.Count + 1), made);
        }
        else if (node is JsonObject members)
        {
            if (members.Count > 1 && random.Next(0, 2) == 0)
                members.Remove(members.ElementAt(random.Next(members.Count)).Key);
            else if (random.Next(0, 2) == 0)
                members[$"new {members.Count}"] = made;
            else
                members.Insert(random.Next(members.Count + 1), $"put \"{members.Count}/~", made);
        }
    }

    private static List<string> Changes(RuleDocument document) => [.. LineDiff.Of(RuleSetStore.DefaultDocument, document.Text).Where(line => line[0] != ' ')];
}
