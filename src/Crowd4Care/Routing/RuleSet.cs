using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>The rules, in the order in which they are tried.</summary>
    [Description("Tried in this order; the first that matches wins. setPriority does not end the search.")]
    public required IReadOnlyList<Rule> Rules { get; init; }
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

/// <summary>A condition: everything that is given must hold.</summary>
public sealed record Condition
{
    /// <summary>All of these.</summary>
    [Description("All of these conditions hold.")]
    public IReadOnlyList<Condition>? All { get; init; }

    /// <summary>At least one of these.</summary>
    [Description("At least one of these conditions holds.")]
    public IReadOnlyList<Condition>? Any { get; init; }

    /// <summary>Not this.</summary>
    [Description("This condition does not hold.")]
    public Condition? Not { get; init; }

    /// <summary>On a score.</summary>
    [Description("A score of the mention.")]
    public ScoreCondition? Score { get; init; }

    /// <summary>The language, as scored.</summary>
    [Description("The language is one of these (ISO 639-1, or und).")]
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>The network.</summary>
    [Description("The network is one of these.")]
    public IReadOnlyList<string>? Network { get; init; }

    /// <summary>On the author.</summary>
    [Description("Who wrote it.")]
    public AuthorCondition? Author { get; init; }

    /// <summary>On the text.</summary>
    [Description("What the text says. Upper and lower case are the same.")]
    public TextCondition? Text { get; init; }

    /// <summary>A pure repost.</summary>
    [Description("Somebody only passes on another's post.")]
    public bool? Repost { get; init; }

    /// <summary>Written by the brand itself.</summary>
    [Description("Written by the brand's own account.")]
    public bool? OwnPost { get; init; }

    /// <summary>An answer to another post.</summary>
    [Description("The mention answers another post.")]
    public bool? Reply { get; init; }
}

/// <summary>A condition on a score.</summary>
public sealed record ScoreCondition
{
    /// <summary>The head: language, sentiment, anger, toxicity, topic, …</summary>
    [Description("The head: language, sentiment, anger, toxicity, topic, …")]
    public required string Head { get; init; }

    /// <summary>The label whose probability counts.</summary>
    [Description("The label whose probability counts: anger, negative, toxic, billing, …")]
    public string? Label { get; init; }

    /// <summary>Whether the head is unsure of its answer.</summary>
    [Description("Whether the head is unsure: more than one in five answers as probable as this one is wrong. Without a label, this alone counts.")]
    public bool? Unsure { get; init; }

    /// <summary>Least probability; without it and <see cref="Below"/> the label must be the most probable.</summary>
    [Description("Least probability, 0 to 1. With neither atLeast nor below the label must be the most probable one.")]
    public double? AtLeast { get; init; }

    /// <summary>The probability must be under this.</summary>
    [Description("The probability is under this, 0 to 1.")]
    public double? Below { get; init; }
}

/// <summary>A condition on the author.</summary>
public sealed record AuthorCondition
{
    /// <summary>Least number of followers; an unknown number does not match.</summary>
    [Description("Least number of followers. An unknown number does not match.")]
    public int? FollowersAtLeast { get; init; }

    /// <summary>One of these handles.</summary>
    [Description("The handle is one of these, without @.")]
    public IReadOnlyList<string>? Handles { get; init; }
}

/// <summary>A condition on the text.</summary>
public sealed record TextCondition
{
    /// <summary>At least one of these stands in it, as whole words.</summary>
    [Description("At least one of these words or phrases stands in the text.")]
    public IReadOnlyList<string>? ContainsAny { get; init; }

    /// <summary>All of these stand in it, as whole words.</summary>
    [Description("All of these words or phrases stand in the text.")]
    public IReadOnlyList<string>? ContainsAll { get; init; }

    /// <summary>A regular expression that matches somewhere; without look-around and back-references, so that it takes linear time.</summary>
    [Description("A regular expression (.NET, without look-around and back-references) that matches somewhere in the text.")]
    public string? Matches { get; init; }
}

/// <summary>What a rule does. Which properties count depends on <see cref="Action"/>.</summary>
public sealed record RuleAction
{
    /// <summary>The kind of action.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("offer: to the crowd. escalate: to staff. ignore: no answer needed. setPriority: adds to the priority and goes on with the next rule.")]
    public required RuleActionKind Action { get; init; }

    /// <summary>escalate, offer: the staff queue (for offer: where it goes when nobody takes it).</summary>
    [Description("escalate: the staff queue; staff if left out. offer: the queue for mentions that nobody takes; overflow if left out.")]
    public string? Queue { get; init; }

    /// <summary>escalate, offer, setPriority: added to the mention's priority.</summary>
    [Description("Added to the mention's priority, -1000 to 1000. Higher comes first.")]
    public int Priority { get; init; }

    /// <summary>escalate: when staff should have answered, in minutes from now; 240 if left out.</summary>
    [Description("escalate: minutes until staff should have answered; 240 if left out.")]
    public int? DueMinutes { get; init; }

    /// <summary>offer: skills that the advocate must have.</summary>
    [Description("offer: skills that the advocate must have.")]
    public IReadOnlyList<RequiredSkill>? Skills { get; init; }

    /// <summary>offer: whether the advocate must speak the mention's language; true if left out.</summary>
    [Description("offer: the advocate must speak the mention's language; true if left out. A mention whose language is not known may go to anybody.")]
    public bool? Language { get; init; }

    /// <summary>offer: least trust level.</summary>
    [Description("offer: least trust level of the advocate, 0 to 4.")]
    public int Trust { get; init; }

    /// <summary>offer: how long an advocate may think it over, in minutes; 5 if left out.</summary>
    [Description("offer: minutes until an offer goes to the next advocate; 5 if left out.")]
    public double? OfferMinutes { get; init; }

    /// <summary>offer: how long the mention waits for the crowd altogether, in minutes; 30 if left out.</summary>
    [Description("offer: minutes until staff get what nobody took; 30 if left out.")]
    public double? OverflowMinutes { get; init; }

    /// <summary>ignore: why, in a sentence.</summary>
    [Description("ignore: why, in a sentence.")]
    public string? Reason { get; init; }
}

/// <summary>Kinds of actions.</summary>
public enum RuleActionKind
{
    /// <summary>Give it to the crowd.</summary>
    Offer,

    /// <summary>Give it to staff.</summary>
    Escalate,

    /// <summary>It needs no answer.</summary>
    Ignore,

    /// <summary>Add to the priority and try the next rule.</summary>
    SetPriority,
}

/// <summary>A skill with the least proficiency.</summary>
public sealed record RequiredSkill
{
    /// <summary><c>kind:value</c>; <c>topic:*</c> stands for the mention's topic.</summary>
    [Description("kind:value, such as product:router-x. topic:* stands for the mention's own topic.")]
    public required string Skill { get; init; }

    /// <summary>Least proficiency, 0 to 1.</summary>
    [Description("Least proficiency, 0 to 1.")]
    public double AtLeast { get; init; }
}
