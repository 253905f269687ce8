using System.Collections.Frozen;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>What a number of a rule set may be, both ends included.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct NumberRange(double Least, double Most)
{
    /// <summary>Whether a number is in the range; what is not a number is not.</summary>
    public bool Has(double number) => number >= Least && number <= Most;
}

/// <summary>What the members of a rule set may be: for the check of documents and for the forms that write them.</summary>
public static class RuleLimits
{
    /// <summary>Probabilities, proficiencies, weights, shares.</summary>
    public static readonly NumberRange Share = new(0, 1);

    /// <summary>Trust levels.</summary>
    public static readonly NumberRange Trust = new(0, 4);

    /// <summary>Followers of an author.</summary>
    public static readonly NumberRange Followers = new(0, int.MaxValue);

    /// <summary>Turns of a conversation.</summary>
    public static readonly NumberRange Turns = new(0, 1_000_000);

    /// <summary>What a preferred skill adds.</summary>
    public static readonly NumberRange PreferredWeight = new(0.01, 1);

    /// <summary>Minutes from which on a relaxation step holds.</summary>
    public static readonly NumberRange RelaxMinutes = new(0.01, 60 * 24 * 30);

    /// <summary>The numbers of an action by their names in a document.</summary>
    public static FrozenDictionary<string, NumberRange> OfActions { get; } = new Dictionary<string, NumberRange>
    {
        ["priority"] = new(-1000, 1000),
        ["dueMinutes"] = new(1, 60 * 24 * 30),
        ["trust"] = Trust,
        ["offerMinutes"] = new(0.01, 60 * 24),
        ["offerTo"] = new(1, Router.MostAtOnce),
        ["places"] = new(1, Router.MostPlaces),
        ["claimMinutes"] = new(0.05, 60 * 24),
        ["overflowMinutes"] = new(0, 60 * 24 * 30),
    }.ToFrozenDictionary();

    /// <summary>The numbers of <see cref="MatchPolicy"/> by their names in a document.</summary>
    public static FrozenDictionary<string, NumberRange> OfMatching { get; } = new Dictionary<string, NumberRange>
    {
        ["topic"] = Share,
        ["language"] = Share,
        ["contact"] = Share,
        ["free"] = Share,
        ["undeclaredTopic"] = Share,
        ["waitMinutes"] = new(0, 60 * 24),
        ["waitWorth"] = Share,
        ["newcomerShare"] = Share,
    }.ToFrozenDictionary();

    /// <summary>The numbers of <see cref="PriorityPolicy"/> by their names in a document.</summary>
    public static FrozenDictionary<string, NumberRange> OfPriority { get; } = new Dictionary<string, NumberRange>
    {
        ["anger"] = new(0, 1000),
        ["reach"] = new(0, 100),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RuleActionKind[]> Kinds = new Dictionary<string, RuleActionKind[]>
    {
        ["queue"] = [RuleActionKind.Escalate, RuleActionKind.Offer],
        ["dueMinutes"] = [RuleActionKind.Escalate],
        ["skills"] = [RuleActionKind.Offer, RuleActionKind.AddSkill],
        ["language"] = [RuleActionKind.Offer],
        ["prefer"] = [RuleActionKind.Offer],
        ["relax"] = [RuleActionKind.Offer],
        ["trust"] = [RuleActionKind.Offer],
        ["offerMinutes"] = [RuleActionKind.Offer],
        ["offerTo"] = [RuleActionKind.Offer],
        ["places"] = [RuleActionKind.Offer],
        ["claimMinutes"] = [RuleActionKind.Offer],
        ["overflowMinutes"] = [RuleActionKind.Offer],
        ["requireApproval"] = [RuleActionKind.Offer],
        ["reason"] = [RuleActionKind.Ignore],
    }.ToFrozenDictionary();

    /// <summary>Whether a member of an action means something with a kind of action; what is not known might.</summary>
    public static bool Fits(string member, RuleActionKind kind) => !Kinds.TryGetValue(member, out var kinds) || kinds.Contains(kind);
}
