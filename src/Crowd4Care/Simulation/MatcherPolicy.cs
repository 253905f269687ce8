using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>The product itself: what the router decides for everything that waits, in turns of a second.</summary>
/// <param name="policy">How the best-qualified advocate is looked for.</param>
internal sealed class MatcherPolicy(MatchPolicy policy) : IRoutingPolicy
{
    /// <summary>The name in results.</summary>
    public const string PolicyName = "crowd4care";

    private readonly RuleSet rules = new() { Matching = policy, Rules = [new Rule { Id = "crowd", Then = new RuleAction { Action = RuleActionKind.Offer } }] };
    private readonly AdvocateIndex advocates = new();

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public double BatchSeconds => 1;

    /// <inheritdoc/>
    public IEnumerable<SimulatedOffer> Choose(Situation situation)
    {
        var present = situation.Present.ToDictionary(c => c.Id);
        foreach (var gone in advocates.Everybody.Select(c => c.Id).Where(id => !present.ContainsKey(id)).ToList())
            advocates.Remove(gone);
        // Copies: what a turn counts is forgotten when it ends.
        foreach (var candidate in situation.Present.Where(c => advocates.Find(c.Id) is null))
            advocates.Put(candidate with { });
        foreach (var candidate in situation.Present)
            advocates.SetLoad(candidate.Id, candidate.Load, candidate.LastOfferAt);

        var turn = new RoutingTurn(rules, 1, advocates, World.Time(situation.Now));
        var decisions = TurnRouter.Decide(turn, situation.Waiting.Select(w => w.Known));
        advocates.EndTurn();
        return situation.Waiting.Zip(decisions).Where(d => d.Second.OfferTo is not null)
            .Select(d => new SimulatedOffer(d.First, present[d.Second.OfferTo!.Value])).ToList();
    }
}
