namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Gives the mentions of a batch to advocates together, so that the sum of their values is the greatest that the free places allow: maximise
/// Σ w<sub>m</sub>·v<sub>ma</sub>·x<sub>ma</sub> with Σ<sub>a</sub> x<sub>ma</sub> ≤ 1 and Σ<sub>m</sub> x<sub>ma</sub> ≤ places<sub>a</sub>. Exact up
/// to rounding, and deterministic.
/// </summary>
/// <remarks>
/// Minimum-cost flow by successive shortest augmenting paths with node potentials (Ahuja, Magnanti, Orlin: Network Flows, section 9.7), in the form
/// that Jonker and Volgenant gave it for assignments (Computing 38, 1987), here for sparse edges and advocates with several places. A mention comes in
/// at a time; Dijkstra's algorithm on the reduced costs −w·v − u<sub>m</sub> − p<sub>a</sub> ≥ 0 finds whose places it is best to shift. To be left out is an
/// edge of value 0 that every mention has for itself. n mentions with k edges each take O(n · nk log nk) at worst and far less in practice.
/// </remarks>
public static class Assignment
{
    /// <summary>Nobody.</summary>
    public const int Nobody = -1;

    /// <summary>Finds who gets which mention.</summary>
    /// <param name="candidates">For each mention, who could take it.</param>
    /// <param name="places">Free places of each advocate; 0 or less is none.</param>
    /// <param name="weights">How much each mention counts, 0 or more; 1 each if left out.</param>
    /// <returns>For each mention the advocate's index in <paramref name="places"/>, or <see cref="Nobody"/>.</returns>
    /// <exception cref="ArgumentException">A value is negative or no number, an index is outside, or the lengths differ.</exception>
    public static int[] Solve(IReadOnlyList<IReadOnlyList<AssignmentEdge>> candidates, IReadOnlyList<int> places, IReadOnlyList<double>? weights = null)
    {
        Check(candidates, places, weights);
        var network = new Network(candidates, places, weights);
        for (var mention = 0; mention < candidates.Count; mention++)
            network.Insert(mention);
        return network.Chosen;
    }

    private static void Check(IReadOnlyList<IReadOnlyList<AssignmentEdge>> candidates, IReadOnlyList<int> places, IReadOnlyList<double>? weights)
    {
        if (weights is not null && weights.Count != candidates.Count)
            throw new ArgumentException($"There are {weights.Count} weights for {candidates.Count} mentions.", nameof(weights));
        if (weights?.FirstOrDefault(w => !(w >= 0 && double.IsFinite(w))) is { } weight && weight != 0)
            throw new ArgumentException($"A weight is {weight}; 0 or more is expected.", nameof(weights));
        foreach (var (advocate, value) in candidates.SelectMany(edges => edges))
        {
            if (advocate < 0 || advocate >= places.Count)
                throw new ArgumentException($"There is no advocate {advocate} among {places.Count}.", nameof(candidates));
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ArgumentException($"The value of an edge is {value}; 0 or more is expected.", nameof(candidates));
        }
    }

    // Invariants between insertions: every reduced cost is ≥ 0, that of a chosen edge is 0; an advocate with a free place has potential 0.
    private sealed class Network(IReadOnlyList<IReadOnlyList<AssignmentEdge>> edges, IReadOnlyList<int> places, IReadOnlyList<double>? weights)
    {
        private readonly double[] ofMention = new double[edges.Count];
        private readonly double[] ofAdvocate = new double[places.Count];
        private readonly List<int>[] taken = [.. places.Select(_ => new List<int>())];

        // Of the search: the way to each advocate, and by which mention it came.
        private readonly double[] distance = new double[places.Count];
        private readonly int[] by = new int[places.Count];
        private readonly List<int> scanned = [];
        private readonly PriorityQueue<int, (double Distance, int Advocate)> queue = new();

        public int[] Chosen { get; } = [.. Enumerable.Repeat(Nobody, edges.Count)];

        public void Insert(int mention)
        {
            Array.Fill(distance, double.PositiveInfinity);
            scanned.Clear();
            queue.Clear();
            ofMention[mention] = edges[mention].Select(e => Cost(mention, e) - ofAdvocate[e.Advocate]).Append(0).Min();

            // Where the best way ends so far that leaves somebody out.
            var (leftOut, shortest) = (mention, -ofMention[mention]);
            var end = Nobody;
            Relax(mention, 0);
            while (queue.TryDequeue(out var advocate, out var key) && key.Distance <= shortest)
            {
                if (key.Distance > distance[advocate])
                    continue;
                if (taken[advocate].Count < places[advocate])
                {
                    (end, shortest) = (advocate, key.Distance);
                    break;
                }

                scanned.Add(advocate);
                foreach (var other in taken[advocate])
                {
                    if (key.Distance - ofMention[other] < shortest)
                        (leftOut, shortest) = (other, key.Distance - ofMention[other]);
                    Relax(other, key.Distance);
                }
            }

            // Before anybody moves: the potentials belong to the flow as it was.
            Raise(mention, shortest);
            Shift(mention, end == Nobody ? leftOut : Nobody, end);
        }

        private double Cost(int mention, AssignmentEdge edge) => -edge.Value * (weights?[mention] ?? 1);

        private void Relax(int mention, double sofar)
        {
            foreach (var edge in edges[mention])
            {
                if (places[edge.Advocate] <= 0)
                    continue;

                // Rounding may leave a trace below 0.
                var reduced = Math.Max(0, Cost(mention, edge) - ofMention[mention] - ofAdvocate[edge.Advocate]);
                if (sofar + reduced >= distance[edge.Advocate])
                    continue;
                distance[edge.Advocate] = sofar + reduced;
                by[edge.Advocate] = mention;
                queue.Enqueue(edge.Advocate, (sofar + reduced, edge.Advocate));
            }
        }

        private void Raise(int mention, double shortest)
        {
            ofMention[mention] += shortest;
            foreach (var advocate in scanned.Where(a => distance[a] < shortest))
            {
                var amount = shortest - distance[advocate];
                ofAdvocate[advocate] -= amount;
                foreach (var other in taken[advocate])
                    ofMention[other] += amount;
            }
        }

        // Back along the way: each mention on it moves to the advocate that it led to.
        private void Shift(int inserted, int leftOut, int end)
        {
            var advocate = end;
            if (leftOut != Nobody)
            {
                advocate = Chosen[leftOut];
                Move(leftOut, Nobody);
                if (leftOut == inserted)
                    return;
            }

            for (var mention = Nobody; mention != inserted;)
            {
                mention = by[advocate];
                var from = Chosen[mention];
                Move(mention, advocate);
                advocate = from;
            }
        }

        private void Move(int mention, int advocate)
        {
            if (Chosen[mention] != Nobody)
                taken[Chosen[mention]].Remove(mention);
            Chosen[mention] = advocate;
            if (advocate != Nobody)
                taken[advocate].Add(mention);
        }
    }
}

/// <summary>Somebody who could take a mention.</summary>
/// <param name="Advocate">The advocate's index.</param>
/// <param name="Value">What it is worth, 0 or more.</param>
public readonly record struct AssignmentEdge(int Advocate, double Value);
