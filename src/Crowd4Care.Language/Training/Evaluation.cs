using System.Globalization;

namespace Crowd4Care.Language.Training;

/// <summary>How one label fared.</summary>
/// <param name="Label">The label.</param>
/// <param name="Precision">Of the texts given this label, the share that has it.</param>
/// <param name="Recall">Of the texts that have this label, the share that was given it.</param>
/// <param name="F1">The harmonic mean of the two.</param>
/// <param name="Support">How many texts have it.</param>
public sealed record LabelEvaluation(string Label, double Precision, double Recall, double F1, int Support);

/// <summary>How predictions compare with what people said.</summary>
public sealed class Evaluation
{
    private const int CalibrationBins = 10;

    private Evaluation(IReadOnlyList<(string Expected, string Predicted, double Probability)> outcomes)
    {
        Count = outcomes.Count;
        Accuracy = Ratio(outcomes.Count(outcome => outcome.Expected == outcome.Predicted), Count);
        Labels =
        [
            .. outcomes.Select(outcome => outcome.Expected).Distinct().Order(StringComparer.Ordinal).Select(label => Of(label, outcomes)),
        ];
        MacroF1 = Labels.Count == 0 ? 0 : Labels.Average(label => label.F1);
        MacroRecall = Labels.Count == 0 ? 0 : Labels.Average(label => label.Recall);
        CalibrationError = outcomes
            .GroupBy(outcome => Math.Min((int)(outcome.Probability * CalibrationBins), CalibrationBins - 1))
            .Sum(bin => Math.Abs(bin.Sum(outcome => outcome.Probability) - bin.Count(outcome => outcome.Expected == outcome.Predicted)) / Count);
    }

    /// <summary>How many texts were compared.</summary>
    public int Count { get; }

    /// <summary>The share that was right.</summary>
    public double Accuracy { get; }

    /// <summary>The mean F1 of the labels that occur.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean recall of the labels that occur.</summary>
    public double MacroRecall { get; }

    /// <summary>The mean distance, over ten bins of probability, between what was promised and what was right.</summary>
    public double CalibrationError { get; }

    /// <summary>Each label that occurs, by name.</summary>
    public IReadOnlyList<LabelEvaluation> Labels { get; }

    /// <summary>Scores texts with one head of a model and compares.</summary>
    /// <param name="model">The model.</param>
    /// <param name="head">The head's name.</param>
    /// <param name="samples">Texts with the right answers.</param>
    public static Evaluation Of(MentionModel model, string head, IEnumerable<LabelledText> samples)
    {
        var index = model.Heads.ToList().FindIndex(known => known.Name == head);
        if (index < 0)
        {
            var known = string.Join(", ", model.Heads.Select(known => known.Name));
            throw new ArgumentException($"The model has no head \"{head}\"; it has {known}.", nameof(head));
        }

        var outcomes = new List<(string Expected, string Predicted, double Probability)>();
        foreach (var sample in samples)
        {
            var score = model.Score(sample.Text)[index];
            outcomes.Add((sample.Label, score.Label, score.Probability));
        }

        return new Evaluation(outcomes);
    }

    /// <summary>Prints the figures as a small table.</summary>
    /// <param name="output">Where to.</param>
    public void Print(TextWriter output)
    {
        output.WriteLine(Line($"texts {Count}  accuracy {Accuracy:0.0000}  macro-F1 {MacroF1:0.0000}  macro-recall {MacroRecall:0.0000}")
            + Line($"  calibration error {CalibrationError:0.0000}"));
        var width = Labels.Select(label => label.Label.Length).Append(5).Max();
        output.WriteLine($"{"label".PadRight(width)}  precision  recall      F1  texts");
        foreach (var label in Labels)
        {
            var name = label.Label.PadRight(width);
            output.WriteLine(Line($"{name}  {label.Precision,9:0.0000}  {label.Recall:0.0000}  {label.F1:0.0000}  {label.Support,5}"));
        }
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static LabelEvaluation Of(string label, IReadOnlyList<(string Expected, string Predicted, double Probability)> outcomes)
    {
        var support = outcomes.Count(outcome => outcome.Expected == label);
        var given = outcomes.Count(outcome => outcome.Predicted == label);
        var right = outcomes.Count(outcome => outcome.Expected == label && outcome.Predicted == label);
        var (precision, recall) = (Ratio(right, given), Ratio(right, support));
        return new LabelEvaluation(label, precision, recall, Ratio(2 * precision * recall, precision + recall), support);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
