using System.Collections.Concurrent;
using Crowd4Care.State;

namespace Crowd4Care.Routing;

/// <summary>
/// The advocates that a turn can choose from, with their loads. A small community is read anew for every turn; a busy one once a second, and in
/// between this process counts on by itself. That may be a little behind what other processes do: the last word on a free place is
/// <see cref="Mentions.Workload"/>'s, when the turn is stored.
/// </summary>
public sealed class CandidatePool(RoutingStore store, IPresence presence, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Pool> pools = new();

    /// <summary>From how many advocates and places taken, together, reading them takes longer than a turn should.</summary>
    internal int Busy { get; init; } = 1000;

    /// <summary>The advocates of a brand who are present. The caller may change them.</summary>
    public async Task<IReadOnlyList<Candidate>> PresentAsync(string brandId, CancellationToken cancellationToken)
    {
        var present = (await presence.PresentAsync()).ToHashSet();
        var now = clock.GetUtcNow();
        if (pools.TryGetValue(brandId, out var pool) && now < pool.Until && present.SetEquals(pool.Present))
            return pool.Candidates;

        var candidates = await store.CandidatesAsync(brandId, present, cancellationToken);
        if (candidates.Count + candidates.Sum(c => c.Load) >= Busy)
            pools[brandId] = new Pool(present, candidates, now + Lasts);
        else
            pools.TryRemove(brandId, out _);
        return candidates;
    }

    /// <summary>Notes what was found when offers were stored.</summary>
    /// <param name="free">How many more mentions each of those who got one can be offered.</param>
    public void Note(string brandId, IReadOnlyDictionary<Guid, int> free)
    {
        if (pools.TryGetValue(brandId, out var pool))
            pool.Note(free, clock.GetUtcNow());
    }

    private sealed class Pool(IReadOnlySet<Guid> present, IReadOnlyList<Candidate> read, DateTimeOffset until)
    {
        private readonly ConcurrentDictionary<Guid, Candidate> candidates = new(read.Select(c => KeyValuePair.Create(c.Id, c with { })));

        public IReadOnlySet<Guid> Present => present;

        public DateTimeOffset Until => until;

        public IReadOnlyList<Candidate> Candidates => [.. candidates.Values.Select(c => c with { })];

        public void Note(IReadOnlyDictionary<Guid, int> free, DateTimeOffset now)
        {
            foreach (var (id, places) in free)
            {
                if (candidates.TryGetValue(id, out var candidate))
                    candidates[id] = candidate with { Load = candidate.Capacity - Math.Max(places, 0), LastOfferAt = now };
            }
        }
    }
}
