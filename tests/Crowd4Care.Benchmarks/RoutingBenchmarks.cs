using BenchmarkDotNet.Attributes;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Bench;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Benchmarks;

/// <summary>
/// What a decision costs in communities of three sizes, with a thousand rules of which nearly all have to be tried: rules, match, explanation. Beside it
/// the same with every advocate looked at, and a change of presence or load.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(EachCall))]
public class RoutingBenchmarks
{
    private const int Rules = 1000;
    private const int MentionsMade = 2000;
    private const int Turn = 50;

    private readonly List<RoutableMention> mentions = [];
    private RoutingTurn turn = null!;
    private Candidate[] everybody = [];
    private int next;

    /// <summary>How many advocates are there.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int Advocates { get; set; }

    /// <summary>Makes the community.</summary>
    [GlobalSetup]
    public void Make()
    {
        var made = new MadeUpBrand(new Random(1));
        var index = AdvocateIndex.Of(Enumerable.Range(0, Advocates).Select(made.Advocate));
        turn = new RoutingTurn(made.Rules(Rules), 1, index, DateTimeOffset.UnixEpoch);
        everybody = [.. index.Everybody];
        mentions.AddRange(Enumerable.Range(0, MentionsMade).Select(_ => made.Mention()));
    }

    /// <summary>One decision.</summary>
    [Benchmark]
    public Decision Decide()
    {
        var decision = Router.Decide(turn, mentions[next++ % MentionsMade]);
        if (next % Turn == 0)
            turn.Advocates.EndTurn();
        return decision;
    }

    /// <summary>The match alone, looking at every advocate: what the index saves.</summary>
    [Benchmark]
    public Ranking LookAtEverybody() =>
        Matcher.Rank(mentions[next++ % MentionsMade], new RuleAction { Action = RuleActionKind.Offer }, everybody, shown: 5);

    /// <summary>Somebody gets something to do, or finishes it.</summary>
    [Benchmark]
    public void ChangeLoad()
    {
        var candidate = everybody[next++ % everybody.Length];
        turn.Advocates.SetLoad(candidate.Id, candidate.Load == 0 ? candidate.Capacity : candidate.Load - 1);
    }
}
