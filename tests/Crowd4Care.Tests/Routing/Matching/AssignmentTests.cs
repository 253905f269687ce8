using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Tests.Routing.Matching;

public sealed class AssignmentTests
{
    [Test]
    public void Nothing_is_assigned_when_there_is_nothing()
    {
        Assert.That(Assignment.Solve([], [1, 2]), Is.Empty);
        Assert.That(Assignment.Solve([[], []], []), Is.EqualTo(new[] { Assignment.Nobody, Assignment.Nobody }));
    }

    [Test]
    public void Who_is_second_best_for_one_leaves_the_best_to_the_other() =>
        Assert.That(Assignment.Solve([[new(0, 0.9), new(1, 0.8)], [new(0, 0.7)]], [1, 1]), Is.EqualTo(new[] { 1, 0 }));

    [Test]
    public void The_mention_that_gains_least_is_left_out() =>
        Assert.That(Assignment.Solve([[new(0, 0.3)], [new(0, 0.9)], [new(0, 0.5)]], [2]), Is.EqualTo(new[] { Assignment.Nobody, 0, 0 }));

    [Test]
    public void A_weight_makes_a_mention_count_more() =>
        Assert.That(Assignment.Solve([[new(0, 0.3)], [new(0, 0.9)]], [1], [4, 1]), Is.EqualTo(new[] { 0, Assignment.Nobody }));

    [Test]
    public void Who_has_no_place_gets_nothing() =>
        Assert.That(Assignment.Solve([[new(0, 0.9), new(1, 0.1)]], [0, 1]), Is.EqualTo(new[] { 1 }));

    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_value_that_is_none_is_refused(double value) =>
        Assert.That(() => Assignment.Solve([[new(0, value)]], [1]), Throws.ArgumentException.With.Message.Contains("value"));

    [Test]
    public void An_advocate_who_is_not_there_is_refused() =>
        Assert.That(() => Assignment.Solve([[new(1, 0.5)]], [1]), Throws.ArgumentException.With.Message.Contains("no advocate 1"));

    [TestCase(6, 5, 2000, 1)]
    [TestCase(12, 8, 1000, 2)]
    [TestCase(20, 20, 1000, 3)]
    [TestCase(20, 5, 500, 4)]
    [TestCase(60, 40, 60, 5)]
    [TestCase(200, 80, 5, 6)]
    public void It_is_as_good_as_the_hungarian_method(int mentions, int advocates, int cases, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < cases; i++)
        {
            var (edges, places) = Make(random, random.Next(mentions + 1), random.Next(1, advocates + 1));
            var chosen = Assignment.Solve(edges, places);
            Assert.That(Value(edges, places, chosen), Is.EqualTo(Hungarian(edges, places)).Within(1e-9), $"case {i}");
        }
    }

    [Test]
    public void Small_ones_are_as_good_as_trying_everything()
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var (edges, places) = Make(random, random.Next(6), random.Next(1, 4));
            Assert.That(Value(edges, places, Assignment.Solve(edges, places)), Is.EqualTo(Try(edges, [.. places], 0)).Within(1e-9), $"case {i}");
        }
    }

    [Test]
    public void Weights_are_worth_as_much_as_values()
    {
        var random = new Random(8);
        for (var i = 0; i < 500; i++)
        {
            var (edges, places) = Make(random, random.Next(12), random.Next(1, 9));
            var weights = edges.Select(_ => random.Next(4) * 0.5).ToArray();
            var weighted = edges.Select((list, m) => list.Select(e => e with { Value = e.Value * weights[m] }).ToArray()).ToArray();
            Assert.That(Value(weighted, places, Assignment.Solve(edges, places, weights)), Is.EqualTo(Hungarian(weighted, places)).Within(1e-9), $"case {i}");
        }
    }

    [Test]
    public void The_same_question_has_the_same_answer()
    {
        var (edges, places) = Make(new Random(9), 100, 30);
        var first = Assignment.Solve(edges, places);
        Assert.That(Enumerable.Range(0, 5).Select(_ => Assignment.Solve(edges, places)), Is.All.EqualTo(first));
    }

    // Every third case has few different values, so that many assignments are equally good.
    private static (AssignmentEdge[][] Edges, int[] Places) Make(Random random, int mentions, int advocates)
    {
        var (density, coarse) = (random.NextDouble(), random.Next(3) == 0);
        var edges = new AssignmentEdge[mentions][];
        for (var m = 0; m < mentions; m++)
        {
            edges[m] = [.. Enumerable.Range(0, advocates).Where(_ => random.NextDouble() < density)
                .Select(a => new AssignmentEdge(a, coarse ? random.Next(1, 4) * 0.25 : 0.01 + random.NextDouble()))];
            random.Shuffle(edges[m]);
        }

        return (edges, [.. Enumerable.Range(0, advocates).Select(_ => random.Next(4))]);
    }

    private static double Value(AssignmentEdge[][] edges, int[] places, int[] chosen)
    {
        Assert.That(chosen, Has.Length.EqualTo(edges.Length));
        Assert.That(chosen.Where(a => a != Assignment.Nobody).CountBy(a => a).Where(a => a.Value > places[a.Key]), Is.Empty, "over capacity");
        return chosen.Select((a, m) => a == Assignment.Nobody ? 0 : edges[m].Single(e => e.Advocate == a).Value).Sum();
    }

    private static double Try(AssignmentEdge[][] edges, int[] places, int mention)
    {
        if (mention == edges.Length)
            return 0;

        var best = Try(edges, places, mention + 1);
        foreach (var edge in edges[mention].Where(e => places[e.Advocate] > 0))
        {
            places[edge.Advocate]--;
            best = Math.Max(best, edge.Value + Try(edges, places, mention + 1));
            places[edge.Advocate]++;
        }

        return best;
    }

    // The textbook method in O(rows² · columns): a column for each place, and one for each mention that is left out.
    private static double Hungarian(AssignmentEdge[][] edges, int[] places)
    {
        var owners = places.SelectMany((count, a) => Enumerable.Repeat(a, count)).ToArray();
        var (rows, columns) = (edges.Length, owners.Length + edges.Length);
        var values = new double[rows + 1, columns + 1];
        for (var r = 1; r <= rows; r++)
        {
            for (var c = 1; c <= owners.Length; c++)
                values[r, c] = edges[r - 1].Where(e => e.Advocate == owners[c - 1]).Select(e => e.Value).DefaultIfEmpty(-1000).Single();
        }

        var (ofRow, ofColumn, rowOf, way) = (new double[rows + 1], new double[columns + 1], new int[columns + 1], new int[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            var (least, used) = (new double[columns + 1], new bool[columns + 1]);
            Array.Fill(least, double.PositiveInfinity);
            rowOf[0] = row;
            var column = 0;
            do
            {
                used[column] = true;
                var (delta, next) = (double.PositiveInfinity, 0);
                for (var c = 1; c <= columns; c++)
                {
                    if (used[c])
                        continue;
                    var reduced = -values[rowOf[column], c] - ofRow[rowOf[column]] - ofColumn[c];
                    if (reduced < least[c])
                        (least[c], way[c]) = (reduced, column);
                    if (least[c] < delta)
                        (delta, next) = (least[c], c);
                }

                for (var c = 0; c <= columns; c++)
                {
                    if (used[c])
                        (ofRow[rowOf[c]], ofColumn[c]) = (ofRow[rowOf[c]] + delta, ofColumn[c] - delta);
                    else
                        least[c] -= delta;
                }

                column = next;
            }
            while (rowOf[column] != 0);
            for (; column != 0; column = way[column])
                rowOf[column] = rowOf[way[column]];
        }

        return Enumerable.Range(1, columns).Where(c => rowOf[c] > 0).Sum(c => values[rowOf[c], c]);
    }
}
