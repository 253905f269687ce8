using System.Collections.Concurrent;
using Crowd4Care.State;

namespace Crowd4Care.Routing.Matching;

/// <summary>
/// The advocates that turns choose from, with their loads, in an index for each brand. A small community is read anew for every turn; a busy one
/// once a second, and in between this process counts on by itself. That may be a little behind what other processes do: the last word on a free
/// place is <see cref="Mentions.Workload"/>'s, when the turn is stored.
/// </summary>
public sealed class CandidatePool(RoutingStore store, IPresence presence, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Pool> pools = new();

    /// <summary>From how many advocates and places taken, together, reading them takes longer than a turn should.</summary>
    internal int Busy { get; init; } = 1000;

    /// <summary>Lets a turn choose among the advocates of a brand who are present. What it counts there is forgotten when it is done.</summary>
    /// <param name="brandId">The brand.</param>
    /// <param name="policy">What its rules ask of them.</param>
    /// <param name="choose">The turn.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T> UseAsync<T>(string brandId, MatchPolicy policy, Func<AdvocateIndex, Task<T>> choose, CancellationToken cancellationToken)
    {
        var pool = pools.GetOrAdd(brandId, _ => new Pool());
        await pool.Gate.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(pool, brandId, policy.NewcomerShare > 0, cancellationToken);
            return await choose(pool.Advocates);
        }
        finally
        {
            pool.Advocates.EndTurn();
            pool.Gate.Release();
        }
    }

    /// <summary>Notes what was found when offers were stored.</summary>
    /// <param name="brandId">The brand.</param>
    /// <param name="free">How many more mentions each of those who got one can be offered.</param>
    public void Note(string brandId, IReadOnlyDictionary<Guid, int> free)
    {
        if (pools.TryGetValue(brandId, out var pool))
            pool.Notes.Enqueue((free, clock.GetUtcNow()));
    }

    private async Task RefreshAsync(Pool pool, string brandId, bool marksNewcomers, CancellationToken cancellationToken)
    {
        var present = (await presence.PresentAsync()).ToHashSet();
        var now = clock.GetUtcNow();
        if (now < pool.Until && present.SetEquals(pool.Present) && marksNewcomers == pool.MarksNewcomers)
        {
            pool.TakeNotes();
            return;
        }

        // What was noted before is in the database by now.
        pool.Notes.Clear();
        var candidates = await store.CandidatesAsync(brandId, present, marksNewcomers, cancellationToken);
        pool.Replace(candidates);
        (pool.Present, pool.MarksNewcomers) = (present, marksNewcomers);
        pool.Until = candidates.Count + candidates.Sum(c => c.Load) >= Busy ? now + Lasts : DateTimeOffset.MinValue;
    }

    private sealed class Pool
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public AdvocateIndex Advocates { get; } = new();

        public ConcurrentQueue<(IReadOnlyDictionary<Guid, int> Free, DateTimeOffset At)> Notes { get; } = new();

        public IReadOnlySet<Guid> Present { get; set; } = new HashSet<Guid>();

        public bool MarksNewcomers { get; set; }

        public DateTimeOffset Until { get; set; }

        public void Replace(IReadOnlyList<Candidate> candidates)
        {
            var now = candidates.Select(c => c.Id).ToHashSet();
            foreach (var gone in Advocates.Everybody.Select(c => c.Id).Where(id => !now.Contains(id)).ToList())
                Advocates.Remove(gone);
            foreach (var candidate in candidates)
                Advocates.Put(candidate);
        }

        public void TakeNotes()
        {
            while (Notes.TryDequeue(out var note))
            {
                foreach (var (person, places) in note.Free)
                {
                    if (Advocates.Find(person) is { } candidate)
                        Advocates.SetLoad(person, candidate.Capacity - Math.Max(places, 0), note.At);
                }
            }
        }
    }
}
