using Crowd4Care.State;

namespace Crowd4Care.Routing;

/// <summary>
/// Decides mentions and reserves the places that the offers need. Another router may decide at the same time: what it took is decided
/// again, with that advocate full, and after a few rounds it waits a moment.
/// </summary>
public sealed class OfferRounds(IReservations reservations)
{
    private const int MostRounds = 3;

    /// <summary>Decides for the mentions of a turn, in their order: who comes first keeps a place that not all can have.</summary>
    /// <param name="candidates">With their loads as the database knows them.</param>
    /// <param name="held">How many places other turns hold.</param>
    public async Task<IReadOnlyList<Decision>> DecideAsync(
        Guid turnId, RuleSet rules, int version, IReadOnlyList<RoutableMention> mentions, IReadOnlyList<Candidate> candidates,
        IReadOnlyDictionary<Guid, int> held, DateTimeOffset now)
    {
        var loads = candidates.ToDictionary(c => c.Id, c => c.Load);
        foreach (var candidate in candidates)
            candidate.Load += held.GetValueOrDefault(candidate.Id);

        var decisions = mentions.Select(m => Router.Decide(rules, version, m, candidates, now)).ToArray();
        for (var round = 1; Wanted(decisions, candidates, loads) is { Count: > 0 } wanted; round++)
        {
            var granted = await reservations.TryReserveAsync(turnId, wanted);
            var refused = Refused(decisions, granted);
            if (refused.Count == 0)
                break;

            if (round < MostRounds)
                Fill(candidates, refused.Select(i => decisions[i].OfferTo!.Value));
            foreach (var i in refused)
                decisions[i] = round < MostRounds ? Router.Decide(rules, version, mentions[i], candidates, now) : Router.TooLate(decisions[i], now);
            if (round == MostRounds)
                break;
        }

        return decisions;
    }

    private static List<PlacesWanted> Wanted(IEnumerable<Decision> decisions, IReadOnlyList<Candidate> candidates, Dictionary<Guid, int> loads)
    {
        var counts = decisions.Select(d => d.OfferTo).OfType<Guid>().CountBy(person => person).ToDictionary();
        return [.. candidates.Where(c => counts.ContainsKey(c.Id)).Select(c => new PlacesWanted(c.Id, counts[c.Id], loads[c.Id], c.Capacity))];
    }

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

    private static void Fill(IReadOnlyList<Candidate> candidates, IEnumerable<Guid> refused)
    {
        var counts = refused.CountBy(person => person).ToDictionary();
        foreach (var candidate in candidates.Where(c => counts.ContainsKey(c.Id)))
        {
            candidate.Load = candidate.Capacity;
            candidate.OffersNow -= counts[candidate.Id];
        }
    }
}
