using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Contracts;

/// <summary>
/// Holds the code against the published schemas: what other programs rely on doesn't change unnoticed. After an intended change run the
/// tests with <c>CROWD4CARE_UPDATE_SCHEMAS=1</c>, which writes the files, and commit them.
/// </summary>
public sealed class MessageSchemaTests
{
    private const string Address = "https://crowd4care.org/schemas/";

    private static readonly Dictionary<Type, string> Messages = new()
    {
        [typeof(MentionsReceived)] = "Mentions were stored. Sent by Ingestion and its sweep; Classification listens.",
        [typeof(MentionsClassified)] = "Mentions were scored. Sent by Classification and its sweep; Routing listens.",
        [typeof(MentionsToOffer)] =
            "Open mentions should be looked at again: an offer ended, a claim ran out, or it is time. Sent by Routing, Engagement and Escalation; Routing listens.",
        [typeof(ReplySubmitted)] = "A reply waits to be posted. Sent by Engagement and its sweep; Engagement listens.",
        [typeof(OffersIgnored)] = "Offers ran out. Sent by the sweep of Routing; Community listens, and sets those away who let several in a row run out.",
        [typeof(MentionsChanged)] = "Something that an open desk shows has changed. Sent by every step after its commit; the desk listens.",
    };

    // As the bus writes messages: camelCase, nothing optional that the type demands.
    private static readonly JsonSerializerOptions MessageJson = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions RuleSetJson = new(RuleSet.Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<TestCaseData> MessageTypes() => Messages.Keys.Select(type => new TestCaseData(type).SetArgDisplayNames(type.Name));

    [TestCaseSource(nameof(MessageTypes))]
    public void A_message_is_as_its_schema_says(Type message) =>
        AssertFile($"messages/{KebabCase(message.Name)}.schema.json", message, MessageJson, message.Name, Messages[message]);

    [Test]
    public void A_rule_set_is_as_its_schema_says() =>
        AssertFile("rule-set.schema.json", typeof(RuleSet), RuleSetJson, "Rule set", "The rules of a brand: tried in order, the first that matches wins.");

    [Test]
    public void Every_schema_of_a_message_has_its_message() =>
        Assert.That(
            Directory.EnumerateFiles(Repository.PathOf("schemas/messages")).Select(Path.GetFileName),
            Is.EquivalentTo(Messages.Keys.Select(m => $"{KebabCase(m.Name)}.schema.json")));

    [Test]
    public void Every_message_that_a_consumer_takes_has_a_schema()
    {
        var consumed = typeof(CrowdServices).Assembly.GetTypes()
            .SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MassTransit.IConsumer<>))
            .Select(i => i.GenericTypeArguments[0])
            .Select(m => m.IsGenericType && m.GetGenericTypeDefinition() == typeof(MassTransit.Batch<>) ? m.GenericTypeArguments[0] : m);
        Assert.That(consumed.Except(Messages.Keys), Is.Empty);
    }

    [Test]
    public void The_built_in_rules_name_the_schema_of_rule_sets()
    {
        using var rules = JsonDocument.Parse(RuleSetStore.DefaultDocument);
        Assert.That(rules.RootElement.GetProperty("$schema").GetString(), Is.EqualTo(Address + "rule-set.schema.json"));
    }

    private static void AssertFile(string path, Type type, JsonSerializerOptions json, string title, string description)
    {
        var expected = JsonSerializer.Serialize(Schema(path, type, json, title, description), Written) + "\n";
        var file = Repository.PathOf($"schemas/{path}");
        if (Environment.GetEnvironmentVariable("CROWD4CARE_UPDATE_SCHEMAS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.That(file, Does.Exist);
        Assert.That(
            File.ReadAllText(file), Is.EqualTo(expected),
            $"schemas/{path} and {type.Name} differ. If the change is intended, run the tests with CROWD4CARE_UPDATE_SCHEMAS=1 and commit the file.");
    }

    private static JsonObject Schema(string path, Type type, JsonSerializerOptions json, string title, string description)
    {
        var exported = json.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }).AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Address + path,
            ["title"] = title,
            ["description"] = description,
        };
        foreach (var (name, value) in exported)
            schema[name] = name == "type" ? "object" : value?.DeepClone();
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var description = context.PropertyInfo?.AttributeProvider?
            .GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), false)
            .Cast<System.ComponentModel.DescriptionAttribute>()
            .FirstOrDefault()?.Description;
        if (description is null || schema is not JsonObject known)
            return schema;

        known.Insert(0, "description", description);
        return known;
    }

    private static string KebabCase(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
