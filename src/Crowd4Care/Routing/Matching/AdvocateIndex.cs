using System.Runtime.InteropServices;

namespace Crowd4Care.Routing.Matching;

/// <summary>
/// The advocates of a brand who can be asked, by skill: an inverted index that changes in place. A decision cuts sets of bits, 64 advocates at
/// a time, or walks the list of a scarce skill, so it judges only those who meet the hard conditions; and it finds whom <see cref="Matcher"/>
/// finds among all. For one thread at a time.
/// </summary>
public sealed class AdvocateIndex
{
    // So few are all looked at, and those who can't are explained as well.
    private const int FewEnough = 256;

    private readonly Dictionary<Guid, int> places = [];
    private readonly Dictionary<string, int> logins = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SkillPosting> postings = [];
    private readonly Stack<int> gaps = new();
    private readonly IndexSearch search;
    private readonly Dictionary<Guid, int> before = [];
    private ulong[][] trust = [[], [], [], [], []];
    private ulong[] available = [];
    private ulong[] full = [];
    private Candidate?[] people = [];
    private float[] free = [];
    private float[] freePlaces = [];
    private float[] capacities = [];

    /// <summary>An empty index.</summary>
    public AdvocateIndex() => search = new IndexSearch(this);

    /// <summary>How many advocates there are.</summary>
    public int Count => places.Count;

    /// <summary>Everybody.</summary>
    public IEnumerable<Candidate> Everybody => places.Values.Select(place => people[place]!);

    /// <summary>Who has a place, or null.</summary>
    internal ReadOnlySpan<Candidate?> People => people;

    /// <summary>The free share of everybody's capacity.</summary>
    internal ReadOnlySpan<float> Free => free;

    /// <summary>How many places everybody has free.</summary>
    internal ReadOnlySpan<float> FreePlaces => freePlaces;

    /// <summary>How many places everybody has.</summary>
    internal ReadOnlySpan<float> Capacities => capacities;

    /// <summary>A bit for each who is not away, has no quiet hours and has a place.</summary>
    internal ReadOnlySpan<ulong> Available => available;

    /// <summary>A bit for each who is not away and has no place left.</summary>
    internal ReadOnlySpan<ulong> Full => full;

    /// <summary>An index of these advocates.</summary>
    public static AdvocateIndex Of(IEnumerable<Candidate> candidates)
    {
        var index = new AdvocateIndex();
        foreach (var candidate in candidates)
            index.Put(candidate);
        return index;
    }

    /// <summary>An advocate, or null. What changes in one is told to the index, not written into the advocate.</summary>
    public Candidate? Find(Guid id) => places.TryGetValue(id, out var place) ? people[place] : null;

    /// <summary>Adds an advocate, or puts what is known now in the place of what was.</summary>
    public void Put(Candidate candidate)
    {
        if (places.TryGetValue(candidate.Id, out var place))
        {
            var before = people[place]!;
            logins.Remove(before.Login);
            foreach (var skill in before.Skills.Keys.Where(skill => !candidate.Skills.ContainsKey(skill)))
                postings[skill].Remove(place);
        }
        else
        {
            place = TakePlace();
            places[candidate.Id] = place;
        }

        people[place] = candidate;
        logins[candidate.Login] = place;
        foreach (var (skill, level) in candidate.Skills)
            PostingFor(skill).Set(place, (float)level, people.Length);
        for (var level = 0; level < trust.Length; level++)
            Set(trust[level], place, candidate.Trust >= level);
        Refresh(place, candidate);
    }

    /// <summary>Takes an advocate out; nothing happens where there is none.</summary>
    public void Remove(Guid id)
    {
        if (!places.Remove(id, out var place))
            return;

        var candidate = people[place]!;
        logins.Remove(candidate.Login);
        foreach (var skill in candidate.Skills.Keys)
            postings[skill].Remove(place);
        foreach (var bits in trust)
            Set(bits, place, false);
        Set(available, place, false);
        Set(full, place, false);
        people[place] = null;
        gaps.Push(place);
    }

    /// <summary>Sets how many places an advocate's open offers and claims take.</summary>
    /// <param name="id">Who.</param>
    /// <param name="load">How many.</param>
    /// <param name="lastOfferAt">When the last offer was made; null leaves it.</param>
    public void SetLoad(Guid id, int load, DateTimeOffset? lastOfferAt = null)
    {
        if (!places.TryGetValue(id, out var place))
            return;
        var candidate = people[place]!;
        (candidate.Load, candidate.LastOfferAt) = (load, lastOfferAt ?? candidate.LastOfferAt);
        Refresh(place, candidate);
    }

    /// <summary>Counts places that an advocate gets (or gives back) while a turn decides, until <see cref="EndTurn"/>.</summary>
    /// <param name="candidate">Who.</param>
    /// <param name="count">How many places more.</param>
    /// <param name="offers">How many offers of this turn they are.</param>
    public void Take(Candidate candidate, int count, int offers)
    {
        before.TryAdd(candidate.Id, candidate.Load);
        candidate.Load += count;
        candidate.OffersNow += offers;
        Refresh(places[candidate.Id], candidate);
    }

    /// <summary>The load that an advocate had before the turn.</summary>
    public int LoadBefore(Candidate candidate) => before.GetValueOrDefault(candidate.Id, candidate.Load);

    /// <summary>Forgets what a turn counted: what came of it is told when it is stored.</summary>
    public void EndTurn()
    {
        foreach (var (id, load) in before)
        {
            if (Find(id) is not { } candidate)
                continue;
            (candidate.Load, candidate.OffersNow) = (load, 0);
            Refresh(places[id], candidate);
        }

        before.Clear();
    }

    /// <summary>Sets whether an advocate wants no offers now.</summary>
    public void SetAway(Guid id, bool isAway)
    {
        if (!places.TryGetValue(id, out var place))
            return;
        var candidate = people[place]!;
        candidate.IsAway = isAway;
        Refresh(place, candidate);
    }

    /// <summary>Who can take a mention, the best first. Of a small community those who can't are told as well, with the reason.</summary>
    /// <param name="mention">The mention.</param>
    /// <param name="offer">What the rule wants of who gets it.</param>
    /// <param name="shown">How many advocates to explain.</param>
    /// <param name="policy">What counts how much; null for <see cref="MatchPolicy.Default"/>.</param>
    public Ranking Rank(RoutableMention mention, RuleAction offer, int shown, MatchPolicy? policy = null) =>
        Count <= FewEnough ? Matcher.Rank(mention, offer, Everybody, shown, policy) : search.Rank(new MatchQuestion(mention, offer, policy ?? MatchPolicy.Default), shown);

    /// <summary>Who could take a mention with their next free place, the best first by what they know.</summary>
    /// <param name="mention">The mention.</param>
    /// <param name="offer">What the rule wants of who gets it.</param>
    /// <param name="shown">How many advocates to find.</param>
    /// <param name="policy">What counts how much.</param>
    internal IReadOnlyList<CandidateScore> RankNext(RoutableMention mention, RuleAction offer, int shown, MatchPolicy policy)
    {
        // What is free now is too little, and so says nothing for them.
        var question = new MatchQuestion(mention, offer, offer.PlacesTaken > 1 ? policy with { Free = 0 } : policy) { OfNextPlaces = true };
        return [.. (Count <= FewEnough ? Matcher.Rank(question, Everybody, shown) : search.Rank(question, shown)).Candidates.Where(c => c.Excluded is null)];
    }

    /// <summary>Who has a skill; null where nobody does.</summary>
    internal SkillPosting? PostingOf(string skill) => postings.TryGetValue(skill, out var posting) && posting.Count > 0 ? posting : null;

    /// <summary>A bit for each whose trust is at least as high; the lowest for everybody.</summary>
    internal ReadOnlySpan<ulong> Trusted(int level) => trust[Math.Clamp(level, 0, trust.Length - 1)];

    /// <summary>The place of an advocate, or -1.</summary>
    internal int PlaceOf(Guid id) => places.GetValueOrDefault(id, -1);

    /// <summary>The place of who signs in by that name, or -1.</summary>
    internal int PlaceOf(string login) => logins.GetValueOrDefault(login, -1);

    private SkillPosting PostingFor(string skill)
    {
        ref var posting = ref CollectionsMarshal.GetValueRefOrAddDefault(postings, skill, out _);
        return posting ??= new SkillPosting();
    }

    private void Refresh(int place, Candidate candidate)
    {
        (free[place], freePlaces[place], capacities[place]) = ((float)candidate.FreeShare, candidate.FreePlaces, candidate.Capacity);
        Set(available, place, candidate.IsAwake && candidate.RoomFor(1) > 0);
        Set(full, place, candidate.IsAwake && candidate.IsOnePlaceShortOf(1));
    }

    private int TakePlace()
    {
        if (gaps.TryPop(out var place))
            return place;
        place = places.Count;
        if (place == people.Length)
            Grow(Math.Max(64, people.Length * 2));
        return place;
    }

    private void Grow(int size)
    {
        Array.Resize(ref people, size);
        Array.Resize(ref free, size);
        Array.Resize(ref freePlaces, size);
        Array.Resize(ref capacities, size);
        Array.Resize(ref available, size >> 6);
        Array.Resize(ref full, size >> 6);
        trust = Array.ConvertAll(trust, bits =>
        {
            Array.Resize(ref bits, size >> 6);
            return bits;
        });
        foreach (var posting in postings.Values)
            posting.Grow(size);
    }

    private static void Set(ulong[] bits, int place, bool value)
    {
        if (value)
            bits[place >> 6] |= 1UL << place;
        else
            bits[place >> 6] &= ~(1UL << place);
    }
}
