using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>Trains heads that share one space of words and letter sequences, and puts their weights side by side as signed bytes.</summary>
internal static class TermTableTrainer
{
    private const int FewestTexts = 2;

    /// <summary>One head; where there is time, with and without what only one text has.</summary>
    public static WeightTable Train(int bits, HeadPlan plan, int dimensions, int seed, TextWriter progress)
    {
        int[] fewest = TermTrainer.HasFewTexts(plan) ? [FewestTexts, 1] : [FewestTexts];
        var (space, head) = fewest
            .Select(texts => new TermSpace(bits, plan.Texts, texts, dimensions))
            .Select(space => (Space: space, Head: TermTrainer.Train(plan, space, seed, progress)))
            .MaxBy(pair => pair.Head.Score);
        return Table(bits, [plan], space, [head]);
    }

    /// <summary>Several heads; how rare a feature is, is counted over the texts of all of them.</summary>
    public static WeightTable Train(int bits, IReadOnlyList<HeadPlan> plans, int dimensions, int seed, TextWriter progress)
    {
        var texts = plans.SelectMany(plan => plan.Texts).DistinctBy(text => text.Text, StringComparer.Ordinal).ToList();
        var space = new TermSpace(bits, texts, FewestTexts, dimensions);
        return Table(bits, plans, space, [.. plans.Select(plan => TermTrainer.Train(plan, space, seed, progress))]);
    }

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

        return Calibration.Calibrate(
            new WeightTable(FeatureSet.Terms, bits, heads, bytes), plans.ToDictionary(plan => plan.Name, plan => plan.Validation),
            plans.Zip(trained).ToDictionary(pair => pair.First.Name, pair => pair.Second.Judged));
    }

    private static IEnumerable<(int Bucket, int Place, float Factor)> Rows(int bits, TermSpace space) =>
        Enumerable.Range(0, 1 << bits).Select(bucket => (bucket, space.PlaceOf(bucket), space.FactorOf(bucket))).Where(row => row.Item2 >= 0);
}
