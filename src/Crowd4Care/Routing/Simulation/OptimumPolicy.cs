using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing.Simulation;

/// <summary>Knows what is true.</summary>
internal sealed class OptimumPolicy(World world) : IRoutingPolicy
{
    private readonly Dictionary<Guid, SimulatedAdvocate> advocates = world.Advocates.ToDictionary(a => a.Known.Id);

    /// <inheritdoc/>
    public string Name => "optimum";

    /// <inheritdoc/>
    public double BatchSeconds => 1;

    /// <inheritdoc/>
    public IEnumerable<SimulatedOffer> Choose(Situation situation)
    {
        var free = situation.Present.Where(c => c.Load < c.Capacity).ToList();
        var edges = situation.Waiting.Select(w => Edges(w, free).ToArray()).ToArray();
        var chosen = Assignment.Solve(edges, [.. free.Select(c => c.Capacity - c.Load)]);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] != Assignment.Nobody)
                yield return new SimulatedOffer(situation.Waiting[i], free[chosen[i]]);
        }
    }

    private IEnumerable<AssignmentEdge> Edges(WaitingMention waiting, List<Candidate> free)
    {
        var language = Skill.Language(waiting.Known.Language);
        for (var i = 0; i < free.Count; i++)
        {
            var candidate = free[i];
            if (candidate.Proficiency(language, 0) <= 0 || waiting.Known.OfferedBefore.ContainsKey(candidate.Id))
                continue;
            var advocate = advocates[candidate.Id];
            var fit = World.Fit(waiting.Mention, advocate, waiting.Known.AnsweredAuthorBefore.ContainsKey(candidate.Id));
            if (world.React(waiting.Mention, advocate, fit, (double)candidate.Load / candidate.Capacity).Accepts)
                yield return new AssignmentEdge(i, World.Solves(fit));
        }
    }
}
