using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd4Care.Language.Training;

/// <summary>
/// How one head's answers compare with what people said. The figures are those of scikit-learn where it has them; what would be a
/// division by zero is 0.
/// </summary>
public sealed class Evaluation
{
    private static readonly int[] PercentLeftOut = [0, 5, 10, 20, 30, 50];

    private Evaluation(
        string head, IReadOnlyList<Outcome> outcomes, IReadOnlyList<double> risks, ReliabilityBins bins, IReadOnlyCollection<ReliabilityBins> labelBins)
    {
        var figures = Figures.Of(outcomes);
        Head = head;
        Count = outcomes.Count;
        Accuracy = figures.Accuracy;
        MacroF1 = figures.MacroF1;
        MacroRecall = figures.MacroRecall;
        Labels = figures.Labels;
        CalibrationError = bins.Error;
        ClasswiseCalibrationError = labelBins.Average(label => label.Error);
        Abstain = AbstainCurve(outcomes.OrderBy(outcome => outcome.Probability));
        AbstainForRecall = AbstainCurve(outcomes.Zip(risks).OrderByDescending(pair => pair.Second).Select(pair => pair.First));
        Confusion = new SortedDictionary<string, IReadOnlyDictionary<string, int>>(
            outcomes.GroupBy(outcome => outcome.Expected).ToDictionary(same => same.Key, CountPredicted), StringComparer.Ordinal);
    }

    /// <summary>The head that was asked.</summary>
    public string Head { get; }

    /// <summary>How many texts were compared.</summary>
    [JsonPropertyName("texts")]
    public int Count { get; }

    /// <summary>The share that was right (<c>accuracy_score</c>).</summary>
    public double Accuracy { get; }

    /// <summary>The mean F1 of the labels that were expected or predicted (<c>f1_score</c> with <c>average="macro"</c>).</summary>
    public double MacroF1 { get; }

    /// <summary>The mean recall of the labels that were expected (<c>balanced_accuracy_score</c>).</summary>
    public double MacroRecall { get; }

    /// <summary>
    /// The expected calibration error: over ten equally wide bins of the given label's probability, the distance between the mean
    /// probability and the share that was right, weighed by the texts in the bin. A bin has its lower border; 1 is in the last.
    /// </summary>
    public double CalibrationError { get; }

    /// <summary>
    /// The same for every label of the head by itself, with its probability and whether it was expected in all texts, given or not;
    /// the mean of the labels.
    /// </summary>
    public double ClasswiseCalibrationError { get; }

    /// <summary>Each label that was expected or predicted, by name.</summary>
    public IReadOnlyList<LabelEvaluation> Labels { get; }

    /// <summary>What is gained when a person reads the texts that the model is least sure of.</summary>
    public IReadOnlyList<AbstainPoint> Abstain { get; }

    /// <summary>
    /// The same when a person reads the texts whose answer may cost most macro recall: the probability of the other labels, each divided by how common
    /// the model finds it in these texts. A doubt about a rare label counts more than the same doubt about a common one.
    /// </summary>
    public IReadOnlyList<AbstainPoint> AbstainForRecall { get; }

    /// <summary>How many texts by the label that was expected, then by the label that was predicted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion { get; }

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

        return Of(head, model.Heads[index].Labels, samples.AsParallel().AsOrdered().Select(sample => (sample.Label, model.Score(sample.Text)[index])));
    }

    internal static Evaluation Of(string head, IEnumerable<string> labels, IEnumerable<(string Expected, HeadScore Score)> answers)
    {
        var outcomes = new List<Outcome>();
        var all = new List<HeadScore>();
        var bins = new ReliabilityBins();
        var labelBins = labels.ToDictionary(label => label, _ => new ReliabilityBins(), StringComparer.Ordinal);
        foreach (var (expected, score) in answers)
        {
            outcomes.Add(new Outcome(expected, score.Label, score.Probability));
            all.Add(score);
            bins.Add(score.Probability, score.Label == expected);
            foreach (var (label, probability) in score.All)
                labelBins[label].Add(probability, label == expected);
        }

        return new Evaluation(head, outcomes, Risks(all), bins, labelBins.Values);
    }

    private static List<double> Risks(List<HeadScore> scores)
    {
        var common = scores.SelectMany(score => score.All).GroupBy(label => label.Label, StringComparer.Ordinal)
            .ToDictionary(label => label.Key, label => label.Sum(text => text.Probability), StringComparer.Ordinal);
        return scores.ConvertAll(score => score.All
            .Where(label => label.Label != score.Label && label.Probability > 0).Sum(label => label.Probability / common[label.Label]));
    }

    /// <summary>All figures as one JSON object on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Prints the figures as small tables, without the confusions.</summary>
    /// <param name="output">Where to.</param>
    public void Print(TextWriter output)
    {
        output.WriteLine(Line($"texts {Count}  accuracy {Accuracy:0.0000}  macro-F1 {MacroF1:0.0000}  macro-recall {MacroRecall:0.0000}"));
        output.WriteLine(Line($"calibration error {CalibrationError:0.0000}  classwise {ClasswiseCalibrationError:0.0000}"));
        output.WriteLine();
        var width = Labels.Select(label => label.Label.Length).Append(5).Max();
        output.WriteLine($"{"label".PadRight(width)}  precision  recall      F1  texts");
        foreach (var label in Labels)
        {
            var name = label.Label.PadRight(width);
            output.WriteLine(Line($"{name}  {label.Precision,9:0.0000}  {label.Recall:0.0000}  {label.F1:0.0000}  {label.Support,5}"));
        }

        output.WriteLine();
        output.WriteLine("left out  from probability  accuracy  macro-F1  macro-recall  macro-recall, doubts about rare labels first");
        foreach (var (point, forRecall) in Abstain.Zip(AbstainForRecall))
        {
            var rest = Line($"{point.Accuracy,8:0.0000}  {point.MacroF1,8:0.0000}  {point.MacroRecall,12:0.0000}  {forRecall.MacroRecall,12:0.0000}");
            output.WriteLine(Line($"{point.Share,7:0%}   {point.Threshold,16:0.0000}  ") + rest);
        }
    }

    /// <param name="inOrder">Those to be left out first.</param>
    private static List<AbstainPoint> AbstainCurve(IEnumerable<Outcome> inOrder)
    {
        Outcome[] surestLast = [.. inOrder];
        var points = new List<AbstainPoint>();
        foreach (var percent in surestLast.Length == 0 ? [] : PercentLeftOut)
        {
            var rest = surestLast[(int)((long)surestLast.Length * percent / 100)..];
            var figures = Figures.Of(rest);
            points.Add(new AbstainPoint(percent / 100.0, rest.Min(outcome => outcome.Probability), figures.Accuracy, figures.MacroF1, figures.MacroRecall));
        }

        return points;
    }

    private static IReadOnlyDictionary<string, int> CountPredicted(IEnumerable<Outcome> outcomes) => new SortedDictionary<string, int>(
        outcomes.CountBy(outcome => outcome.Predicted).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The figures without the texts that a model was least sure of.</summary>
/// <param name="Share">The share of the texts left out, as many whole texts as fit.</param>
/// <param name="Threshold">The lowest probability among the rest: where the least probable are left out, the model answers by itself from here on.</param>
/// <param name="Accuracy">Of the rest.</param>
/// <param name="MacroF1">Of the rest, over the labels that were expected or predicted in it.</param>
/// <param name="MacroRecall">Of the rest, over the labels that were expected in it.</param>
public sealed record AbstainPoint(double Share, double Threshold, double Accuracy, double MacroF1, double MacroRecall);
