using System.Runtime.InteropServices;

namespace Crowd4Care.Routing.Matching;

/// <summary>
/// The share of the mentions that a brand keeps for who is new in its crowd: else the best qualified get them all, and nobody ever becomes one of them. Whose
/// turn it is follows from the mention's id alone. Pure.
/// </summary>
public static class Newcomers
{
    /// <summary>Who posted fewer answers is new.</summary>
    public const int Answers = 10;

    /// <summary>What newcomers are known by, like a skill: what only they may take requires it.</summary>
    public const string Mark = "is:newcomer";

    private static readonly RequiredSkill Required = new() { Skill = Mark };

    /// <summary>The same match, for newcomers alone where it is their turn and one of them qualifies and has a place.</summary>
    internal static RuleMatch Prefer(RoutingTurn turn, RoutableMention mention, RuleMatch match)
    {
        if (match.Action.Action != RuleActionKind.Offer || !IsTheirTurn(turn.Rules.Policy, mention.Row.Id))
            return match;

        var action = match.Action with { Skills = [.. match.Action.Skills ?? [], Required] };
        return turn.Advocates.Rank(mention, action, shown: 1, turn.Rules.Policy).Best is null ? match : match with { Action = action };
    }

    /// <summary>Whether a mention is one of the share.</summary>
    internal static bool IsTheirTurn(MatchPolicy policy, Guid mention) => policy.NewcomerShare > 0 && Place(mention) < policy.NewcomerShare;

    private static double Place(Guid id)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(MemoryMarshal.CreateReadOnlySpan(ref id, 1));
        return SeededRandom.Of(halves[0] ^ ulong.RotateLeft(halves[1], 29));
    }
}
