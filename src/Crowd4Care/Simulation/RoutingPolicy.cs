using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>
/// A way to choose advocates. It sees what the product would know and nothing that is true behind it; only <see cref="OptimumPolicy"/> is given more.
/// </summary>
internal interface IRoutingPolicy
{
    /// <summary>The name in results.</summary>
    string Name { get; }

    /// <summary>How long it waits for more to come before it chooses, in seconds.</summary>
    double BatchSeconds { get; }

    /// <summary>Chooses offers, one after the other: an offer is made, and counts as load, before the next is asked for.</summary>
    IEnumerable<SimulatedOffer> Choose(Situation situation);
}

/// <summary>What a policy chooses from.</summary>
/// <param name="Now">The time in seconds.</param>
/// <param name="Waiting">Mentions that wait, the oldest first.</param>
/// <param name="Present">Advocates who are there.</param>
internal sealed record Situation(double Now, IReadOnlyList<WaitingMention> Waiting, IReadOnlyList<Candidate> Present);

/// <summary>To offer a mention to an advocate.</summary>
internal readonly record struct SimulatedOffer(WaitingMention Mention, Candidate To);
