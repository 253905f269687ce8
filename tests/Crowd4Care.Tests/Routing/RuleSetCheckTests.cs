using System.Text.Json;
using Crowd4Care.Routing;

namespace Crowd4Care.Tests.Routing;

public sealed class RuleSetCheckTests
{
    [TestCase("""{"action":"offer","priority":1001}""", "$.rules[0].then.priority")]
    [TestCase("""{"action":"escalate","dueMinutes":0}""", "$.rules[0].then.dueMinutes")]
    [TestCase("""{"action":"offer","trust":5}""", "$.rules[0].then.trust")]
    [TestCase("""{"action":"offer","offerMinutes":0}""", "$.rules[0].then.offerMinutes")]
    [TestCase("""{"action":"offer","offerMinutes":1e400}""", "$.rules[0].then.offerMinutes")]
    [TestCase("""{"action":"offer","overflowMinutes":-1}""", "$.rules[0].then.overflowMinutes")]
    [TestCase("""{"action":"escalate","queue":" "}""", "$.rules[0].then.queue")]
    [TestCase("""{"action":"offer","skills":[null]}""", "$.rules[0].then.skills[0]")]
    [TestCase("""{"action":"offer","skills":[{"skill":"Billing"}]}""", "$.rules[0].then.skills[0].skill")]
    [TestCase("""{"action":"offer","skills":[{"skill":"topic:billing","atLeast":2}]}""", "$.rules[0].then.skills[0].atLeast")]
    [TestCase("""{"action":"offer","prefer":[null]}""", "$.rules[0].then.prefer[0]")]
    [TestCase("""{"action":"offer","prefer":[{"skill":"Router"}]}""", "$.rules[0].then.prefer[0].skill")]
    [TestCase("""{"action":"offer","prefer":[{"skill":"product:router","weight":0}]}""", "$.rules[0].then.prefer[0].weight")]
    [TestCase("""{"action":"escalate","prefer":[{"skill":"product:router"}]}""", "$.rules[0].then.prefer")]
    [TestCase("""{"action":"offer","relax":[null]}""", "$.rules[0].then.relax[0]")]
    [TestCase("""{"action":"offer","relax":[{"afterMinutes":0,"lowerBy":0.1}]}""", "$.rules[0].then.relax[0].afterMinutes")]
    [TestCase("""{"action":"offer","relax":[{"afterMinutes":5,"lowerBy":0.1},{"afterMinutes":5,"anyLanguage":true}]}""", "$.rules[0].then.relax[1].afterMinutes")]
    [TestCase("""{"action":"offer","relax":[{"afterMinutes":5,"lowerBy":-0.1}]}""", "$.rules[0].then.relax[0].lowerBy")]
    [TestCase("""{"action":"offer","relax":[{"afterMinutes":5,"drop":[""]}]}""", "$.rules[0].then.relax[0].drop[0]")]
    [TestCase("""{"action":"offer","trust":2,"relax":[{"afterMinutes":5,"trust":2}]}""", "$.rules[0].then.relax[0].trust")]
    [TestCase("""{"action":"offer","trust":4,"relax":[{"afterMinutes":5,"trust":1},{"afterMinutes":9,"trust":2}]}""", "$.rules[0].then.relax[1].trust")]
    [TestCase("""{"action":"offer","relax":[null]}""", "$.rules[0].then.relax[0]")]
    [TestCase("""{"action":"offer","places":11}""", "$.rules[0].then.places")]
    [TestCase("""{"action":"escalate","places":2}""", "$.rules[0].then.places")]
    [TestCase("""{"action":"offer","relax":[{"afterMinutes":5}]}""", "$.rules[0].then.relax[0]")]
    [TestCase("""{"action":"ignore","relax":[{"afterMinutes":5,"anyLanguage":true}]}""", "$.rules[0].then.relax")]
    [TestCase("""{"action":"addSkill"}""", "$.rules[0].then.skills")]
    [TestCase("""{"action":"addSkill","skills":[]}""", "$.rules[0].then.skills")]
    [TestCase("""{"action":"addSkill","skills":[{"skill":"topic:billing"}],"trust":1}""", "$.rules[0].then.trust")]
    [TestCase("""{"action":"setPriority","skills":[{"skill":"topic:billing"}]}""", "$.rules[0].then.skills")]
    [TestCase("""{"action":"ignore","queue":"staff"}""", "$.rules[0].then.queue")]
    [TestCase("""{"action":"offer","dueMinutes":5}""", "$.rules[0].then.dueMinutes")]
    [TestCase("""{"action":"escalate","skills":[]}""", "$.rules[0].then.skills")]
    [TestCase("""{"action":"escalate","language":true}""", "$.rules[0].then.language")]
    [TestCase("""{"action":"escalate","trust":1}""", "$.rules[0].then.trust")]
    [TestCase("""{"action":"setPriority","offerMinutes":5}""", "$.rules[0].then.offerMinutes")]
    [TestCase("""{"action":"setPriority","overflowMinutes":5}""", "$.rules[0].then.overflowMinutes")]
    [TestCase("""{"action":"offer","reason":"why"}""", "$.rules[0].then.reason")]
    [TestCase("""{"action":"delete"}""", "$.rules[0].then.action")]
    [TestCase("""{"action":1}""", "$.rules[0].then.action")]
    [TestCase("""{}""", "$.rules[0].then")]
    [TestCase("""null""", "$.rules[0].then")]
    [TestCase("""{"action":"offer","color":"red"}""", "$.rules[0].then.color")]
    public void A_mistake_in_an_action_is_found_at_its_place(string then, string path) =>
        Assert.That(Paths($$"""{"rules":[{"id":"a","then":{{then}} }]}"""), Is.EqualTo(new[] { path }));

    [TestCase("""{"all":[]}""", "all")]
    [TestCase("""{"any":[null]}""", "any[0]")]
    [TestCase("""{"not":{"language":[]}}""", "not.language")]
    [TestCase("""{"language":[""]}""", "language[0]")]
    [TestCase("""{"network":[null]}""", "network[0]")]
    [TestCase("""{"score":{"head":"","label":"x"}}""", "score.head")]
    [TestCase("""{"score":{"head":"anger","label":" "}}""", "score.label")]
    [TestCase("""{"score":{"head":"anger","label":"anger","atLeast":1.1}}""", "score.atLeast")]
    [TestCase("""{"score":{"head":"anger","label":"anger","below":-0.1}}""", "score.below")]
    [TestCase("""{"score":{"head":"anger"}}""", "score")]
    [TestCase("""{"author":{"followersAtLeast":-1}}""", "author.followersAtLeast")]
    [TestCase("""{"author":{"handles":[]}}""", "author.handles")]
    [TestCase("""{"author":{"list":"vip"}}""", "author.list")]
    [TestCase("""{"author":{"famous":true}}""", "author.famous")]
    [TestCase("""{"conversation":{"turnsAtLeast":-1}}""", "conversation.turnsAtLeast")]
    [TestCase("""{"conversation":{"turnsBelow":1000001}}""", "conversation.turnsBelow")]
    [TestCase("""{"time":{}}""", "time")]
    [TestCase("""{"time":{"within":"office"}}""", "time.within")]
    [TestCase("""{"time":{"outside":"office"}}""", "time.outside")]
    [TestCase("""{"text":{"containsAny":[""]}}""", "text.containsAny[0]")]
    [TestCase("""{"text":{"containsAll":[]}}""", "text.containsAll")]
    [TestCase("""{"text":{"matches":"("}}""", "text.matches")]
    [TestCase("""{"text":{"matches":"(?=a)"}}""", "text.matches")]
    [TestCase("""{"text":{"matches":"(a)\\1"}}""", "text.matches")]
    [TestCase("""{"text":{"contains":"a"}}""", "text.contains")]
    [TestCase("""{"any":[{"all":[{"score":{"head":"a","label":"b","atLeast":7}}]}]}""", "any[0].all[0].score.atLeast")]
    public void A_mistake_in_a_condition_is_found_at_its_place(string when, string path) =>
        Assert.That(Paths($$"""{"rules":[{"id":"a","when":{{when}},"then":{"action":"offer"} }]}"""), Is.EqualTo(new[] { $"$.rules[0].when.{path}" }));

    [TestCase("""{"rules":[]}""", "$.rules")]
    [TestCase("""{"rules":null}""", "$.rules")]
    [TestCase("""{"rules":[null]}""", "$.rules[0]")]
    [TestCase("""{"rules":{}}""", "$.rules")]
    [TestCase("""{}""", "$")]
    [TestCase("""null""", "$")]
    [TestCase("""[]""", "$")]
    [TestCase("", "$")]
    [TestCase("""{"rules":[{"then":{"action":"offer"}}]}""", "$.rules[0]")]
    [TestCase("""{"rules":[{"id":"","then":{"action":"offer"}}]}""", "$.rules[0].id")]
    [TestCase("""{"rules":[{"id":"a","then":{"action":"offer"}},{"id":"a","then":{"action":"offer"}}]}""", "$.rules[1].id")]
    [TestCase("""{"rules":[{"id":"a","if":{},"then":{"action":"offer"}}]}""", "$.rules[0].if")]
    [TestCase("""{"rules":[{"id":"\ud800","then":{"action":"offer"}}]}""", "$.rules[0].id")]
    public void A_mistake_in_the_document_is_found_at_its_place(string document, string path) => Assert.That(Paths(document), Is.EqualTo(new[] { path }));

    [TestCase(""" "lists":{"vip":null} """, "$.lists.vip")]
    [TestCase(""" "lists":{"vip":["a",""]} """, "$.lists.vip[1]")]
    [TestCase(""" "lists":{"v.i p":[null]} """, "$.lists['v.i p'][0]")]
    [TestCase(""" "lists":{"":[]} """, "$.lists['']")]
    [TestCase(""" "calendars":{"office":null} """, "$.calendars.office")]
    [TestCase(""" "calendars":{"office":{"days":{}}} """, "$.calendars.office")]
    [TestCase(""" "calendars":{"office":{"timeZone":"Europe/Berlin"}} """, "$.calendars.office")]
    public void A_mistake_in_what_is_named_is_found_at_its_place(string named, string path) => Assert.That(PathsWith(named), Is.EqualTo(new[] { path }));

    [TestCase("Berlin")]
    [TestCase("europe/berlin")]
    [TestCase("Europe")]
    [TestCase("")]
    [TestCase("/Europe/Berlin")]
    [TestCase("../zoneinfo/Europe/Berlin")]
    [TestCase("leapseconds")]
    [TestCase("W. Europe Standard Time")]
    [TestCase("+01:00")]
    public void An_unknown_time_zone_is_a_mistake(string zone) =>
        Assert.That(PathsWith($$""" "calendars":{"office":{"timeZone":"{{zone}}","days":{} } } """), Is.EqualTo(new[] { "$.calendars.office.timeZone" }));

    [TestCase("Europe/Berlin")]
    [TestCase("America/Argentina/Buenos_Aires")]
    [TestCase("Asia/Kolkata")]
    [TestCase("Etc/GMT+3")]
    [TestCase("Etc/UTC")]
    [TestCase("UTC")]
    public void Known_time_zones_are_taken(string zone) => Assert.That(PathsWith($$""" "calendars":{"office":{"timeZone":"{{zone}}","days":{} } } """), Is.Empty);

    [TestCase("""{"monday":["09:00-17:30","17:30-24:00"]}""")]
    [TestCase("""{"monday":["13:00-17:00","09:00-12:00"],"sunday":[]}""")]
    [TestCase("""{"monday":["00:00-24:00"]}""")]
    public void Hours_are_taken(string days) => Assert.That(PathsWith(Office(days)), Is.Empty);

    [TestCase("""{"montag":["09:00-17:30"]}""", "montag")]
    [TestCase("""{"Monday":["09:00-17:30"]}""", "Monday")]
    [TestCase("""{"monday":null}""", "monday")]
    [TestCase("""{"monday":[null]}""", "monday[0]")]
    [TestCase("""{"monday":["9:00-17:30"]}""", "monday[0]")]
    [TestCase("""{"monday":["09:00 17:30"]}""", "monday[0]")]
    [TestCase("""{"monday":["09:60-17:30"]}""", "monday[0]")]
    [TestCase("""{"monday":["09:00-24:01"]}""", "monday[0]")]
    [TestCase("""{"monday":["17:00-09:00"]}""", "monday[0]")]
    [TestCase("""{"monday":["09:00-09:00"]}""", "monday[0]")]
    [TestCase("""{"monday":["09:00-13:00","12:59-17:00"]}""", "monday[1]")]
    [TestCase("""{"monday":["09:00-10:00","09:00-10:00"]}""", "monday[1]")]
    public void Hours_that_are_none_are_a_mistake(string days, string path) =>
        Assert.That(PathsWith(Office(days)), Is.EqualTo(new[] { $"$.calendars.office.days.{path}" }));

    [TestCase("2026-02-30")]
    [TestCase("26-12-25")]
    [TestCase("25.12.2026")]
    [TestCase("")]
    public void A_date_that_is_none_is_a_mistake(string date) =>
        Assert.That(PathsWith(Office("{}", date)), Is.EqualTo(new[] { "$.calendars.office.holidays[0]" }));

    [Test]
    public void An_unknown_name_is_told_the_known_ones()
    {
        var mistake = RuleSetCheck.Read(
            """{"lists":{"vip":[],"press":[]},"rules":[{"id":"a","when":{"author":{"list":"vips"}},"then":{"action":"offer"}}]}""").Mistakes.Single();
        Assert.That(mistake.Message, Does.Contain("\"vips\"").And.Contain("press, vip"));
    }

    [Test]
    public void Half_of_a_character_is_a_mistake() => Assert.That(Paths("{\"rules\":[{\"id\":\"\ud800\"}]}"), Is.EqualTo(new[] { "$" }));

    [Test]
    public void All_mistakes_are_found_at_once()
    {
        var paths = Paths("""{"rules":[{"id":"a","when":{"all":[]},"then":{"action":"ignore","queue":"x"}},{"id":"a","then":{"action":"offer","trust":-1}}]}""");
        Assert.That(paths, Is.EqualTo(new[] { "$.rules[0].when.all", "$.rules[0].then.queue", "$.rules[1].id", "$.rules[1].then.trust" }));
    }

    [Test]
    public void Mistakes_say_where_in_a_document_that_is_no_json()
    {
        var mistake = RuleSetCheck.Read("{\n  \"rules\": [,]\n}").Mistakes.Single();
        Assert.That(mistake.Message, Does.Contain("line 2"));
    }

    [Test]
    public void An_unknown_action_is_told_the_known_ones()
    {
        var mistake = RuleSetCheck.Read("""{"rules":[{"id":"a","then":{"action":"delete"}}]}""").Mistakes.Single();
        Assert.That(mistake.Message, Does.Contain("escalate").And.Contain("setPriority"));
    }

    [Test]
    public void Mistakes_name_no_types_of_the_program()
    {
        string[] documents =
        [
            """{"rules":[{"id":"a","then":{"action":"delete"}}]}""", """{"rules":[{"id":1,"then":{"action":"offer"}}]}""", """{"rules":[{"id":"a"}]}""",
            """{"rules":7}""", """{"colour":1}""", """{"rules":[{"id":"a","then":null}]}""", """{"rules":[{"id":"\ud800","then":{"action":"offer"}}]}""",
        ];
        Assert.That(documents.SelectMany(d => RuleSetCheck.Read(d).Mistakes).Select(m => m.Message), Has.None.Contains("Crowd4Care").And.None.Contains("System."));
    }

    [Test]
    public void Conditions_may_not_be_nested_without_end()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"not\":", 25)) + "{}" + new string('}', 25);
        Assert.That(Paths($$"""{"rules":[{"id":"a","when":{{nested}},"then":{"action":"offer"} }]}"""), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_thousand_rules_are_taken_and_one_more_is_not()
    {
        static string Document(int count) =>
            JsonSerializer.Serialize(new { rules = Enumerable.Range(0, count).Select(i => new { id = $"r{i}", then = new { action = "offer" } }) });
        Assert.That(Paths(Document(1000)), Is.Empty);
        Assert.That(Paths(Document(1001)), Is.EqualTo(new[] { "$.rules" }));
    }

    [Test]
    public void Comments_and_trailing_commas_are_allowed() =>
        Assert.That(Paths("""{ /* ours */ "rules": [ {"id":"a","then":{"action":"offer"}}, ] } // end"""), Is.Empty);

    [Test]
    public void A_rule_set_that_was_read_can_be_written_and_read_again()
    {
        var rules = RuleSetCheck.Read(RuleSetStore.DefaultDocument).RuleSet!;
        var written = JsonSerializer.Serialize(rules, RuleSet.Json);
        var again = RuleSetCheck.Read(written);
        Assert.That(again.Mistakes, Is.Empty);
        Assert.That(JsonSerializer.Serialize(again.RuleSet, RuleSet.Json), Is.EqualTo(written));
    }

    [Test]
    public void No_mutated_document_makes_the_check_throw()
    {
        var random = new Random(20260501);
        for (var i = 0; i < 5_000; i++)
        {
            var document = Mutate(RuleSetStore.DefaultDocument, random);
            var reading = RuleSetCheck.Read(document);
            Assert.That(reading.RuleSet is null, Is.EqualTo(reading.Mistakes.Count > 0), document);
        }
    }

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e999", "-1", "\\ud800", "\"\"", "\"rules\":", "\"when\":", "{\"not\":", "(", "*", "\0", "😀", "[null]", "0.0000001"];

    private static string Mutate(string document, Random random)
    {
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(document.Length);
            var length = Math.Min(random.Next(30), document.Length - at);
            document = random.Next(4) switch
            {
                0 => document.Remove(at, length),
                1 => document.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => document.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
                _ => document.Insert(random.Next(document.Length), document.Substring(at, length)),
            };
        }

        return document;
    }

    private static string Office(string days, string holiday = "2026-12-25") =>
        $$""" "calendars":{"office":{"timeZone":"Europe/Berlin","days":{{days}},"holidays":["{{holiday}}"] } } """;

    private static string[] PathsWith(string named) => Paths($$"""{ {{named}},"rules":[{"id":"a","then":{"action":"offer"} }]}""");

    private static string[] Paths(string document) => [.. RuleSetCheck.Read(document).Mistakes.Select(m => m.Path)];
}
