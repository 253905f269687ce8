using Crowd4Care.Classification;

namespace Crowd4Care.Tests.Classification;

public sealed class PromotionRuleTests
{
    [TestCase(20, 10, 11, true, "right on 11 of 20")]
    [TestCase(20, 10, 10, false, "Not better")]
    [TestCase(20, 10, 9, false, "Not better")]
    [TestCase(19, 0, 19, false, "Only 19")]
    [TestCase(0, 0, 0, false, "Only 0")]
    public void It_has_to_be_right_more_often_on_enough(int held, int before, int after, bool promoted, string words)
    {
        var verdict = PromotionRule.Decide(new TrainingFigures(50, [], [new("topic", Table(before, held - before), Table(after, held - after))]));
        Assert.That(verdict.Promote, Is.EqualTo(promoted));
        Assert.That(verdict.Reason, Does.Contain(words));
    }

    [Test]
    public void Heads_are_counted_together()
    {
        var figures = new TrainingFigures(50, [], [new("topic", Table(5, 5), Table(9, 1)), new("sentiment", Table(8, 2), Table(6, 4))]);
        Assert.That(PromotionRule.Decide(figures).Promote, Is.True);
    }

    [TestCase(100, 99, true)]
    [TestCase(100, 97, false)]
    public void No_head_may_get_worse_on_the_own_posts(int before, int after, bool promoted)
    {
        var own = new HeadFigures("anger", Balanced(before), Balanced(after));
        var verdict = PromotionRule.Decide(new TrainingFigures(50, [own], [new("topic", Table(10, 20), Table(20, 10))]));
        Assert.That(verdict.Promote, Is.EqualTo(promoted), verdict.Reason);
        if (!promoted)
            Assert.That(verdict.Reason, Does.Contain("anger").And.Contain("0.970"));
    }

    private static ConfusionTable Table(int right, int wrong) => new([new("a", "a", right), new("a", "b", wrong)]);

    // Two labels of a hundred, each right so often.
    private static ConfusionTable Balanced(int right) => new([new("a", "a", right), new("a", "b", 100 - right), new("b", "b", right), new("b", "a", 100 - right)]);
}
