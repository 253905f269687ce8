using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Simulation;

/// <summary>Plays the same days under every policy and says what each is worth. Pure: the same options have the same result.</summary>
public static class SimulationStudy
{
    /// <summary>Plays every day under every policy.</summary>
    public static SimulationResult Run(SimulationOptions options, CancellationToken cancellationToken = default)
    {
        var runs = new SimulationRun[options.Seeds][];
        Parallel.For(0, options.Seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, index =>
        {
            var world = Make(options, index + 1);
            runs[index] = [.. PoliciesFor(world).Select(policy => new SimulationRun(policy.Name, index + 1, EventSimulation.Run(world, policy).Count()))];
        });

        var all = runs.SelectMany(r => r).ToList();
        return new SimulationResult
        {
            Advocates = options.Advocates,
            Mentions = options.Arrivals?.Count ?? options.Mentions,
            HistoryDays = options.HistoryDays,
            Seeds = options.Seeds,
            Runs = all,
            Policies = [.. all.GroupBy(r => r.Policy).Select(g => (Name: g.Key, Figures: g.Select(r => r.Figures).ToList())).Select(p => new PolicyResult(
                p.Name, Figures.Of(p.Figures, v => Statistics.MeanOf(v).Mean), Figures.Of(p.Figures, v => Statistics.MeanOf(v).HalfWidth)))],
        };
    }

    /// <summary>The policies for a run, the simplest first.</summary>
    internal static IReadOnlyList<IRoutingPolicy> PoliciesFor(World world) =>
        [new RoundRobinPolicy(), new LeastLoadedPolicy(), new BestSkillPolicy(), new MatcherPolicy(MatchPolicy.Default), new OptimumPolicy(world)];

    /// <summary>The world of a seed.</summary>
    internal static World Make(SimulationOptions options, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var declared = CrowdMaker.Make(options.Advocates, random);
        var mentions = options.Arrivals is { } times ? ArrivalTimes.MakeAt(times, random) : ArrivalTimes.MakeDay(options.Mentions, random);
        return new World((ulong)seed, CrowdHistory.Learn(declared, (ulong)seed, options.HistoryDays, options.MentionsADay), mentions);
    }
}

/// <summary>What to play. The defaults are an ordinary day: 98 in 100 mentions find somebody in time; bursts, rare languages and nights keep people waiting.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many advocates the crowd has.</summary>
    public int Advocates { get; init; } = 200;

    /// <summary>How many mentions come in a day.</summary>
    public int Mentions { get; init; } = 3000;

    /// <summary>How many days to play, each with its own crowd: seeds 1, 2, 3, …</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>
    /// How many days the brand has behind it, in which the same people answered as many mentions a day: what the product learned of their skills by then, every
    /// policy knows. 0 for a new brand, which knows what they declare.
    /// </summary>
    public int HistoryDays { get; init; } = 30;

    /// <summary>Recorded times in seconds from a midnight, instead of a made day.</summary>
    public IReadOnlyList<double>? Arrivals { get; init; }

    /// <summary>How many mentions come in a day of the history: as many as in one of the days that are played.</summary>
    internal int MentionsADay => Arrivals is [var first, .., var last] ? (int)(Arrivals.Count / Math.Max(1, (last - first) / (24 * ArrivalTimes.Hour))) : Mentions;
}

/// <summary>What came of it.</summary>
public sealed record SimulationResult
{
    /// <summary>How many advocates the crowd had.</summary>
    public required int Advocates { get; init; }

    /// <summary>How many mentions came on each day.</summary>
    public required int Mentions { get; init; }

    /// <summary>How many days of history each had.</summary>
    public required int HistoryDays { get; init; }

    /// <summary>How many days were played.</summary>
    public required int Seeds { get; init; }

    /// <summary>The policies, the simplest first.</summary>
    public required IReadOnlyList<PolicyResult> Policies { get; init; }

    /// <summary>Every day under every policy, in the order of seeds.</summary>
    public required IReadOnlyList<SimulationRun> Runs { get; init; }
}

/// <summary>A policy's figures.</summary>
/// <param name="Name">The policy.</param>
/// <param name="Mean">Means over the days.</param>
/// <param name="PlusMinus">Half the widths of the 95 % confidence intervals of the means.</param>
public sealed record PolicyResult(string Name, Figures Mean, Figures PlusMinus);

/// <summary>A day under a policy.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Seed">The day.</param>
/// <param name="Figures">What came of it.</param>
public sealed record SimulationRun(string Policy, int Seed, Figures Figures);
