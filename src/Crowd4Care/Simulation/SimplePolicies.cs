using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>Whoever's turn it is, of those who can take it.</summary>
internal sealed class RoundRobinPolicy : OneByOnePolicy
{
    private Guid last;

    /// <inheritdoc/>
    public override string Name => "round-robin";

    /// <inheritdoc/>
    protected override Candidate Pick(RoutableMention mention, IReadOnlyList<Candidate> able)
    {
        var next = able.Where(c => c.Id.CompareTo(last) > 0).MinBy(c => c.Id) ?? able.MinBy(c => c.Id)!;
        last = next.Id;
        return next;
    }
}

/// <summary>Who has the least to do for their capacity, of those who can take it.</summary>
internal sealed class LeastLoadedPolicy : OneByOnePolicy
{
    /// <inheritdoc/>
    public override string Name => "least-loaded";

    /// <inheritdoc/>
    protected override Candidate Pick(RoutableMention mention, IReadOnlyList<Candidate> able) => able.MinBy(c => ((double)c.Load / c.Capacity, c.OffersNow, c.Id))!;
}

/// <summary>Who declares the most skill in topic and language, of those who can take it.</summary>
internal sealed class BestSkillPolicy : OneByOnePolicy
{
    /// <inheritdoc/>
    public override string Name => "best-skill";

    /// <inheritdoc/>
    protected override Candidate Pick(RoutableMention mention, IReadOnlyList<Candidate> able)
    {
        var (topic, language) = (Skill.Topic(mention.Topic), Skill.Language(mention.Language));
        return able.MaxBy(c => (c.Proficiency(topic, 0) + c.Proficiency(language, 0), (double)-c.Load / c.Capacity, c.Id))!;
    }
}

/// <summary>Gives each mention at once to somebody of those who speak its language, have a free place and were not asked before.</summary>
internal abstract class OneByOnePolicy : IRoutingPolicy
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public double BatchSeconds => 0;

    /// <inheritdoc/>
    public IEnumerable<SimulatedOffer> Choose(Situation situation)
    {
        foreach (var waiting in situation.Waiting)
        {
            var language = Skill.Language(waiting.Known.Language);
            Candidate[] able = [.. situation.Present.Where(c =>
                c.Load < c.Capacity && c.Proficiency(language, 0) > 0 && !waiting.Known.OfferedBefore.ContainsKey(c.Id))];
            if (able.Length > 0)
                yield return new SimulatedOffer(waiting, Pick(waiting.Known, able));
        }
    }

    /// <summary>Who gets it.</summary>
    /// <param name="able">Those who can take it, at least one.</param>
    protected abstract Candidate Pick(RoutableMention mention, IReadOnlyList<Candidate> able);
}
