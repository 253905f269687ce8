namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Matches mentions together where not all can have their best advocate, so that a scarce specialist is not spent on an easy question: the assignment
/// with the greatest sum over the best candidates of each. An advocate's second place is worth less than the first by what it takes of the free capacity.
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
    /// <returns>For each mention who should get it; null where none of its best candidates has a place left.</returns>
    public static IReadOnlyList<Guid?> Choose(IReadOnlyList<JointQuestion> asked, AdvocateIndex advocates)
    {
        var columns = new Dictionary<Guid, int>();
        var owners = new List<Guid>();
        var edges = asked.Select(question => Edges(question, asked.Count, advocates, columns, owners)).ToList();
        var places = Enumerable.Repeat(1, owners.Count).ToArray();
        var weights = asked.Select(question => 1 + (WeightOfPriority * Math.Max(0, question.Priority))).ToArray();
        return [.. Assignment.Solve(edges, places, weights).Select(column => column == Assignment.Nobody ? (Guid?)null : owners[column])];
    }

    // A column for each free place, so that each can have a value of its own.
    private static List<AssignmentEdge> Edges(JointQuestion question, int most, AdvocateIndex advocates, Dictionary<Guid, int> columns, List<Guid> owners)
    {
        var edges = new List<AssignmentEdge>();
        foreach (var score in advocates.Rank(question.Mention, question.Offer, BestCandidates).Candidates.Where(c => c.Excluded is null))
        {
            var candidate = advocates.Find(score.PersonId)!;
            var count = Math.Min(candidate.Capacity - candidate.Load, Math.Min(most, MostPlaces));
            if (columns.TryAdd(candidate.Id, owners.Count))
                owners.AddRange(Enumerable.Repeat(candidate.Id, count));
            for (var place = 0; place < count; place++)
                edges.Add(new AssignmentEdge(columns[candidate.Id] + place, Math.Max(0, score.Total!.Value - (MatchWeights.Default.Free * place / candidate.Capacity))));
        }

        return edges;
    }
}

/// <summary>A mention to match together with others.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Offer">What the rule wants of who gets it.</param>
/// <param name="Priority">Its priority.</param>
internal sealed record JointQuestion(RoutableMention Mention, RuleAction Offer, int Priority);
