using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing.Simulation;

/// <summary>The product's way.</summary>
internal sealed class MatcherPolicy : IRoutingPolicy
{
    internal static double Kappa = 0, Batch = 1, FreeAdjust = 0;
    private static readonly RuleAction Offer = new() { Action = RuleActionKind.Offer };

    /// <inheritdoc/>
    public string Name => "crowd4care";

    /// <inheritdoc/>
    public double BatchSeconds => Batch;

    /// <inheritdoc/>
    public IEnumerable<SimulatedOffer> Choose(Situation situation)
    {
        var free = situation.Present.Where(c => c.Load < c.Capacity).ToList();
        var index = free.Index().ToDictionary(c => c.Item.Id, c => c.Index);
        var edges = situation.Waiting.Select(w => Matcher.Rank(w.Known, Offer, free, 20).Candidates.Where(c => c.Total > 0)
            .Select(c => new AssignmentEdge(index[c.PersonId], Math.Max(1e-6, c.Total!.Value + FreeAdjust * (c.Parts[3].Value)))).ToArray()).ToArray();
        var chosen = Assignment.Solve(edges, [.. free.Select(c => c.Capacity - c.Load)]);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] != Assignment.Nobody)
                yield return new SimulatedOffer(situation.Waiting[i], free[chosen[i]]);
        }
    }
}
