namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Matches mentions together where not all can have their best advocate, so that a scarce specialist is not spent on an easy question: the assignment
/// with the greatest sum over the best candidates of each. An advocate's second place is worth less than the first by what it takes of the free capacity.
/// The next place of who is full takes part too, at a price: who gets it waits for it.
/// </summary>
/// <remarks>
/// Exact where all mentions take as many places. Where some take more than others, more may be assigned to an advocate than they have room for: then the most
/// urgent of these keep it, and the others are matched again with the room that is left.
/// </remarks>
internal static class JointMatch
{
    // Whoever comes after so many is seldom worth a shift.
    private const int BestCandidates = 10;

    private const int MostPlaces = 8;

    // What a priority of 100 adds to the weight of a mention.
    private const double WeightOfPriority = 0.01;

    /// <summary>Chooses; nothing is counted in the index.</summary>
    /// <param name="asked">The mentions with what their rules want, the most urgent first.</param>
    /// <param name="advocates">Who could take them, with the loads of now.</param>
    /// <param name="policy">What counts how much.</param>
    /// <returns>For each mention who should get it; nobody where none of its best candidates has a place left.</returns>
    public static IReadOnlyList<Choice> Choose(IReadOnlyList<JointQuestion> asked, AdvocateIndex advocates, MatchPolicy policy)
    {
        var options = asked.Select(question => Options.Of(question, advocates, policy)).ToList();
        var choices = Enumerable.Repeat(Choice.WhoeverIsFree, asked.Count).ToArray();
        var room = new Room(advocates);
        for (List<int> left = [.. Enumerable.Range(0, asked.Count)]; left.Count > 0;)
        {
            var assigned = left.Zip(Assign(left.ConvertAll(i => options[i]), room, policy)).ToList();
            var given = assigned.Where(a => a.Second is { } choice && room.TryTake(choice, options[a.First].Places)).ToList();
            foreach (var (i, choice) in given)
                choices[i] = choice!;
            if (given.Count == assigned.Count(a => a.Second is not null))
                break;
            left = [.. left.Except(given.Select(g => g.First))];
        }

        return choices;
    }

    private static IEnumerable<Choice?> Assign(List<Options> asked, Room room, MatchPolicy policy)
    {
        var columns = new Columns(room, Math.Min(asked.Count, MostPlaces));
        var edges = asked.ConvertAll(options => options.Edges(columns, policy).ToArray());
        var places = Enumerable.Repeat(1, columns.Choices.Count).ToArray();
        return Assignment.Solve(edges, places, [.. asked.Select(options => options.Weight)]).Select(column => column == Assignment.Nobody ? null : columns.Choices[column]);
    }

    // Who could have a mention: now, and with their next place.
    private sealed record Options(int Places, double Weight, IReadOnlyList<(Candidate Candidate, double Total)> Now, IReadOnlyList<(Guid Id, double Total)> Next)
    {
        public static Options Of(JointQuestion question, AdvocateIndex advocates, MatchPolicy policy)
        {
            var action = question.Match.Action;
            var now = advocates.Rank(question.Mention, action, BestCandidates, policy).Candidates.Where(c => c.Excluded is null)
                .Select(c => (advocates.Find(c.PersonId)!, c.Total!.Value));
            var next = question.IsPatient ? advocates.RankNext(question.Mention, action, BestCandidates, policy).Where(c => c.Total > policy.WaitWorth) : [];
            return new Options(
                action.PlacesTaken, 1 + (WeightOfPriority * Math.Max(0, question.Match.Priority)), [.. now], [.. next.Select(c => (c.PersonId, c.Total!.Value - policy.WaitWorth))]);
        }

        public IEnumerable<AssignmentEdge> Edges(Columns columns, MatchPolicy policy)
        {
            foreach (var (candidate, total) in Now)
            {
                var (first, count) = columns.Of(candidate, Places);
                for (var i = 0; i < count; i++)
                    yield return new AssignmentEdge(first + i, Math.Max(0, total - (policy.Free * Places * i / candidate.Capacity)));
            }

            foreach (var (id, total) in Next)
            {
                if (columns.OfNext(id) is { } column)
                    yield return new AssignmentEdge(column, total);
            }
        }
    }

    // A column for each mention that an advocate could still take, so that each can have a value of its own, and one for the next place of who is full.
    private sealed class Columns(Room room, int most)
    {
        private readonly Dictionary<Guid, int> firsts = [];
        private readonly Dictionary<Guid, int> nexts = [];

        public List<Choice> Choices { get; } = [];

        public (int First, int Count) Of(Candidate candidate, int places)
        {
            if (firsts.TryAdd(candidate.Id, Choices.Count))
                Choices.AddRange(Enumerable.Repeat(new Choice(candidate.Id, Waits: false), Math.Min(room.Of(candidate, 1), most)));
            return (firsts[candidate.Id], Math.Min(room.Of(candidate, places), most));
        }

        public int? OfNext(Guid id)
        {
            if (room.IsWaitedFor(id))
                return null;
            if (nexts.TryAdd(id, Choices.Count))
                Choices.Add(new Choice(id, Waits: true));
            return nexts[id];
        }
    }

    // What was given away so far.
    private sealed class Room(AdvocateIndex advocates)
    {
        private readonly Dictionary<Guid, (int Places, int Mentions)> taken = [];
        private readonly HashSet<Guid> waitedFor = [];

        public int Of(Candidate candidate, int places)
        {
            var given = taken.GetValueOrDefault(candidate.Id);
            return Math.Max(0, Math.Min((candidate.FreePlaces - given.Places) / places, candidate.RoomFor(1) - given.Mentions));
        }

        public bool IsWaitedFor(Guid id) => waitedFor.Contains(id);

        public bool TryTake(Choice choice, int places)
        {
            var id = choice.To!.Value;
            if (choice.Waits)
                return waitedFor.Add(id);
            if (Of(advocates.Find(id)!, places) == 0)
                return false;
            var given = taken.GetValueOrDefault(id);
            taken[id] = (given.Places + places, given.Mentions + 1);
            return true;
        }
    }
}

/// <summary>A mention to match together with others.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Match">The rule that offers it, with the mention's priority.</param>
/// <param name="IsPatient">Whether it may wait for somebody better.</param>
internal sealed record JointQuestion(RoutableMention Mention, RuleMatch Match, bool IsPatient);

/// <summary>Who should get a mention that was matched together with others.</summary>
/// <param name="To">Who; null for the best qualified who is free.</param>
/// <param name="Waits">Whether it waits for the next place of theirs.</param>
public sealed record Choice(Guid? To, bool Waits)
{
    /// <summary>The best qualified who has a place now.</summary>
    public static Choice WhoeverIsFree { get; } = new(null, false);
}
