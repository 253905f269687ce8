using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>
/// What could be had by knowing what nobody knows: true skills, and who would accept an offer made now. It waits for who is busy and worth it for nearly as
/// long as staff don't get the mention. Assigned exactly each second; offers hardly ever fail (only when several at once make somebody too busy for the last).
/// It knows neither the mentions that are still to come nor how the coin falls that decides whether an answer solves the matter: it is the best course
/// found and a yardstick for what knowledge is worth, not a proven bound.
/// </summary>
internal sealed class OptimumPolicy(World world) : IRoutingPolicy
{
    // Better by this much in the probability to solve it is worth waiting for, for nearly as long as staff don't get it.
    private const double Patience = 0.01;
    private const double PatienceSeconds = 1500;

    private readonly Dictionary<Guid, SimulatedAdvocate> advocates = world.Advocates.ToDictionary(a => a.Known.Id);

    /// <inheritdoc/>
    public string Name => "optimum";

    /// <inheritdoc/>
    public double BatchSeconds => 1;

    /// <inheritdoc/>
    public IEnumerable<SimulatedOffer> Choose(Situation situation)
    {
        var places = new Places(situation.Present);
        var edges = situation.Waiting.Select(AssignmentEdge[] (waiting) => [.. Edges(waiting, places, situation.Now - waiting.Mention.At)]).ToArray();
        return places.Give(situation.Waiting, edges);
    }

    private IEnumerable<AssignmentEdge> Edges(WaitingMention waiting, Places places, double waited)
    {
        var language = Skill.Language(waiting.Known.Language);
        for (var place = 0; place < places.Candidates.Count; place++)
        {
            var candidate = places.Candidates[place];
            if (candidate.Proficiency(language, 0) <= 0 || waiting.Known.OfferedBefore.ContainsKey(candidate.Id) || (!places.IsFree(place) && waited >= PatienceSeconds))
                continue;

            var advocate = advocates[candidate.Id];
            var fit = World.Fit(waiting.Mention, advocate, waiting.Known.AnsweredAuthorBefore.ContainsKey(candidate.Id));
            if (world.React(waiting.Mention, advocate, fit, (double)candidate.Load / candidate.Capacity).Accepts)
                yield return new AssignmentEdge(place, World.Solves(fit) - (places.IsFree(place) ? 0 : Patience));
        }
    }
}
