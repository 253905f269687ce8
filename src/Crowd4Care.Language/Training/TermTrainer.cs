using System.Globalization;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Trains one head over words, letter sequences and word vectors: several settings are tried, and the one that does best on texts that
/// were not trained on is taken.
/// </summary>
internal sealed class TermTrainer
{
    private static readonly float[] Costs = [0.01f, 0.03f, 0.1f, 0.3f, 1, 3];
    private const int FirstCost = 2;

    /// <summary>Texts times labels: up to here every setting is tried, which takes seconds.</summary>
    private const long FewEnoughForAll = 100_000;

    private readonly string task;
    private readonly string[] labels;
    private readonly int bits;
    private readonly TermSpace space;
    private readonly List<TermSample> samples;
    private readonly IReadOnlyList<LabelledText> validation;
    private readonly int seed;

    private TermTrainer(string task, string[] labels, int bits, IReadOnlyList<LabelledText> texts, IReadOnlyList<LabelledText> validation, int seed)
    {
        (this.task, this.labels, this.bits, this.validation, this.seed) = (task, labels, bits, validation, seed);
        space = new TermSpace(bits, texts);
        samples = Read(texts);
    }

    /// <param name="progress">Told what each setting reached.</param>
    public static WeightTable Train(
        string task, string[] labels, int bits, IReadOnlyList<LabelledText> texts, IReadOnlyList<LabelledText> validation, int seed, TextWriter progress)
    {
        var trainer = new TermTrainer(task, labels, bits, texts, validation, seed);
        var table = trainer.Table(trainer.Best(progress).Weights);
        return Calibration.Calibrate(table, new Dictionary<string, IReadOnlyList<LabelledText>> { [task] = validation });
    }

    private Attempt Best(TextWriter progress)
    {
        var counts = samples.CountBy(sample => sample.Label).Select(count => count.Value).ToList();
        bool[] balances = counts.Max() > counts.Min() * 2 ? [true, false] : [false];
        var search = new Search(this, progress);
        return (long)samples.Count * labels.Length <= FewEnoughForAll
            ? Enumerable.Range(0, Costs.Length).SelectMany(cost => balances.Select(balanced => search.Reach(cost, balanced))).MaxBy(attempt => attempt.Score)!
            : Climb(search, balances);
    }

    /// <summary>Goes from a middling cost towards the better neighbour until it gets no better.</summary>
    private static Attempt Climb(Search search, bool[] balances)
    {
        var best = balances.Select(balanced => search.Reach(FirstCost, balanced)).MaxBy(attempt => attempt.Score)!;
        foreach (var step in new[] { 1, -1 })
        {
            var from = best;
            for (var cost = from.Cost + step; cost >= 0 && cost < Costs.Length && search.Reach(cost, from.Balanced) is var next && next.Score > best.Score; cost += step)
                best = next;
            if (best != from)
                break;
        }

        return best;
    }

    private sealed record Attempt(int Cost, bool Balanced, double Score, float[][] Weights);

    private sealed class Search(TermTrainer owner, TextWriter progress)
    {
        private readonly MarginTrainer trainer = new(owner.samples, owner.labels.Length, owner.space.Width);
        private readonly List<TermSample> held = owner.Read(owner.validation.Where(text => owner.labels.Contains(text.Label)));

        /// <summary>The score is the mean of macro-F1 and macro recall: rare labels count, and both kinds of mistakes.</summary>
        public Attempt Reach(int cost, bool balanced)
        {
            var labels = owner.labels;
            var weights = trainer.Train(new MarginOptions(Costs[cost], balanced), owner.seed);
            var figures = Figures.Of([.. held.Select(sample => new Outcome(labels[sample.Label], labels[IndexOfBest(weights, sample)], 1))]);
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{owner.task}: cost {Costs[cost]}{(balanced ? ", balanced" : "")}: macro-F1 {figures.MacroF1:0.0000}, macro recall {figures.MacroRecall:0.0000} on {held.Count} texts"));
            return new Attempt(cost, balanced, (figures.MacroF1 + figures.MacroRecall) / 2, weights);
        }
    }

    private static int IndexOfBest(float[][] weights, TermSample sample) =>
        Probabilities.IndexOfLargest(Array.ConvertAll(weights, label => MarginTrainer.Dot(label, sample)));

    private List<TermSample> Read(IEnumerable<LabelledText> texts)
    {
        var indexes = labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. texts.Select(text => space.Read(text, indexes[text.Label]))];
    }

    private WeightTable Table(float[][] trained)
    {
        var columns = WeightTable.ColumnsOf(FeatureSet.Terms, labels.Length);
        var stride = WeightTable.StrideOf(columns);
        var bytes = new sbyte[stride << bits];
        var scale = Quantizer.ScaleOf([.. Weights(trained)]);
        for (var bucket = 0; bucket < 1 << bits; bucket++)
        {
            if (space.PlaceOf(bucket) is not (>= 0 and var place))
                continue;
            var row = bytes.AsSpan(bucket * stride, columns);
            for (var label = 0; label < labels.Length; label++)
                row[label] = Quantizer.Quantize(trained[label][place] * space.FactorOf(bucket), scale);
            row[^1] = space.Squares[bucket];
        }

        var head = new HeadWeights
        {
            Name = task,
            Labels = labels,
            Bias = [.. trained.Select(weights => weights[^1])],
            Dense = [.. Enumerable.Range(space.Features, WordVectors.Dimensions).SelectMany(place => trained.Select(weights => weights[place]))],
            Scale = scale,
        };
        return new WeightTable(FeatureSet.Terms, bits, [head], bytes);
    }

    private IEnumerable<float> Weights(float[][] trained)
    {
        for (var bucket = 0; bucket < 1 << bits; bucket++)
        {
            if (space.PlaceOf(bucket) is not (>= 0 and var place))
                continue;
            foreach (var weights in trained)
                yield return weights[place] * space.FactorOf(bucket);
        }
    }
}
