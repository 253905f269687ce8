using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>The rules of a brand: ordered, the first that matches wins. A versioned JSON document, described by <c>schemas/rule-set.schema.json</c>.</summary>
public sealed record RuleSet
{
    /// <summary>How a document is written: camelCase, no unknown properties, comments and trailing commas allowed.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Where the description of the format is; editors use it, the product does not.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>What the rule set is called.</summary>
    [Description("What the rule set is called.")]
    public string? Name { get; init; }

    /// <summary>Handles by the name of the list that conditions on the author call them by.</summary>
    [Description("Lists of handles, without @, by the name that author.list calls them by.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Lists { get; init; }

    /// <summary>Business hours by the name that conditions on the time call them by.</summary>
    [Description("Business hours by the name that time.within and time.outside call them by.")]
    public IReadOnlyDictionary<string, RuleCalendar>? Calendars { get; init; }

    /// <summary>How the best-qualified advocate is looked for.</summary>
    [Description("How the best-qualified advocate is looked for: what counts how much.")]
    public MatchPolicy? Matching { get; init; }

    /// <summary>What adds to the priority beside the rules.</summary>
    [Description("What adds to a mention's priority beside the rules: anger, reach.")]
    public PriorityPolicy? Priority { get; init; }

    /// <summary>The rules, in the order in which they are tried.</summary>
    [Description("Tried in this order; the first that matches wins. setPriority and addSkill do not end the search.")]
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>Whether any rule asks for the conversation that a mention is part of, which has to be read for that.</summary>
    [JsonIgnore]
    public bool AsksForConversations => Rules.Any(rule => rule.When?.AsksForConversation == true);

    /// <summary>Whether any rule asks for earlier contact with an author.</summary>
    [JsonIgnore]
    public bool AsksForContacts => Rules.Any(rule => rule.When?.AsksForContact == true);

    /// <summary>How the best-qualified advocate is looked for, said or not.</summary>
    internal MatchPolicy Policy => Matching ?? MatchPolicy.Default;

    /// <summary>The lists and calendars, ready to be asked; only of a rule set without mistakes.</summary>
    internal RuleNames Names => field ??= new RuleNames(this);
}

/// <summary>One rule: condition → action.</summary>
public sealed record Rule
{
    /// <summary>Names the rule in decisions; unique within the set.</summary>
    [Description("Names the rule in decisions. Unique within the set.")]
    public required string Id { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    [Description("What the rule is for, in a sentence.")]
    public string? Description { get; init; }

    /// <summary>When it matches; without it, always.</summary>
    [Description("When the rule matches. All given parts must hold. Without it the rule always matches.")]
    public Condition? When { get; init; }

    /// <summary>What to do.</summary>
    [Description("What to do with a mention that matches.")]
    public required RuleAction Then { get; init; }
}
