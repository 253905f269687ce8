using Crowd4Care.Community.Skills;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community.Skills;

public sealed class SkillRulesTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    [TestCase(0.0)]
    [TestCase(0.35)]
    [TestCase(0.8)]
    [TestCase(1.0)]
    public void Before_any_outcome_a_declaration_counts_as_it_is(double declared) =>
        Assert.That(SkillRules.Proficiency(declared, null, default, Now), Is.EqualTo(declared));

    // 8 · 0.5 = 4 of 8; three successes and one failure make it 7 of 12.
    [Test]
    public void Outcomes_of_today_count_as_they_are() =>
        Assert.That(SkillRules.Mean(0.5, Good(3) + Bad(1), Now), Is.EqualTo(7.0 / 12).Within(1e-12));

    // One half-life ago four successes count two: 6 of 10.
    [Test]
    public void After_a_half_life_outcomes_count_half() =>
        Assert.That(SkillRules.Mean(0.5, Good(4, Now - SkillRules.HalfLife), Now), Is.EqualTo(6.0 / 10).Within(1e-12));

    [Test]
    public void In_the_end_the_declaration_comes_back()
    {
        var evidence = Bad(30);
        Assert.That(SkillRules.Mean(0.9, evidence, Now), Is.LessThan(0.3));
        Assert.That(SkillRules.Mean(0.9, evidence, Now + (20 * SkillRules.HalfLife)), Is.EqualTo(0.9).Within(1e-4));
    }

    [Test]
    public void Each_success_raises_and_each_failure_lowers_the_estimate()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var (declared, evidence) = (0.01 + (random.NextDouble() * 0.98), Good(random.Next(20), Ago(random)) + Bad(random.Next(20), Ago(random)));
            var before = SkillRules.Mean(declared, evidence, Now);
            Assert.That(SkillRules.Mean(declared, evidence + Good(1), Now), Is.GreaterThan(before));
            Assert.That(SkillRules.Mean(declared, evidence + Bad(1), Now), Is.LessThan(before));
        }
    }

    [Test]
    public void The_order_of_outcomes_makes_no_difference()
    {
        var random = new Random(5);
        var outcomes = Enumerable.Range(0, 400).Select(_ => SkillEvidence.Of((random.NextDouble() * 2) - 1, Ago(random))).ToArray();
        var inOrder = outcomes.Aggregate((a, b) => a + b);
        random.Shuffle(outcomes);
        var shuffled = outcomes.Aggregate((a, b) => a + b);
        Assert.That(SkillRules.Mean(0.4, shuffled, Now), Is.EqualTo(SkillRules.Mean(0.4, inOrder, Now)).Within(1e-12));
        Assert.That(shuffled.Outcomes, Is.EqualTo(400));
    }

    [Test]
    public void What_is_taken_back_leaves_nothing()
    {
        var one = SkillEvidence.Of(0.3, Now.AddDays(-11));
        Assert.That(SkillRules.Mean(0.7, one - one, Now), Is.EqualTo(0.7));
        Assert.That(SkillRules.Weight(one - one, Now), Is.Zero);
    }

    [Test]
    public void The_interval_holds_the_mean_and_stays_between_0_and_1()
    {
        var random = new Random(9);
        foreach (var declared in new double?[] { null, 0, 0.01, 0.5, 0.99, 1 })
        {
            for (var i = 0; i < 100; i++)
            {
                var evidence = Good(random.Next(40), Ago(random)) + Bad(random.Next(40), Ago(random));
                var (low, high) = SkillRules.Interval(declared, evidence, Now);
                Assert.That(SkillRules.Mean(declared, evidence, Now), Is.InRange(low, high));
                Assert.That(low, Is.InRange(0, high));
                Assert.That(high, Is.InRange(low + 0.001, 1));
            }
        }
    }

    [Test]
    public void The_more_is_known_the_shorter_the_interval()
    {
        var lengths = new[] { 0, 5, 20, 100, 500 }.Select(n => SkillRules.Interval(0.5, Good(n) + Bad(n), Now)).Select(i => i.High - i.Low).ToList();
        Assert.That(lengths, Is.Ordered.Descending);
        Assert.That(lengths[0], Is.EqualTo(0.549).Within(0.02), "a declaration alone says little");
        Assert.That(lengths[^1], Is.LessThan(0.06));
    }

    // Beta(4, 4): 90 % of it lies between 0.2253 and 0.7747.
    [Test]
    public void The_interval_of_a_declaration_is_that_of_its_distribution()
    {
        var (low, high) = SkillRules.Interval(0.5, default, Now);
        Assert.That(new BetaDistribution(4, 4).Below(low), Is.EqualTo(0.05).Within(1e-9));
        Assert.That((low, high), Is.EqualTo((0.2253, 0.7747)).Within(0.0001));
    }

    [TestCase(2, 0, false, "too few")]
    [TestCase(3, 0, true, "enough")]
    [TestCase(4, 2, true, "still more than half")]
    [TestCase(3, 2, false, "less than half")]
    [TestCase(2, 6, false, "who tries in vain")]
    public void A_skill_that_nobody_declared_counts_when_outcomes_show_it(int good, int bad, bool counts, string because) =>
        Assert.That(SkillRules.Proficiency(null, null, Good(good) + Bad(bad), Now) is not null, Is.EqualTo(counts), because);

    [Test]
    public void A_learned_skill_is_forgotten()
    {
        var evidence = Good(4);
        Assert.That(SkillRules.Proficiency(null, null, evidence, Now), Is.Not.Null);
        Assert.That(SkillRules.Proficiency(null, null, evidence, Now + SkillRules.HalfLife), Is.Null);
    }

    [Test]
    public void What_is_pinned_counts_whatever_outcomes_say() =>
        Assert.That(SkillRules.Proficiency(0.9, 0.25, Good(50), Now), Is.EqualTo(0.25));

    [Test]
    public void Centuries_are_no_trouble() =>
        Assert.That(SkillRules.Mean(0.5, Good(3, new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero)), new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero)), Is.EqualTo(7.0 / 11).Within(1e-9));

    private static DateTimeOffset Ago(Random random) => Now.AddDays(-random.Next(400));

    private static SkillEvidence Good(int count, DateTimeOffset? at = null) => Many(count, 1, at);

    private static SkillEvidence Bad(int count, DateTimeOffset? at = null) => Many(count, -1, at);

    private static SkillEvidence Many(int count, double weight, DateTimeOffset? at) =>
        Enumerable.Repeat(SkillEvidence.Of(weight, at ?? Now), count).Aggregate(default(SkillEvidence), (a, b) => a + b);
}
