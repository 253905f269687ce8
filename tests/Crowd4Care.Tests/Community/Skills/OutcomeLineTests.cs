using Crowd4Care.Community.Skills;

namespace Crowd4Care.Tests.Community.Skills;

public sealed class OutcomeLineTests
{
    [Test]
    public void Without_outcomes_it_is_the_default()
    {
        foreach (var nobody in new DeclaredEvidence[][] { [], [new(0.3, 0, 0)] })
        {
            var line = OutcomeLine.Fit(nobody);
            Assert.That((line.AtZero, line.Slope, line.Spread), Is.EqualTo((OutcomeLine.Default.AtZero, OutcomeLine.Default.Slope, OutcomeLine.Default.Spread)).Within(1e-9));
        }
    }

    [Test]
    public void A_few_outcomes_move_it_little()
    {
        var line = OutcomeLine.Fit([new(0.5, 0, 3), new(0.9, 1, 2)]);
        Assert.That(line.Expected(0.5), Is.InRange(OutcomeLine.Default.Expected(0.5) - 0.15, OutcomeLine.Default.Expected(0.5) - 0.01));
        Assert.That(line.Slope, Is.EqualTo(OutcomeLine.Default.Slope).Within(0.1));
    }

    [TestCase(0.3, 0.6, 0.08)]
    [TestCase(0.6, 0.2, 0.15)]
    [TestCase(0.2, 0.5, 0.25)]
    public void Many_outcomes_show_the_brands_own(double atZero, double slope, double spread)
    {
        var line = OutcomeLine.Fit(Brand(atZero, slope, spread, people: 2000, outcomes: 60, new Random(1)));
        Assert.That((line.AtZero, line.Slope), Is.EqualTo((atZero, slope)).Within(0.03));
        Assert.That(line.Spread, Is.EqualTo(spread).Within(0.04));
    }

    [Test]
    public void The_more_people_the_nearer_it_is()
    {
        double Error(int people) => Enumerable.Range(0, 20).Average(seed =>
        {
            var line = OutcomeLine.Fit(Brand(0.15, 0.75, 0.1, people, outcomes: 20, new Random(seed)));
            return Math.Abs(line.Expected(0.2) - 0.30) + Math.Abs(line.Expected(0.8) - 0.75);
        });
        Assert.That(new[] { 0, 10, 100, 1000 }.Select(Error), Is.Ordered.Descending);
    }

    // Who has very many outcomes is still one person.
    [Test]
    public void Nobody_counts_for_more_than_a_person()
    {
        var others = Brand(0.3, 0.6, 0.1, people: 300, outcomes: 40, new Random(2));
        var (without, with) = (OutcomeLine.Fit(others), OutcomeLine.Fit([.. others, new(0.5, 100_000, 0)]));
        Assert.That(with.Expected(0.5) - without.Expected(0.5), Is.InRange(0, 0.02));
    }

    [Test]
    public void Whatever_comes_it_is_a_line_that_can_be_used()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var line = OutcomeLine.Fit([.. Enumerable.Range(0, random.Next(40)).Select(_ => new DeclaredEvidence(random.NextDouble(), Mass(), Mass()))]);
            Assert.That(line.Slope, Is.InRange(0.1, 1));
            Assert.That(line.Spread, Is.InRange(0.03, 0.35));
            Assert.That(new[] { 0, 0.5, 1 }.Select(line.Expected), Is.All.InRange(0.02, 0.98));
        }

        double Mass() => random.Next(3) == 0 ? 0 : Math.Pow(10, (random.NextDouble() * 8) - 4);
    }

    [Test]
    public void Topics_and_languages_have_lines_of_their_own_and_other_skills_the_default()
    {
        var lines = OutcomeLines.Fit([
            .. Brand(0.1, 0.8, 0.1, 500, 30, new Random(4)).Select(p => ("topic:billing", p)),
            .. Brand(0.7, 0.2, 0.1, 500, 30, new Random(5)).Select(p => ("lang:de", p)),
        ]);
        Assert.That(lines.For("topic:refund").Slope, Is.EqualTo(0.8).Within(0.1));
        Assert.That(lines.For("lang:fr").Slope, Is.EqualTo(0.2).Within(0.1));
        Assert.That(new[] { "product:router", "topical:x", "languages:y" }.Select(lines.For), Is.All.EqualTo(OutcomeLine.Default));
    }

    private static DeclaredEvidence[] Brand(double atZero, double slope, double spread, int people, int outcomes, Random random) =>
    [
        .. Enumerable.Range(0, people).Select(_ =>
        {
            var declared = 0.3 + (0.5 * random.NextDouble());
            var truth = declared + (spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            var good = Enumerable.Range(0, outcomes).Count(_ => random.NextDouble() < atZero + (slope * truth));
            return new DeclaredEvidence(declared, good, outcomes - good);
        }),
    ];
}
