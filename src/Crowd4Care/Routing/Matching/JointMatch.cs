namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Matches mentions together where not all can have their best advocate, so that a scarce specialist is not spent on an easy question: the assignment
/// with the greatest sum over the best candidates of each. An advocate's second place is worth less than the first by what it takes of the free capacity.
/// The next place of who is full takes part too, at a price: who gets it waits for it.
/// </summary>
internal static class JointMatch
{
    // Whoever comes after so many is seldom worth a shift.
    private const int BestCandidates = 10;

    private const int MostPlaces = 8;

    // What a priority of 100 adds to the weight of a mention.
    private const double WeightOfPriority = 0.01;

    /// <summary>Chooses; nothing is counted in the index.</summary>
    /// <param name="asked">The mentions with what their rules want.</param>
    /// <param name="advocates">Who could take them, with the loads of now.</param>
    /// <param name="policy">What counts how much.</param>
    /// <returns>For each mention who should get it; nobody where none of its best candidates has a place left.</returns>
    public static IReadOnlyList<Choice> Choose(IReadOnlyList<JointQuestion> asked, AdvocateIndex advocates, MatchPolicy policy)
    {
        var columns = new Columns(Math.Min(asked.Count, MostPlaces));
        var edges = asked.Select(AssignmentEdge[] (question) => [.. NowEdges(question, advocates, policy, columns), .. NextEdges(question, advocates, policy, columns)]).ToList();
        var places = Enumerable.Repeat(1, columns.Choices.Count).ToArray();
        var weights = asked.Select(question => 1 + (WeightOfPriority * Math.Max(0, question.Match.Priority))).ToArray();
        return [.. Assignment.Solve(edges, places, weights).Select(column => column == Assignment.Nobody ? Choice.WhoeverIsFree : columns.Choices[column])];
    }

    private static IEnumerable<AssignmentEdge> NowEdges(JointQuestion question, AdvocateIndex advocates, MatchPolicy policy, Columns columns)
    {
        foreach (var score in advocates.Rank(question.Mention, question.Match.Action, BestCandidates, policy).Candidates.Where(c => c.Excluded is null))
        {
            var candidate = advocates.Find(score.PersonId)!;
            var (first, count) = columns.Of(candidate);
            for (var place = 0; place < count; place++)
                yield return new AssignmentEdge(first + place, Math.Max(0, score.Total!.Value - (policy.Free * place / candidate.Capacity)));
        }
    }

    private static IEnumerable<AssignmentEdge> NextEdges(JointQuestion question, AdvocateIndex advocates, MatchPolicy policy, Columns columns) =>
        question.IsPatient
            ? advocates.RankNext(question.Mention, question.Match.Action, BestCandidates, policy).Where(score => score.Total > policy.WaitWorth)
                .Select(score => new AssignmentEdge(columns.OfNext(score.PersonId), score.Total!.Value - policy.WaitWorth))
            : [];

    // A column for each free place, so that each can have a value of its own, and one for the next place of who is full.
    private sealed class Columns(int most)
    {
        private readonly Dictionary<Guid, int> firsts = [];

        public List<Choice> Choices { get; } = [];

        public (int First, int Count) Of(Candidate candidate)
        {
            var count = Math.Min(candidate.Room, most);
            if (firsts.TryAdd(candidate.Id, Choices.Count))
                Choices.AddRange(Enumerable.Repeat(new Choice(candidate.Id, Waits: false), count));
            return (firsts[candidate.Id], count);
        }

        public int OfNext(Guid id)
        {
            if (firsts.TryAdd(id, Choices.Count))
                Choices.Add(new Choice(id, Waits: true));
            return firsts[id];
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
