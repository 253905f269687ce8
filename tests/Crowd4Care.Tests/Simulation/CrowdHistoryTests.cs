using Crowd4Care.Contracts;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Simulation;

namespace Crowd4Care.Tests.Simulation;

public sealed class CrowdHistoryTests
{
    private static readonly IReadOnlyList<SimulatedAdvocate> Declared = CrowdMaker.Make(80, new SeededRandom(3));

    private static readonly Lazy<IReadOnlyList<SimulatedAdvocate>> AfterThirty = new(() => Learn(30));

    [Test]
    public void Without_days_everybody_is_as_they_declared() => Assert.That(Learn(0), Is.SameAs(Declared));

    [Test]
    public void The_same_seed_learns_the_same() =>
        Assert.That(Learn(3).Select(a => a.Known.Skills), Is.EqualTo(Learn(3).Select(a => a.Known.Skills)));

    [Test]
    public void What_is_learned_is_nearer_to_the_truth_than_what_was_declared()
    {
        var (before, soon, after) = (Error(Declared), Error(Learn(5)), Error(AfterThirty.Value));
        Assert.That(soon, Is.LessThan(before));
        Assert.That(after, Is.LessThan(0.9 * before).And.LessThan(soon));
    }

    [Test]
    public void Who_they_are_and_what_is_true_of_them_stays()
    {
        foreach (var (was, now) in Declared.Zip(AfterThirty.Value))
        {
            Assert.That((now.Index, now.Topics, now.Languages, now.Known.Id, now.Known.Capacity, now.Known.Load), Is.EqualTo((was.Index, was.Topics, was.Languages, was.Known.Id, was.Known.Capacity, 0)));
            Assert.That(now.Known.Skills.Keys, Is.SupersetOf(was.Known.Skills.Keys), "what was declared always counts");
            Assert.That(now.Known.Skills.Values, Is.All.InRange(0, 1));
        }
    }

    // Fewer than ten answers are a beginning: what newcomers are known by says so still, and little is learned of them.
    [Test]
    public void Newcomers_stay_newcomers()
    {
        var (newcomers, others) = (Moved(isNewcomer: true), Moved(isNewcomer: false));
        Assert.That(newcomers, Is.GreaterThan(0).And.LessThan(others));
        var marks = AfterThirty.Value.Where(a => a.IsNewcomer).Select(a => a.Known.Skills[Newcomers.Mark]).ToList();
        Assert.That(marks, Is.Not.Empty);
        Assert.That(marks, Is.All.EqualTo(1));
    }

    [Test]
    public void The_measured_day_is_the_same_with_and_without_a_history()
    {
        var options = new SimulationOptions { Advocates = 30, Mentions = 200, Seeds = 1 };
        var (with, without) = (SimulationStudy.Make(options with { HistoryDays = 2 }, 1), SimulationStudy.Make(options with { HistoryDays = 0 }, 1));
        Assert.That(with.Mentions.Select(m => (m.At, m.Topic, m.Language)), Is.EqualTo(without.Mentions.Select(m => (m.At, m.Topic, m.Language))));
        Assert.That(with.Advocates.Select(a => a.Topics), Is.EqualTo(without.Advocates.Select(a => a.Topics)));
    }

    private static IReadOnlyList<SimulatedAdvocate> Learn(int days) => CrowdHistory.Learn(Declared, seed: 3, days, mentions: 1200);

    // The mean distance of what counts from what is true, over the topics that advocates with a history declared and know well: those that they are asked about.
    private static double Error(IReadOnlyList<SimulatedAdvocate> advocates) => Asked(advocates, isNewcomer: false).Average(t => Math.Abs(t.Counts - t.True));

    private static double Moved(bool isNewcomer) =>
        Asked(AfterThirty.Value, isNewcomer).Zip(Asked(Declared, isNewcomer)).Average(t => Math.Abs(t.First.Counts - t.Second.Counts));

    private static IEnumerable<(double Counts, double True)> Asked(IReadOnlyList<SimulatedAdvocate> advocates, bool isNewcomer) =>
        from advocate in advocates
        where advocate.IsNewcomer == isNewcomer
        from topic in Enumerable.Range(0, CrowdMaker.Topics.Count)
        where Declared[advocate.Index].Known.Skills.ContainsKey(Skill.Topic(CrowdMaker.Topics[topic])) && advocate.Topics[topic] >= 0.65
        select (advocate.Known.Skills[Skill.Topic(CrowdMaker.Topics[topic])], advocate.Topics[topic]);
}
