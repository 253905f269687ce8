using Crowd4Care.Routing.Matching;
using Crowd4Care.State;

namespace Crowd4Care.Routing;

/// <summary>
/// Decides mentions and reserves the places that the offers need. Another router may decide at the same time: what it took is decided
/// again, with that advocate full, and after a few rounds it waits a moment.
/// </summary>
public sealed class OfferRounds(IReservations reservations)
{
    private const int MostRounds = 3;

    // What is matched together grows faster than the number of mentions.
    private const int MostTogether = 100;

    /// <summary>Decides for the mentions of a turn, in their order: who comes first keeps a place that not all can have.</summary>
    /// <param name="advocates">With their loads as the database knows them; what is counted here lasts until the end of the turn.</param>
    /// <param name="held">How many places other turns hold.</param>
    public async Task<IReadOnlyList<Decision>> DecideAsync(
        Guid turnId, RuleSet rules, int version, IReadOnlyList<RoutableMention> mentions, AdvocateIndex advocates,
        IReadOnlyDictionary<Guid, int> held, DateTimeOffset now)
    {
        foreach (var (person, places) in held)
        {
            if (advocates.Find(person) is { } candidate)
                advocates.Take(candidate, places, 0);
        }

        var decisions = mentions.Chunk(MostTogether).SelectMany(some => Decide(rules, version, some, advocates, now)).ToArray();
        for (var round = 1; Wanted(decisions, advocates) is { Count: > 0 } wanted; round++)
        {
            var granted = await reservations.TryReserveAsync(turnId, wanted);
            var refused = Refused(decisions, granted);
            if (refused.Count == 0)
                break;

            if (round < MostRounds)
                Fill(advocates, refused.Select(i => decisions[i].OfferTo!.Value));
            foreach (var i in refused)
                decisions[i] = round < MostRounds ? Router.Decide(rules, version, mentions[i], advocates, now) : Router.TooLate(decisions[i], now);
            if (round == MostRounds)
                break;
        }

        return decisions;
    }

    // One after the other while there is room for all; where places run out, all of them together.
    private static Decision[] Decide(RuleSet rules, int version, RoutableMention[] mentions, AdvocateIndex advocates, DateTimeOffset now)
    {
        var decisions = Array.ConvertAll(mentions, m => Router.Decide(rules, version, m, advocates, now));
        var takers = decisions.Select(d => d.OfferTo).OfType<Guid>().Select(id => advocates.Find(id)!).ToList();
        if (mentions.Length < 2 || takers.All(c => c.Load < c.Capacity))
            return decisions;

        foreach (var taker in takers)
            advocates.Take(taker, -1, -1);
        var asked = mentions.Select(m => (Mention: m, Match: Router.Match(rules, m))).Where(q => q.Match.Action.Action == RuleActionKind.Offer)
            .Select(q => new JointQuestion(q.Mention, q.Match.Action, q.Match.Priority)).ToList();
        var chosen = asked.Zip(JointMatch.Choose(asked, advocates)).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Mention.Row.Id, pair => pair.Second);
        // First those who were chosen for something: nobody else takes their places.
        foreach (var (i, mention) in mentions.Index().OrderByDescending(m => chosen.ContainsKey(m.Item.Row.Id)))
            decisions[i] = Router.Decide(rules, version, mention, advocates, now, chosen.GetValueOrDefault(mention.Row.Id));
        return decisions;
    }

    private static List<PlacesWanted> Wanted(IEnumerable<Decision> decisions, AdvocateIndex advocates) =>
    [
        .. decisions.Select(d => d.OfferTo).OfType<Guid>().CountBy(person => person).OrderBy(c => c.Key)
            .Select(c => (Candidate: advocates.Find(c.Key)!, Count: c.Value))
            .Select(c => new PlacesWanted(c.Candidate.Id, c.Count, advocates.LoadBefore(c.Candidate), c.Candidate.Capacity)),
    ];

    // Where the decisions stand for which there was no place.
    private static List<int> Refused(IReadOnlyList<Decision> decisions, IReadOnlyDictionary<Guid, int> granted)
    {
        var left = granted.ToDictionary();
        var refused = new List<int>();
        foreach (var (i, decision) in decisions.Index())
        {
            if (decision.OfferTo is { } person && --left[person] < 0)
                refused.Add(i);
        }

        return refused;
    }

    private static void Fill(AdvocateIndex advocates, IEnumerable<Guid> refused)
    {
        foreach (var (person, count) in refused.CountBy(person => person))
        {
            var candidate = advocates.Find(person)!;
            advocates.Take(candidate, candidate.Capacity - candidate.Load, -count);
        }
    }
}
