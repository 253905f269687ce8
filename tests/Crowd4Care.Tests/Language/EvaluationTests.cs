using System.Text.Json;
using Crowd4Care.Language;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>The expected figures are those that scikit-learn gives for the same answers.</summary>
public sealed class EvaluationTests
{
    private const double Tolerance = 1e-9;

    private static readonly Evaluation Some = Evaluate(
        ("a", "a", 0.95), ("a", "a", 0.85), ("a", "b", 0.55), ("a", "a", 0.75), ("b", "b", 0.65), ("b", "c", 0.45), ("b", "b", 0.35),
        ("c", "c", 0.9), ("c", "d", 0.4), ("c", "a", 0.6));

    [Test]
    public void Accuracy_is_the_share_that_was_right() => Assert.That(Some.Accuracy, Is.EqualTo(0.6).Within(Tolerance));

    [Test]
    public void Macro_F1_counts_a_label_that_was_only_predicted() =>
        Assert.That(Some.MacroF1, Is.EqualTo((0.75 + (2 / 3.0) + 0.4 + 0) / 4).Within(Tolerance));

    [Test]
    public void Macro_recall_counts_only_labels_that_were_expected() =>
        Assert.That(Some.MacroRecall, Is.EqualTo((0.75 + (2 / 3.0) + (1 / 3.0)) / 3).Within(Tolerance));

    [Test]
    public void Each_label_that_occurs_has_its_figures()
    {
        Assert.That(Some.Labels.Select(label => label.Label), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        Assert.That(Some.Labels.Select(label => label.Support), Is.EqualTo(new[] { 4, 3, 3, 0 }));
        var c = Some.Labels[2];
        Assert.That((c.Precision, c.F1), Is.EqualTo((0.5, 0.4)));
        Assert.That(c.Recall, Is.EqualTo(1 / 3.0).Within(Tolerance));
    }

    [Test]
    public void The_calibration_error_is_the_weighed_distance_of_ten_bins() =>
        Assert.That(Some.CalibrationError, Is.EqualTo(0.285).Within(Tolerance));

    [Test]
    public void The_classwise_calibration_error_looks_at_every_label_of_every_text()
    {
        var evaluation = Evaluation.Of("h", ["x", "y"], [("x", Score(("x", 0.8), ("y", 0.2))), ("y", Score(("y", 0.9), ("x", 0.1)))]);
        Assert.That(evaluation.ClasswiseCalibrationError, Is.EqualTo((((0.2 + 0.1) / 2) + ((0.2 + 0.1) / 2)) / 2).Within(Tolerance));
    }

    [Test]
    public void Certainty_that_is_right_is_calibrated() => Assert.That(Evaluate(("a", "a", 1), ("b", "b", 1)).CalibrationError, Is.Zero);

    [TestCase(0, 0.00, 0.35, 0.6, 0.454166666667, 0.583333333333)]
    [TestCase(1, 0.05, 0.35, 0.6, 0.454166666667, 0.583333333333)]
    [TestCase(2, 0.10, 0.40, 0.555555555556, 0.4125, 0.527777777778)]
    [TestCase(3, 0.20, 0.45, 0.625, 0.583333333333, 0.583333333333)]
    [TestCase(4, 0.30, 0.55, 0.714285714286, 0.694444444444, 0.75)]
    [TestCase(5, 0.50, 0.65, 1, 1, 1)]
    public void The_least_sure_are_left_out_first(int at, double share, double threshold, double accuracy, double macroF1, double macroRecall)
    {
        var point = Some.Abstain[at];
        Assert.That((point.Share, point.Threshold), Is.EqualTo((share, threshold)));
        Assert.That(point.Accuracy, Is.EqualTo(accuracy).Within(Tolerance));
        Assert.That(point.MacroF1, Is.EqualTo(macroF1).Within(Tolerance));
        Assert.That(point.MacroRecall, Is.EqualTo(macroRecall).Within(Tolerance));
    }

    [Test]
    public void A_doubt_about_a_rare_label_comes_first_for_recall()
    {
        var evaluation = Evaluation.Of("h", ["common", "rare"],
        [
            ("rare", Score(("common", 0.7), ("rare", 0.3))), ("common", Score(("rare", 0.6), ("common", 0.4))),
            .. Enumerable.Repeat(("common", Score(("common", 0.9), ("rare", 0.1))), 7), ("rare", Score(("rare", 0.9), ("common", 0.1))),
        ]);
        Assert.That(evaluation.Abstain[2].MacroRecall, Is.EqualTo(0.75).Within(Tolerance), "the least probable answer is the wrong \"rare\"");
        Assert.That(evaluation.AbstainForRecall[2].MacroRecall, Is.EqualTo((1 + (7 / 8.0)) / 2).Within(Tolerance), "the missed \"rare\" costs more");
    }

    [Test]
    public void One_text_alone_is_never_left_out() => Assert.That(Evaluate(("a", "a", 0.5)).Abstain.Select(point => point.Accuracy), Is.All.EqualTo(1));

    [Test]
    public void Confusions_are_counted() => Assert.That(Some.Confusion["c"], Is.EquivalentTo(new Dictionary<string, int> { ["a"] = 1, ["c"] = 1, ["d"] = 1 }));

    [Test]
    public void Without_texts_every_figure_is_zero()
    {
        var none = Evaluate();
        Assert.That((none.Accuracy, none.MacroF1, none.MacroRecall, none.CalibrationError), Is.EqualTo((0.0, 0.0, 0.0, 0.0)));
        Assert.That(none.Abstain, Is.Empty);
    }

    [Test]
    public void The_JSON_object_has_the_names_that_scripts_rely_on()
    {
        using var json = JsonDocument.Parse(Some.ToJson());
        Assert.That(Names(json.RootElement), Is.EqualTo(new[]
        {
            "head", "texts", "accuracy", "macroF1", "macroRecall", "calibrationError", "classwiseCalibrationError", "labels", "abstain",
            "abstainForRecall", "confusion",
        }));
        Assert.That(Names(json.RootElement.GetProperty("labels")[0]), Is.EqualTo(new[] { "label", "precision", "recall", "f1", "support" }));
        Assert.That(Names(json.RootElement.GetProperty("abstain")[0]), Is.EqualTo(new[] { "share", "threshold", "accuracy", "macroF1", "macroRecall" }));
        Assert.That(json.RootElement.GetProperty("confusion").GetProperty("a").GetProperty("b").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void An_unknown_head_is_refused_with_those_that_are_known() =>
        Assert.That(() => Evaluation.Of(SomeTexts.Model(), "weather", []), Throws.ArgumentException.With.Message.Contains("things"));

    private static Evaluation Evaluate(params (string Expected, string Predicted, double Probability)[] answers) =>
        Evaluation.Of("h", ["a", "b", "c", "d"], answers.Select(answer => (answer.Expected, Score((answer.Predicted, answer.Probability)))));

    private static HeadScore Score(params (string Label, double Probability)[] all) =>
        new("h", all[0].Label, all[0].Probability, [.. all.Select(one => new LabelProbability(one.Label, one.Probability))], []);

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);
}
