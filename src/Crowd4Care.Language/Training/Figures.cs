using System.Runtime.InteropServices;

namespace Crowd4Care.Language.Training;

/// <summary>How one label fared.</summary>
/// <param name="Label">The label.</param>
/// <param name="Precision">Of the texts given this label, the share that has it.</param>
/// <param name="Recall">Of the texts that have this label, the share that was given it.</param>
/// <param name="F1">The harmonic mean of the two.</param>
/// <param name="Support">How many texts have it; 0 for a label that was only predicted.</param>
public sealed record LabelEvaluation(string Label, double Precision, double Recall, double F1, int Support);

/// <summary>What a text is, what a head said, and the probability it gave to that.</summary>
internal readonly record struct Outcome(string Expected, string Predicted, double Probability);

/// <summary>The figures that need no probabilities.</summary>
internal sealed record Figures(double Accuracy, double MacroF1, double MacroRecall, IReadOnlyList<LabelEvaluation> Labels)
{
    /// <summary>
    /// What choices are made by. Of two labels one is looked for among the other, and macro-F1 says how well; of several, rare labels count and both kinds
    /// of mistakes: the mean of macro-F1 and macro recall.
    /// </summary>
    public double Merit => Labels.Count <= 2 ? MacroF1 : (MacroF1 + MacroRecall) / 2;

    public static Figures Of(IReadOnlyCollection<Outcome> outcomes)
    {
        var counts = new Dictionary<string, Counts>(StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, outcome.Expected, out _).Expected++;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, outcome.Predicted, out _).Predicted++;
            if (outcome.Expected == outcome.Predicted)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, outcome.Expected, out _).Right++;
        }

        LabelEvaluation[] labels = [.. counts.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Value.Evaluate(label.Key))];
        return new Figures(
            Ratio(counts.Values.Sum(label => label.Right), outcomes.Count),
            labels.Select(label => label.F1).DefaultIfEmpty().Average(),
            labels.Where(label => label.Support > 0).Select(label => label.Recall).DefaultIfEmpty().Average(),
            labels);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    private record struct Counts(int Expected, int Predicted, int Right)
    {
        public readonly LabelEvaluation Evaluate(string label) =>
            new(label, Ratio(Right, Predicted), Ratio(Right, Expected), Ratio(2.0 * Right, Expected + Predicted), Expected);
    }
}
