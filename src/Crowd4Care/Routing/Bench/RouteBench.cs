using System.Diagnostics;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing.Bench;

/// <summary>Measures on a made-up community how long decisions take, what the index of advocates needs, and how fast it changes.</summary>
public static class RouteBench
{
    private const int Warmups = 2000;
    private const int MentionsMade = 2000;
    private const int Turn = 50;

    private static readonly TimeSpan UpdateTime = TimeSpan.FromSeconds(1);

    /// <summary>Measures with one thread.</summary>
    /// <param name="advocates">How many advocates are here, each with eight skills.</param>
    /// <param name="rules">How many rules are tried; nearly all mentions fall through to the last one.</param>
    /// <param name="decisions">How many decisions are timed.</param>
    /// <param name="seed">What the community, the rules and the mentions are made from.</param>
    public static RouteBenchResult Run(int advocates, int rules, int decisions, int seed = 1)
    {
        var made = new MadeUpBrand(new Random(seed));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = AdvocateIndex.Of(Enumerable.Range(0, advocates).Select(made.Advocate));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var set = made.Rules(rules);
        var mentions = Enumerable.Range(0, MentionsMade).Select(_ => made.Mention()).ToList();

        Decide(index, set, mentions, Warmups);
        var milliseconds = Decide(index, set, mentions, decisions);
        return new RouteBenchResult
        {
            Advocates = advocates,
            Rules = rules,
            Decisions = decisions,
            P50Ms = Math.Round(Statistics.Percentile(milliseconds, 0.50), 4),
            P99Ms = Math.Round(Statistics.Percentile(milliseconds, 0.99), 4),
            BytesResident = bytes,
            UpdatesPerSecond = Update(index, seed),
        };
    }

    private static double[] Decide(AdvocateIndex index, RuleSet rules, List<RoutableMention> mentions, int count)
    {
        var turn = new RoutingTurn(rules, 1, index, DateTimeOffset.UnixEpoch);
        var milliseconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Router.Decide(turn, mentions[i % mentions.Count]);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (i % Turn == Turn - 1)
                index.EndTurn();
        }

        index.EndTurn();
        return milliseconds;
    }

    // Presence and load in turns, of anybody.
    private static double Update(AdvocateIndex index, int seed)
    {
        var random = new Random(seed);
        var everybody = index.Everybody.ToArray();
        var order = Enumerable.Range(0, 1 << 16).Select(_ => everybody[random.Next(everybody.Length)]).ToArray();
        var (updates, started) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < UpdateTime)
        {
            foreach (var candidate in order)
            {
                if ((updates++ & 1) == 0)
                    index.SetAway(candidate.Id, !candidate.IsAway);
                else
                    index.SetLoad(candidate.Id, candidate.Load == 0 ? candidate.Capacity : candidate.Load - 1);
            }
        }

        return updates / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

/// <summary>What <see cref="RouteBench"/> measured.</summary>
public sealed record RouteBenchResult
{
    /// <summary>Advocates in the index.</summary>
    public required int Advocates { get; init; }

    /// <summary>Rules of the set.</summary>
    public required int Rules { get; init; }

    /// <summary>Decisions timed.</summary>
    public required int Decisions { get; init; }

    /// <summary>Half the decisions took at most that long: rules, match and explanation, in milliseconds.</summary>
    public required double P50Ms { get; init; }

    /// <summary>All but one in a hundred took at most that long, in milliseconds.</summary>
    public required double P99Ms { get; init; }

    /// <summary>Managed memory of the advocates and their index, in bytes.</summary>
    public required long BytesResident { get; init; }

    /// <summary>Changes of presence and load a second.</summary>
    public required double UpdatesPerSecond { get; init; }
}
