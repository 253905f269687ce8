using System.Globalization;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>Trains heads that share one space of words and letter sequences, and puts their weights side by side as signed bytes.</summary>
internal static class TermTableTrainer
{
    private const int FewestTexts = 2;

    /// <summary>What macro-F1, or its mean with macro recall, has to gain for texts to be read as sentences, which takes a hundred times as long.</summary>
    private const double WorthReading = 0.003;

    /// <summary>Of texts to learn from and validate with: up to here they are read as sentences to see whether that is worth it, which takes half a minute on two cores.</summary>
    private const long FewEnoughCharacters = 2_000_000;

    /// <summary>One head; where there is time, with and without what only one text has, and with and without the meaning of sentences.</summary>
    public static WeightTable Train(int bits, HeadPlan plan, int seed, TextWriter progress, Reading reading = Reading.Auto)
    {
        var chosen = Try(FewestTexts);
        if (TermTrainer.HasFewTexts(plan) && Try(1, known: chosen.Head.Settings) is var rare && rare.Head.Score > chosen.Head.Score)
            chosen = rare;
        if (reading == Reading.Thorough || (reading == Reading.Auto && TextsOf(plan).Sum(text => (long)text.Length) <= FewEnoughCharacters))
        {
            var thorough = Try(chosen.FewestTexts, chosen.Head.Settings, Sentences(TextsOf(plan)));
            var isWorth = reading == Reading.Thorough || thorough.Head.Score - chosen.Head.Score >= WorthReading;
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{plan.Name}: {thorough.Head.Score:0.0000} when texts are read as sentences, {chosen.Head.Score:0.0000} word by word: reads {(isWorth ? "sentences" : "word by word")}"));
            chosen = isWorth ? thorough : chosen;
        }

        var table = Calibrate([plan], Table(bits, [plan], chosen.Space, [chosen.Head]), [chosen.Head]);
        Tell(Evaluation.Of(new MentionModel(plan.Name, [table]), plan.Name, plan.Validation), progress);
        return plan.LearnsFromValidation ? TrainAgain(bits, plan, chosen, seed, table) : table;

        Attempt Try(int fewestTexts, IReadOnlyList<MarginOptions>? known = null, IReadOnlyDictionary<string, float[]>? sentences = null)
        {
            var space = new TermSpace(bits, plan.Texts, fewestTexts, sentences is null ? Meaning.Fast : Meaning.Thorough, sentences);
            return new Attempt(fewestTexts, sentences, space, TermTrainer.Train(plan, space, seed, progress, known));
        }
    }

    private static List<string> TextsOf(HeadPlan plan) => [.. plan.Texts.Concat(plan.Validation).Select(text => text.Text).Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, float[]> Sentences(List<string> texts)
    {
        var sentences = SentenceEncoder.Shipped.Encode(texts);
        foreach (var sentence in sentences)
            Meaning.Normalise(sentence);
        return texts.Zip(sentences).ToDictionary(StringComparer.Ordinal);
    }

    private static void Tell(Evaluation reached, TextWriter progress)
    {
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{reached.Head}: accuracy {reached.Accuracy:0.0000}, macro-F1 {reached.MacroF1:0.0000}, macro recall {reached.MacroRecall:0.0000}, calibration error {reached.CalibrationError:0.0000} on {reached.Count} validation texts that it had not learned from"));
        if (reached.Labels.Count == 2)
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reached.Head}: F1 of {reached.Labels[0].Label} {reached.Labels[0].F1:0.0000}, of {reached.Labels[1].Label} {reached.Labels[1].F1:0.0000}"));
    }

    /// <summary>
    /// With what was chosen and calibrated by the validation texts, learns from these as well (the refit of scikit-learn's searches). The more texts, the
    /// better; how honest probabilities are cannot be told any more by texts that were learned from, so that stays.
    /// </summary>
    private static WeightTable TrainAgain(int bits, HeadPlan plan, Attempt chosen, int seed, WeightTable calibrated)
    {
        var all = plan with { Texts = [.. plan.Texts, .. plan.Validation.Where(text => plan.Labels.Contains(text.Label))], Validation = [] };
        var space = new TermSpace(bits, all.Texts, chosen.FewestTexts, chosen.Space.Dimensions, chosen.Sentences);
        var before = chosen.Head;
        var head = before with { Weights = TermTrainer.TrainAgain(all, space, before.Settings, seed) };
        var table = Table(bits, [all], space, [head]);
        var known = calibrated.Heads[0];
        var shifts = known.Bias.Zip(before.Weights, (bias, weights) => bias - weights[^1]);
        return table.With([table.Heads[0] with
        {
            Bias = [.. table.Heads[0].Bias.Zip(shifts, (bias, shift) => bias + shift)], Temperature = known.Temperature, Sure = known.Sure,
        }]);
    }

    /// <summary>Several heads; how rare a feature is, is counted over the texts of all of them.</summary>
    public static WeightTable Train(int bits, IReadOnlyList<HeadPlan> plans, int dimensions, int seed, TextWriter progress)
    {
        var texts = plans.SelectMany(plan => plan.Texts).DistinctBy(text => text.Text, StringComparer.Ordinal).ToList();
        var sentences = dimensions == Meaning.Thorough ? Sentences([.. plans.SelectMany(TextsOf).Distinct(StringComparer.Ordinal)]) : null;
        var space = new TermSpace(bits, texts, FewestTexts, dimensions, sentences);
        TrainedHead[] heads = [.. plans.Select(plan => TermTrainer.Train(plan, space, seed, progress))];
        return Calibrate(plans, Table(bits, plans, space, heads), heads);
    }

    private static WeightTable Calibrate(IReadOnlyList<HeadPlan> plans, WeightTable table, IReadOnlyList<TrainedHead> heads) => Calibration.Calibrate(
        table, plans.ToDictionary(plan => plan.Name, plan => plan.Validation), plans.Zip(heads).ToDictionary(pair => pair.First.Name, pair => pair.Second.Judged));

    private static WeightTable Table(int bits, IReadOnlyList<HeadPlan> plans, TermSpace space, IReadOnlyList<TrainedHead> trained)
    {
        var columns = trained.SelectMany(head => head.Weights).ToArray();
        var rows = Rows(bits, space).ToArray();
        var scales = Array.ConvertAll(columns, weights => Quantizer.ScaleOf(rows.Select(row => weights[row.Place] * row.Factor)));
        var stride = WeightTable.StrideOf(WeightTable.ColumnsOf(FeatureSet.Terms, columns.Length));
        var bytes = new sbyte[stride << bits];
        foreach (var (bucket, place, factor) in rows)
        {
            for (var column = 0; column < columns.Length; column++)
                bytes[(bucket * stride) + column] = Quantizer.Quantize(columns[column][place] * factor, scales[column]);
            bytes[(bucket * stride) + columns.Length] = space.Squares[bucket];
        }

        var heads = new List<HeadWeights>();
        foreach (var (plan, head) in plans.Zip(trained))
        {
            heads.Add(new HeadWeights
            {
                Name = plan.Name,
                Labels = plan.Labels,
                Bias = [.. head.Weights.Select(weights => weights[^1])],
                Dense = [.. Enumerable.Range(space.Features, space.Dimensions).SelectMany(place => head.Weights.Select(weights => weights[place]))],
                Scale = scales[heads.Sum(before => before.Labels.Count)..][..plan.Labels.Count],
                Fallback = plan.Fallback,
                MinimumProbability = plan.MinimumProbability,
            });
        }

        return new WeightTable(FeatureSet.Terms, bits, heads, bytes);
    }

    private static IEnumerable<(int Bucket, int Place, float Factor)> Rows(int bits, TermSpace space) =>
        Enumerable.Range(0, 1 << bits).Select(bucket => (bucket, space.PlaceOf(bucket), space.FactorOf(bucket))).Where(row => row.Item2 >= 0);

    private sealed record Attempt(int FewestTexts, IReadOnlyDictionary<string, float[]>? Sentences, TermSpace Space, TrainedHead Head);
}
