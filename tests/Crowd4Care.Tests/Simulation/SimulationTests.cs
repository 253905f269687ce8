using Crowd4Care.Simulation;

namespace Crowd4Care.Tests.Simulation;

public sealed class SimulationTests
{
    private static readonly SimulationOptions Small = new() { Advocates = 100, Mentions = 1500, Seeds = 4, HistoryDays = 5 };

    private static readonly Lazy<SimulationResult> Result = new(() => SimulationStudy.Run(Small));

    private static readonly string[] Policies = ["round-robin", "least-loaded", "best-skill", "crowd4care", "optimum"];

    [TestCaseSource(nameof(Policies))]
    public void Nobody_has_more_than_they_can_take(string policy)
    {
        var (world, run) = Play(policy);
        Assert.That(world.Advocates.Where(a => run.MostAtOnce[a.Index] > a.Known.Capacity), Is.Empty);
    }

    [TestCaseSource(nameof(Policies))]
    public void Nobody_answers_what_they_can_not_read(string policy)
    {
        var (world, run) = Play(policy);
        Assert.That(run.Answers.Where(a => world.Advocates[a.By].Languages[a.Mention.Language] <= 0), Is.Empty);
    }

    [TestCaseSource(nameof(Policies))]
    public void Every_mention_is_answered_once_or_goes_to_staff(string policy)
    {
        var (world, run) = Play(policy);
        Assert.That(run.Answers.Select(a => a.Mention.Index), Is.Unique);
        Assert.That(run.Answers.Count + run.Count().OverflowShare * world.Mentions.Count, Is.EqualTo(world.Mentions.Count).Within(1e-6));
    }

    [Test]
    public void The_same_seeds_have_the_same_result() =>
        Assert.That(SimulationReport.Json(SimulationStudy.Run(Small with { Seeds = 2 })), Is.EqualTo(SimulationReport.Json(SimulationStudy.Run(Small with { Seeds = 2 }))));

    [Test]
    public void Ours_resolves_more_than_every_other_policy_and_no_more_than_the_optimum()
    {
        var resolved = Result.Value.Policies.ToDictionary(p => p.Name, p => p.Mean.ResolvedShare);
        Assert.That(resolved["crowd4care"], Is.GreaterThanOrEqualTo(resolved.Where(p => p.Key is not ("crowd4care" or "optimum")).Max(p => p.Value)));
        Assert.That(resolved["optimum"], Is.GreaterThanOrEqualTo(resolved["crowd4care"]));
    }

    [Test]
    public void The_optimum_hardly_makes_an_offer_in_vain() =>
        Assert.That(Result.Value.Policies.Single(p => p.Name == "optimum").Mean.ExpiredShare, Is.LessThan(0.002));

    [Test]
    public void Shares_are_shares() =>
        Assert.That(Result.Value.Runs.SelectMany(r => new[] { r.Figures.MatchQuality, r.Figures.ResolvedShare, r.Figures.ExpiredShare, r.Figures.Gini, r.Figures.NewcomerShare }), Is.All.InRange(0.0, 1.0));

    [Test]
    public void A_crowd_of_one_and_a_mention_of_one_are_enough() =>
        Assert.That(SimulationStudy.Run(new SimulationOptions { Advocates = 1, Mentions = 1, Seeds = 1 }).Policies, Has.Count.EqualTo(5));

    [Test]
    public void A_day_has_its_mentions_in_the_order_of_time()
    {
        var mentions = SimulationStudy.Make(Small, 1).Mentions;
        Assert.That(mentions, Has.Count.EqualTo(1500));
        Assert.That(mentions.Select(m => m.At), Is.Ordered);
        Assert.That(mentions.Select(m => m.Index), Is.EqualTo(Enumerable.Range(0, 1500)));
    }

    private static (World World, RunRecord Run) Play(string policy)
    {
        var world = SimulationStudy.Make(new SimulationOptions { Advocates = 60, Mentions = 1200, HistoryDays = 3 }, 5);
        return (world, EventSimulation.Run(world, SimulationStudy.PoliciesFor(world).Single(p => p.Name == policy)));
    }
}
