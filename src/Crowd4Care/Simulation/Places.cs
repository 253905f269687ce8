using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>The places of those who are present: the free ones, and of who is full the one that will be free next.</summary>
internal sealed class Places
{
    private readonly Dictionary<Guid, int> indexes;
    private readonly int free;

    /// <summary>Looks at who is present.</summary>
    public Places(IReadOnlyList<Candidate> present)
    {
        var isFree = present.ToLookup(c => c.Load < c.Capacity);
        Present = [.. isFree[true], .. isFree[false]];
        // Judged as if the place were free already.
        Candidates = [.. isFree[true], .. isFree[false].Select(c => c with { Load = c.Capacity - 1 })];
        free = isFree[true].Count();
        indexes = Present.Index().ToDictionary(c => c.Item.Id, c => c.Index);
    }

    /// <summary>Who has them, as the matcher should see them.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    private IReadOnlyList<Candidate> Present { get; }

    /// <summary>An advocate's index.</summary>
    public int Of(Guid advocate) => indexes[advocate];

    /// <summary>Whether it is free now.</summary>
    public bool IsFree(int index) => index < free;

    /// <summary>Assigns mentions to places; those that get one that is free now are offered.</summary>
    public IEnumerable<SimulatedOffer> Give(IReadOnlyList<WaitingMention> waiting, IReadOnlyList<IReadOnlyList<AssignmentEdge>> edges)
    {
        var chosen = Assignment.Solve(edges, [.. Candidates.Select(c => c.Capacity - c.Load)]);
        return chosen.Index().Where(c => c.Item != Assignment.Nobody && IsFree(c.Item)).Select(c => new SimulatedOffer(waiting[c.Index], Present[c.Item])).ToList();
    }
}
