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

    /// <summary>Decides for the mentions of a turn, in their order: who comes first keeps a place that not all can have.</summary>
    /// <param name="turnId">Identifies the turn.</param>
    /// <param name="turn">The rules, and the advocates with their loads as the database knows them; what is counted here lasts until the end of the turn.</param>
    /// <param name="mentions">The mentions.</param>
    /// <param name="held">How many places other turns hold.</param>
    public async Task<IReadOnlyList<Decision>> DecideAsync(
        Guid turnId, RoutingTurn turn, IReadOnlyList<RoutableMention> mentions, IReadOnlyDictionary<Guid, int> held)
    {
        var advocates = turn.Advocates;
        foreach (var (person, places) in held)
        {
            if (advocates.Find(person) is { } candidate)
                advocates.Take(candidate, places, 0);
        }

        var decisions = TurnRouter.Decide(turn, mentions);
        for (var round = 1; Wanted(decisions, advocates) is { Count: > 0 } wanted; round++)
        {
            var granted = await reservations.TryReserveAsync(turnId, wanted);
            var refused = Refused(decisions, granted);
            if (refused.Count == 0)
                break;

            if (round < MostRounds)
                Fill(advocates, refused.SelectMany(r => r.Value));
            foreach (var (i, people) in refused)
            {
                // Whoever else is asked about it still is.
                if (decisions[i].OfferedTo.Except(people).ToList() is { Count: > 0 } left)
                    decisions[i] = decisions[i].OnlyTo(left);
                else
                    decisions[i] = round < MostRounds ? Router.Decide(turn, mentions[i]) : Router.TooLate(decisions[i], turn.Now);
            }

            if (round == MostRounds)
                break;
        }

        return decisions;
    }

    private static List<PlacesWanted> Wanted(IEnumerable<Decision> decisions, AdvocateIndex advocates) =>
    [
        .. decisions.SelectMany(d => d.OfferedTo.Select(person => (Person: person, d.PlacesTaken))).GroupBy(o => o.Person, o => o.PlacesTaken).OrderBy(o => o.Key)
            .Select(o => (Candidate: advocates.Find(o.Key)!, Count: o.Sum()))
            .Select(c => new PlacesWanted(c.Candidate.Id, c.Count, advocates.LoadBefore(c.Candidate), c.Candidate.Capacity)),
    ];

    // Where the decisions stand for which there was no place, with whose places they are.
    private static Dictionary<int, List<Guid>> Refused(IReadOnlyList<Decision> decisions, IReadOnlyDictionary<Guid, int> granted)
    {
        var left = granted.ToDictionary();
        var refused = new Dictionary<int, List<Guid>>();
        foreach (var (i, decision) in decisions.Index())
        {
            if (decision.OfferedTo.Where(person => !Grant(person, decision.PlacesTaken)).ToList() is { Count: > 0 } people)
                refused[i] = people;
        }

        return refused;

        bool Grant(Guid person, int places)
        {
            if (left[person] < places)
                return false;
            left[person] -= places;
            return true;
        }
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
