using Crowd4Care.Classification;
using Crowd4Care.Storage;

namespace Crowd4Care.Tests.Classification;

public sealed class ConfusionTableTests
{
    private static readonly ConfusionTable Table = ConfusionTable.Of([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "b")]);

    [Test]
    public void It_counts_pairs()
    {
        Assert.That((Table.Count, Table.Right, Table.At("b", "b"), Table.At("c", "b"), Table.At("b", "c")), Is.EqualTo((5, 3, 2, 1, 0)));
        Assert.That(Table.Accuracy, Is.EqualTo(0.6));
        Assert.That(Table.Labels, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public void Macro_F1_is_the_mean_of_the_labels_that_are_right_somewhere() =>
        Assert.That(Table.MacroF1, Is.EqualTo(((2 / 3.0) + (4 / 6.0) + 0) / 3).Within(1e-9));

    [Test]
    public void Nothing_is_nought() => Assert.That((new ConfusionTable([]).Accuracy, new ConfusionTable([]).MacroF1), Is.EqualTo((0.0, 0.0)));

    [Test]
    public void It_is_stored_as_its_cells() =>
        Assert.That(Sql.ToJson(Table), Does.StartWith("""{"cells":[{"label":"a","given":"a","count":1}""").And.Not.Contain("accuracy"));
}
