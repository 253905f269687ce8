using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>What a head is to learn.</summary>
internal sealed record HeadPlan
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<LabelledText> Texts { get; init; }

    /// <summary>Languages need none: see <see cref="LetterTrainer"/>.</summary>
    public TrainingOptions Options { get; init; } = new();

    public string? Fallback { get; init; }

    public float MinimumProbability { get; init; }
}

/// <summary>Trains the heads of one weight table, one after the other, and puts their weights side by side as signed bytes.</summary>
internal static class TableTrainer
{
    public static WeightTable Train(FeatureSet features, int bits, IReadOnlyList<HeadPlan> plans, int seed)
    {
        var stride = WeightTable.StrideOf(plans.Sum(plan => plan.Labels.Count));
        var bytes = new sbyte[stride << bits];
        var heads = new List<HeadWeights>();
        var column = 0;
        foreach (var plan in plans)
        {
            var samples = Samples(features, bits, plan);
            var trained = features == FeatureSet.Letters
                ? new LetterTrainer(bits, plan.Labels.Count).Train(samples, seed)
                : new LinearTrainer(bits, plan.Labels.Count, plan.Options).Train(samples, seed);
            var scale = Quantizer.ScaleOf(trained.Weights);
            for (var bucket = 0; bucket < 1 << bits; bucket++)
            {
                for (var label = 0; label < plan.Labels.Count; label++)
                {
                    var weight = trained.Weights[(bucket * plan.Labels.Count) + label];
                    bytes[(bucket * stride) + column + label] = Quantizer.Quantize(weight, scale);
                }
            }

            heads.Add(new HeadWeights
            {
                Name = plan.Name,
                Labels = plan.Labels,
                Bias = trained.Bias,
                Scale = scale,
                Fallback = plan.Fallback,
                MinimumProbability = plan.MinimumProbability,
            });
            column += plan.Labels.Count;
        }

        return new WeightTable(features, bits, heads, bytes);
    }

    private static List<Sample> Samples(FeatureSet features, int bits, HeadPlan plan)
    {
        var indexes = plan.Labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var (tokens, buffer) = (new TokenizedText(), new FeatureBuffer());
        var samples = new List<Sample>(plan.Texts.Count);
        foreach (var text in plan.Texts)
        {
            Tokenizer.Read(text.Text, tokens);
            FeatureExtractor.Extract(features, tokens, bits, buffer);
            samples.Add(new Sample(buffer.Buckets.ToArray(), buffer.Value, indexes[text.Label], text.Weight));
        }

        return samples;
    }
}
