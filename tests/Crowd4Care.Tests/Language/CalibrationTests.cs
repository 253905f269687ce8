using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

public sealed class CalibrationTests
{
    private const int Bits = 4;
    private static readonly string[] Labels = ["a", "b"];

    /// <summary>Scores are what they are by the judged texts alone: the table has no weights.</summary>
    private static readonly WeightTable Empty = new(
        FeatureSet.Terms, Bits, [new HeadWeights { Name = "h", Labels = Labels, Bias = [0, 0], Scale = [1, 1] }], new sbyte[WeightTable.RowAlignment << Bits]);

    [Test]
    public void A_label_that_is_expected_too_often_is_moved_down()
    {
        // "a" by 0.5 for all, but as many are "b", a little nearer to it.
        var head = Calibrate(Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? Text(0.6f + (i % 7 * 0.1f), 0) : Text(0.4f - (i % 7 * 0.1f), 1)));
        Assert.That(head.Bias[0] - head.Bias[1], Is.EqualTo(-0.5f).Within(0.2f));
    }

    [Test]
    public void Labels_of_few_texts_are_not_moved()
    {
        var head = Calibrate(Enumerable.Range(0, 400).Select(i => i % 20 == 0 ? Text(0.4f, 1) : Text(0.6f, 0)));
        Assert.That(head.Bias, Is.EqualTo(new float[] { 0, 0 }));
    }

    private static HeadWeights Calibrate(IEnumerable<JudgedText> judged) => Calibration.Calibrate(
        Empty, new Dictionary<string, IReadOnlyList<LabelledText>> { ["h"] = [new LabelledText("", "a")] },
        new Dictionary<string, IReadOnlyList<JudgedText>> { ["h"] = [.. judged] }).Heads[0];

    private static JudgedText Text(float lead, int label) => new([lead, 0], label);
}
