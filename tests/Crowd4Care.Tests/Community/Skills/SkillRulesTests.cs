using Crowd4Care.Community.Skills;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests.Community.Skills;

public sealed class SkillRulesTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    // Half of what comes to who declares nothing does well, and everything that comes to who declares 1; declarations are off by 0.2.
    private static readonly OutcomeLine Line = new(0.5, 0.5, 0.2, 0.1875);

    [TestCase(0.0)]
    [TestCase(0.35)]
    [TestCase(0.8)]
    [TestCase(1.0)]
    public void Before_any_outcome_a_declaration_counts_as_it_is(double declared) =>
        Assert.That(SkillRules.Proficiency(declared, null, default, Line, Now), Is.EqualTo(declared));

    // 0.75 is expected, so three successes of four are no news.
    [Test]
    public void Who_does_as_well_as_expected_is_as_they_declared() =>
        Assert.That(SkillRules.Mean(0.5, Good(3) + Bad(1), Line, Now), Is.EqualTo(0.5).Within(1e-12));

    // Four successes where three are expected: 0.5 · 0.04 · 1 / (0.25 · 0.04 · 4 + 0.1875).
    [Test]
    public void The_difference_to_what_is_expected_counts() =>
        Assert.That(SkillRules.Mean(0.5, Good(4), Line, Now), Is.EqualTo(0.5 + (0.02 / 0.2275)).Within(1e-12));

    [Test]
    public void After_a_half_life_outcomes_count_half() =>
        Assert.That(SkillRules.Mean(0.5, Good(4, Now - SkillRules.HalfLife), Line, Now), Is.EqualTo(SkillRules.Mean(0.5, Good(2), Line, Now)).Within(1e-12));

    [Test]
    public void In_the_end_the_declaration_comes_back()
    {
        var evidence = Bad(30);
        Assert.That(SkillRules.Mean(0.9, evidence, Line, Now), Is.LessThan(0.1));
        Assert.That(SkillRules.Mean(0.9, evidence, Line, Now + (20 * SkillRules.HalfLife)), Is.EqualTo(0.9).Within(1e-4));
    }

    [Test]
    public void Each_success_raises_and_each_failure_lowers_the_estimate()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var (declared, line) = (0.3 + (random.NextDouble() * 0.4), AnyLine(random));
            var evidence = Good(random.Next(4), Ago(random)) + Bad(random.Next(4), Ago(random));
            var before = SkillRules.Mean(declared, evidence, line, Now);
            var (better, worse) = (SkillRules.Mean(declared, evidence + Good(1), line, Now), SkillRules.Mean(declared, evidence + Bad(1), line, Now));
            // At the ends of the scale there is nothing more to learn.
            if (before is > 0 and < 1)
                Assert.That(worse, Is.LessThan(better));
            Assert.That(better, Is.GreaterThanOrEqualTo(before));
            Assert.That(worse, Is.LessThanOrEqualTo(before));
        }
    }

    [Test]
    public void Whoever_declares_more_is_estimated_higher_after_the_same_outcomes()
    {
        var random = new Random(4);
        for (var i = 0; i < 200; i++)
        {
            var (line, evidence) = (AnyLine(random), Good(random.Next(4)) + Bad(random.Next(4)));
            Assert.That(Enumerable.Range(0, 11).Select(d => SkillRules.Mean(d / 10.0, evidence, line, Now)), Is.Ordered);
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
        Assert.That(SkillRules.Mean(0.4, shuffled, Line, Now), Is.EqualTo(SkillRules.Mean(0.4, inOrder, Line, Now)).Within(1e-12));
        Assert.That(shuffled.Outcomes, Is.EqualTo(400));
    }

    [Test]
    public void What_is_taken_back_leaves_nothing()
    {
        var one = SkillEvidence.Of(0.3, Now.AddDays(-11));
        Assert.That(SkillRules.Mean(0.7, one - one, Line, Now), Is.EqualTo(0.7));
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
                var (evidence, line) = (Good(random.Next(40), Ago(random)) + Bad(random.Next(40), Ago(random)), AnyLine(random));
                var (low, high) = SkillRules.Interval(declared, evidence, line, Now);
                Assert.That(SkillRules.Mean(declared, evidence, line, Now), Is.InRange(low, high));
                Assert.That((low, high), Is.EqualTo((Math.Clamp(low, 0, 1), Math.Clamp(high, 0, 1))));
            }
        }
    }

    [Test]
    public void The_more_is_known_the_shorter_the_interval()
    {
        var lengths = new[] { 0, 4, 20, 100, 500 }.Select(n => SkillRules.Interval(0.5, Good(n * 0.75) + Bad(n * 0.25), Line, Now)).Select(i => i.High - i.Low).ToList();
        Assert.That(lengths, Is.Ordered.Descending);
        Assert.That(lengths[0], Is.EqualTo(2 * 1.6449 * 0.2).Within(1e-9), "a declaration alone says as much as declarations are worth");
        Assert.That(lengths[^1], Is.LessThan(0.13));
    }

    // Truths as far from the declarations as the line says, outcomes as they let expect.
    [Test]
    public void Nine_in_ten_intervals_hold_the_truth()
    {
        var random = new Random(11);
        foreach (var outcomes in new[] { 3, 30, 300 })
        {
            var held = 0;
            for (var i = 0; i < 4000; i++)
            {
                var (truth, evidence) = Person(0.5, outcomes, random);
                var (low, high) = SkillRules.Interval(0.5, evidence, Line, Now);
                held += truth >= low && truth <= high ? 1 : 0;
            }

            Assert.That(held / 4000.0, Is.EqualTo(0.9).Within(0.03), $"{outcomes} outcomes");
        }
    }

    [Test]
    public void Many_outcomes_come_near_the_truth()
    {
        var random = new Random(12);
        var errors = new[] { 0, 10, 100, 1000, 10_000 }.Select(outcomes => Enumerable.Range(0, 300).Average(_ =>
        {
            var (truth, evidence) = Person(0.5, outcomes, random);
            return Math.Abs(SkillRules.Mean(0.5, evidence, Line, Now) - truth);
        })).ToList();
        Assert.That(errors, Is.Ordered.Descending);
        Assert.That(errors[^1], Is.LessThan(0.01));
    }

    [TestCase(2, 0, false, "too few")]
    [TestCase(3, 0, true, "enough")]
    [TestCase(8, 2, true, "still more than expected")]
    [TestCase(3, 2, false, "as expected of nobody who knows it")]
    [TestCase(2, 6, false, "who tries in vain")]
    public void A_skill_that_nobody_declared_counts_when_outcomes_show_it(int good, int bad, bool counts, string because) =>
        Assert.That(SkillRules.Proficiency(null, null, Good(good) + Bad(bad), OutcomeLine.Default, Now) is not null, Is.EqualTo(counts), because);

    [Test]
    public void A_learned_skill_is_forgotten()
    {
        var evidence = Good(4);
        Assert.That(SkillRules.Proficiency(null, null, evidence, Line, Now), Is.Not.Null);
        Assert.That(SkillRules.Proficiency(null, null, evidence, Line, Now + SkillRules.HalfLife), Is.Null);
    }

    [Test]
    public void What_is_pinned_counts_whatever_outcomes_say() =>
        Assert.That(SkillRules.Proficiency(0.9, 0.25, Good(50), Line, Now), Is.EqualTo(0.25));

    [Test]
    public void Centuries_are_no_trouble()
    {
        var then = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.That(SkillRules.Mean(0.5, Good(3, then), Line, then), Is.EqualTo(SkillRules.Mean(0.5, Good(3), Line, Now)).Within(1e-9));
    }

    [Test]
    public void Every_outcome_has_a_weight_and_words()
    {
        foreach (var rule in SkillRules.All)
        {
            Assert.That(Math.Abs(SkillRules.WeightOf(rule)), Is.InRange(0.5, 1), rule);
            Assert.That(SkillOutcome.Reason(rule), Is.Not.EqualTo(rule));
        }

        Assert.That(() => SkillRules.WeightOf("luck"), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("luck"));
    }

    private static (double Truth, SkillEvidence Evidence) Person(double declared, int outcomes, Random random)
    {
        var truth = declared + (Line.Spread * Normal(random));
        var good = Enumerable.Range(0, outcomes).Count(_ => random.NextDouble() < Line.AtZero + (Line.Slope * truth));
        return (truth, Good(good) + Bad(outcomes - good));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static OutcomeLine AnyLine(Random random) =>
        new(random.NextDouble() * 0.6, 0.1 + (random.NextDouble() * 0.9), 0.03 + (random.NextDouble() * 0.3), 0.05 + (random.NextDouble() * 0.2));

    private static DateTimeOffset Ago(Random random) => Now.AddDays(-random.Next(400));

    private static SkillEvidence Good(double count, DateTimeOffset? at = null) => Many(count, 1, at);

    private static SkillEvidence Bad(double count, DateTimeOffset? at = null) => Many(count, -1, at);

    private static SkillEvidence Many(double count, double sign, DateTimeOffset? at) => count > 0 ? SkillEvidence.Of(sign * count, at ?? Now) : default;
}
