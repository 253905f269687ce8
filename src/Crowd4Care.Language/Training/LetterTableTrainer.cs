using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>Trains a head over letter sequences, and makes its weights signed bytes.</summary>
internal static class LetterTableTrainer
{
    public static WeightTable Train(int bits, HeadPlan plan, int seed)
    {
        var labels = plan.Labels.Count;
        var weights = new LetterTrainer(bits, labels).Train(Samples(bits, plan, seed), seed);
        var scales = new float[labels];
        Parallel.For(0, labels, label => scales[label] = Quantizer.ScaleOf(Column(weights, label, labels)));
        var stride = WeightTable.StrideOf(labels);
        var bytes = new sbyte[stride << bits];
        for (var bucket = 0; bucket < 1 << bits; bucket++)
        {
            for (var label = 0; label < labels; label++)
                bytes[(bucket * stride) + label] = Quantizer.Quantize(weights[(bucket * labels) + label], scales[label]);
        }

        var head = new HeadWeights
        {
            Name = plan.Name,
            Labels = plan.Labels,
            Bias = new float[labels],
            Scale = scales,
            Fallback = plan.Fallback,
            MinimumProbability = plan.MinimumProbability,
        };
        return Calibration.Calibrate(
            new WeightTable(FeatureSet.Letters, bits, [head], bytes), new Dictionary<string, IReadOnlyList<LabelledText>> { [plan.Name] = plan.Validation });
    }

    private static IEnumerable<float> Column(float[] weights, int label, int labels)
    {
        for (var i = label; i < weights.Length; i += labels)
            yield return weights[i];
    }

    private static List<Sample> Samples(int bits, HeadPlan plan, int seed)
    {
        var indexes = plan.Labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var (tokens, buffer) = (new TokenizedText(), new FeatureBuffer());
        var samples = new List<Sample>();
        foreach (var text in Fragments.Of(plan.Texts, seed))
        {
            Tokenizer.Read(text.Text, tokens);
            FeatureExtractor.Extract(FeatureSet.Letters, tokens, bits, buffer);
            samples.Add(new Sample(buffer.Buckets.ToArray(), buffer.Value, indexes[text.Label], text.Weight));
        }

        return samples;
    }
}
