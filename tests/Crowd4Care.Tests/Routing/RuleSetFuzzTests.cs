using System.Text;
using System.Text.Json.Nodes;
using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Routing;

/// <summary>Whatever a document is, it is read or refused with a place, and what was read can be used.</summary>
public sealed class RuleSetFuzzTests
{
    private const int Documents = 100_000;

    private static readonly string[] Seeds = [RuleSetStore.DefaultDocument, Rich];

    private static readonly RoutableMention[] Mentions =
    [
        Some.Mention(),
        Some.Mention(Some.Row(text: new string('a', 5_000) + "!", followers: 1_000_000, isRepost: true, inReplyTo: "parent"), Some.Score((Heads.Anger, "anger", 0.95))),
        Some.Mention(Some.Row(text: "😀 fire \ud800 ünï \0 кот", handle: ""), new MentionScore { ModelVersion = "none", Heads = [] }) with { Turns = 9, IsReopened = true },
    ];

    [Test]
    public void Every_document_is_read_or_refused_at_a_place()
    {
        var random = new Random(20261122);
        var read = 0;
        for (var i = 0; i < Documents; i++)
        {
            var document = Make(Seeds[i % Seeds.Length], random);
            try
            {
                var reading = RuleSetCheck.Read(document);
                if (reading.RuleSet is null != reading.Mistakes.Count > 0 || !reading.Mistakes.All(m => m.Path.StartsWith('$') && m.Message.Length > 0))
                    Assert.Fail($"Document {i} has {string.Join("; ", reading.Mistakes)}: {document}");
                if (reading.RuleSet is { } rules)
                {
                    read++;
                    Use(rules);
                    Assert.That(reading.Warnings.All(w => w.Path.StartsWith('$')), document);
                }
            }
            catch (Exception e) when (e is not ResultStateException)
            {
                Assert.Fail($"Document {i} throws {e}: {document}");
            }
        }

        // Else only the refusal was tested.
        Assert.That(read, Is.InRange(Documents / 20, Documents * 19 / 20));
    }

    [TestCase("(a+)+$")]
    [TestCase("(a|aa)+$")]
    [TestCase("(.*a){20}")]
    public void A_rule_with_an_expression_that_explodes_elsewhere_is_evaluated(string pattern)
    {
        var rules = RuleSetCheck.Read($$$"""{"rules":[{"id":"a","when":{"text":{"matches":"{{{pattern}}}"}},"then":{"action":"ignore"}}]}""").RuleSet!;
        var match = RuleEvaluator.Evaluate(rules, Some.Mention(Some.Row(text: new string('a', 50_000) + "!")));
        Assert.That(match.RuleId, Is.EqualTo(pattern.EndsWith('$') ? null : "a"));
    }

    [Test]
    public void A_document_made_to_be_slow_is_warned_of_in_bounded_work()
    {
        var parts = Enumerable.Range(0, 20_000).Select(i => $$$"""{"not":{"any":[{"text":{"containsAll":["w{{{i}}}"]}},{"language":["l{{{i}}}"],"network":["n"]}]}}""");
        var when = $$"""{"all":[{{string.Join(',', parts)}}]}""";
        var reading = RuleSetCheck.Read($$"""{"rules":[{"id":"a","when":{{when}},"then":{"action":"offer"} },{"id":"b","when":{{when}},"then":{"action":"offer"} }]}""");
        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Warnings.Count, Is.LessThan(3));
    }

    private static void Use(RuleSet rules)
    {
        foreach (var mention in Mentions)
        {
            RuleEvaluator.Evaluate(rules, mention);
            RuleEvaluator.EvaluateOffer(rules, mention);
        }
    }

    private static string Make(string seed, Random random) => random.Next(20) switch
    {
        0 => Noise(random),
        1 => Deep(random),
        < 6 => Torn(seed, random),
        < 8 => Encoding.UTF8.GetString(Broken(Encoding.UTF8.GetBytes(seed), random)),
        _ => Mutated(seed, random),
    };

    private static string Mutated(string seed, Random random)
    {
        var root = JsonNode.Parse(seed)!;
        for (var edits = random.Next(1, 4); edits > 0; edits--)
            Mutate(root, random);
        return root.ToJsonString();
    }

    // Walks down to some place and deletes, repeats or replaces what is there.
    private static void Mutate(JsonNode node, Random random)
    {
        while (true)
        {
            var children = node switch { JsonArray list => list.Count, JsonObject named => named.Count, _ => 0 };
            if (children == 0)
                return;

            var at = random.Next(children);
            var child = node is JsonArray array ? array[at] : node.AsObject().GetAt(at).Value;
            if (child is JsonArray or JsonObject && random.Next(5) > 0)
            {
                node = child;
                continue;
            }

            if (node is JsonArray elements)
                Mutate(elements, at, random);
            else
                Mutate(node.AsObject(), at, random);
            return;
        }
    }

    private static void Mutate(JsonArray list, int at, Random random)
    {
        switch (random.Next(3))
        {
            case 0: list.RemoveAt(at); break;
            case 1: list.Insert(random.Next(list.Count + 1), list[at]?.DeepClone()); break;
            default: list[at] = Value(random); break;
        }
    }

    private static void Mutate(JsonObject named, int at, Random random)
    {
        var (name, value) = named.GetAt(at);
        switch (random.Next(4))
        {
            case 0: named.Remove(name); break;
            case 1: named[Names[random.Next(Names.Length)]] = value?.DeepClone(); break;
            case 2: named[Names[random.Next(Names.Length)]] = Value(random); break;
            default: named[name] = Value(random); break;
        }
    }

    private static readonly string[] Names =
    [
        "all", "any", "not", "score", "language", "network", "author", "text", "time", "conversation", "when", "then", "id", "skills", "list", "lists", "calendars", "within",
        "matches", "atLeast", "below", "vip", "office", "sunday", "holidays", "", " ", "a.b", "'", "$", "\0", "ключ",
    ];

    private static JsonNode? Value(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 4),
        3 => random.NextDouble(),
        4 => double.MaxValue,
        5 => long.MinValue,
        6 => new JsonArray(),
        7 => new JsonObject(),
        8 => new JsonArray(null, 1, "a"),
        9 => Words[random.Next(Words.Length)],
        10 => new JsonArray(Words[random.Next(Words.Length)], Words[random.Next(Words.Length)]),
        _ => JsonNode.Parse("""{"repost":false}"""),
    };

    private static readonly string[] Words =
    [
        "", " ", "a", "vip", "office", "@vip", "09:00-17:00", "24:00-25:00", "2026-12-25", "Europe/Berlin", "../etc", "topic:*", "topic:billing", "offer", "addSkill", "(a+)+$", "(", "(?=a)",
        "[\\p{L}-[a]]", "😀", "\u0000", new string('x', 600), "null",
    ];

    private static string Noise(Random random)
    {
        var text = new char[random.Next(60)];
        for (var i = 0; i < text.Length; i++)
            text[i] = random.Next(3) == 0 ? (char)random.Next(0x10000) : "{}[]:,\"0truefalsn. "[random.Next(19)];
        return new string(text);
    }

    private static string Deep(Random random)
    {
        var depth = random.Next(1, 2_000);
        var when = random.Next(3) switch
        {
            0 => string.Concat(Enumerable.Repeat("{\"not\":", depth)) + "{}" + new string('}', depth),
            1 => string.Concat(Enumerable.Repeat("{\"all\":[", depth)) + "{}" + string.Concat(Enumerable.Repeat("]}", depth)),
            _ => new string('[', depth),
        };
        return $$"""{"rules":[{"id":"a","when":{{when}},"then":{"action":"offer"} }]}""";
    }

    private static string Torn(string document, Random random)
    {
        var (at, length) = (random.Next(document.Length), random.Next(40));
        return random.Next(3) switch
        {
            0 => document[..at],
            1 => document.Remove(at, Math.Min(length, document.Length - at)),
            _ => document.Insert(random.Next(document.Length), document.Substring(at, Math.Min(length, document.Length - at))),
        };
    }

    private static byte[] Broken(byte[] bytes, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    // Every part of the format once.
    private const string Rich = """
        {"name":"rich","lists":{"vip":["@ana","ben"],"empty":[]},
         "calendars":{"office":{"timeZone":"Europe/Berlin","days":{"monday":["09:00-12:00","13:00-17:30"],"friday":["00:00-24:00"]},"holidays":["2026-12-25"]}},
         "rules":[
          {"id":"a","when":{"author":{"list":"vip","contactedBefore":false,"followersAtLeast":3,"handles":["x"]}},"then":{"action":"setPriority","priority":5}},
          {"id":"b","when":{"time":{"outside":"office"},"not":{"time":{"within":"office"}}},"then":{"action":"addSkill","skills":[{"skill":"topic:billing","atLeast":0.5}]}},
          {"id":"c","when":{"conversation":{"reopened":true,"turnsAtLeast":2,"turnsBelow":9}},"then":{"action":"escalate","queue":"again","dueMinutes":30}},
          {"id":"d","when":{"any":[{"text":{"containsAny":["fire"],"containsAll":["on"],"matches":"o+n"}},{"score":{"head":"topic","label":"billing","unsure":true,"atLeast":0.2,"below":0.9}}]},
           "then":{"action":"ignore","reason":"so"}},
          {"id":"e","when":{"all":[{"language":["de"]},{"network":["bluesky"]},{"repost":false,"ownPost":false,"reply":true}]},
           "then":{"action":"offer","skills":[{"skill":"topic:*"}],"trust":1,"language":false,"offerMinutes":2.5,"overflowMinutes":9,"queue":"q","priority":-3}}]}
        """;
}
