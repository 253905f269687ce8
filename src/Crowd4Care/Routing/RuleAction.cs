using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Crowd4Care.Routing;

/// <summary>What a rule does. Which properties count depends on <see cref="Action"/>.</summary>
public sealed record RuleAction
{
    /// <summary>The kind of action.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("offer: to the crowd. escalate: to staff. ignore: no answer needed. setPriority: adds to the priority and goes on with the next rule. addSkill: whoever is offered it must have these skills too; goes on with the next rule.")]
    public required RuleActionKind Action { get; init; }

    /// <summary>escalate, offer: the staff queue (for offer: where it goes when nobody takes it).</summary>
    [Description("escalate: the staff queue; staff if left out. offer: the queue for mentions that nobody takes; overflow if left out.")]
    public string? Queue { get; init; }

    /// <summary>Added to the mention's priority.</summary>
    [Description("Added to the mention's priority, -1000 to 1000. Higher comes first.")]
    public int Priority { get; init; }

    /// <summary>escalate: when staff should have answered, in minutes from now; 240 if left out.</summary>
    [Description("escalate: minutes until staff should have answered; 240 if left out.")]
    public int? DueMinutes { get; init; }

    /// <summary>offer, addSkill: skills that the advocate must have.</summary>
    [Description("offer, addSkill: skills that the advocate must have. Named twice, the higher level counts.")]
    public IReadOnlyList<RequiredSkill>? Skills { get; init; }

    /// <summary>offer: skills that count beside topic and language for who gets it, and that nobody must have.</summary>
    [Description("offer: skills that nobody must have, but whoever has them comes first.")]
    public IReadOnlyList<PreferredSkill>? Prefer { get; init; }

    /// <summary>offer: whether the advocate must speak the mention's language; true if left out.</summary>
    [Description("offer: the advocate must speak the mention's language; true if left out. A mention whose language is not known may go to anybody.")]
    public bool? Language { get; init; }

    /// <summary>offer: least trust level.</summary>
    [Description("offer: least trust level of the advocate, 0 to 4.")]
    public int Trust { get; init; }

    /// <summary>offer: what is asked less after a while; the soonest first.</summary>
    [Description("offer: what is asked less of whoever is offered it, after a while with the crowd, in the order of time.")]
    public IReadOnlyList<RelaxationStep>? Relax { get; init; }

    /// <summary>offer: how long an advocate may think it over, in minutes; 5 if left out.</summary>
    [Description("offer: minutes until an offer goes to the next advocate; 5 if left out.")]
    public double? OfferMinutes { get; init; }

    /// <summary>offer: how many advocates are asked at once, 1 to 10; 1 if left out.</summary>
    [Description("offer: how many advocates are asked at once, 1 to 10; 1 if left out. Whoever claims first has it. As many as are free, and one each where places run out.")]
    public int? OfferTo { get; init; }

    /// <summary>offer: how many places of an advocate's capacity it takes, its capacity weight, 1 to 10; 1 if left out.</summary>
    [Description("offer: how many places of an advocate's capacity it takes (its capacity weight), 1 to 10; 1 if left out. Only who has as many free is asked.")]
    public int? Places { get; init; }

    /// <summary>offer: how long a claim lasts, in minutes; as configured if left out.</summary>
    [Description("offer: minutes that a claim lasts; if left out, as long as claims last in this installation.")]
    public double? ClaimMinutes { get; init; }

    /// <summary>offer: how long the mention waits for the crowd altogether, in minutes; 30 if left out.</summary>
    [Description("offer: minutes until staff get what nobody took; 30 if left out.")]
    public double? OverflowMinutes { get; init; }

    /// <summary>offer: whether staff approve the reply before it is sent, whoever writes it.</summary>
    [Description("offer: true when staff approve the advocate's reply before it is sent, whoever writes it.")]
    public bool RequireApproval { get; init; }

    /// <summary>ignore: why, in a sentence.</summary>
    [Description("ignore: why, in a sentence.")]
    public string? Reason { get; init; }

    /// <summary>How many places an offer takes.</summary>
    internal int PlacesTaken => Places ?? 1;

    /// <summary>Whether no later rule is tried after this action.</summary>
    internal bool Decides => Action is not (RuleActionKind.SetPriority or RuleActionKind.AddSkill);
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

    /// <summary>Ask more skills of whoever is offered it, and try the next rule.</summary>
    AddSkill,
}

/// <summary>A skill that counts for who gets a mention.</summary>
public sealed record PreferredSkill
{
    /// <summary><c>kind:value</c>.</summary>
    [Description("kind:value, such as product:router-x.")]
    public required string Skill { get; init; }

    /// <summary>What full proficiency adds to the weighted sum of the match; 0.2 if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("What full proficiency adds to the weighted sum of the match, 0.01 to 1; 0.2 if left out. The sum of everything else is at most 1.")]
    public double Weight { get; init; } = 0.2;
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
