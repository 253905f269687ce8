using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Finds the temperature at which a head's probabilities are most honest: the one under which the right answers of texts that
/// were not trained on are most likely.
/// </summary>
internal static class Calibration
{
    private const double Lowest = 0.1;
    private const double Highest = 10;
    private const int Steps = 40;

    public static WeightTable Calibrate(WeightTable table, IReadOnlyDictionary<string, IReadOnlyList<LabelledText>> held)
    {
        var heads = table.Heads.Select(head => held.TryGetValue(head.Name, out var texts) && texts.Count > 0
            ? head with { Temperature = Temperature(Logits(table, head, texts)) } : head);
        return table.With([.. heads]);
    }

    private static List<(float[] Logits, int Label)> Logits(WeightTable table, HeadWeights head, IReadOnlyList<LabelledText> texts)
    {
        var (tokens, buffer, sums, evidence) = (new TokenizedText(), new FeatureBuffer(), new int[table.Stride], new float[table.Stride]);
        var meaning = new float[WordVectors.Dimensions];
        var firstColumn = table.Heads.TakeWhile(other => other.Name != head.Name).Sum(other => other.Labels.Count);
        var logits = new List<(float[] Logits, int Label)>(texts.Count);
        foreach (var text in texts)
        {
            Tokenizer.Read(text.Text, tokens);
            FeatureExtractor.Extract(table.Features, tokens, table.Bits, buffer);
            table.Weigh(buffer, sums, evidence);
            if (head.Dense is not null)
                WordVectors.Shipped.Read(tokens, meaning);
            var scores = new float[head.Labels.Count];
            head.Weigh(evidence.AsSpan(firstColumn), meaning, scores);
            var known = head.Labels.ToList().IndexOf(text.Label);
            if (known >= 0 && buffer.Count > 0)
                logits.Add((scores, known));
        }

        return logits;
    }

    /// <summary>Golden-section search over the logarithm: the likelihood has one peak.</summary>
    private static float Temperature(IReadOnlyList<(float[] Logits, int Label)> scored)
    {
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - ((high - low) * golden), low + ((high - low) * golden));
            if (Loss(scored, (float)Math.Exp(left)) < Loss(scored, (float)Math.Exp(right)))
                high = right;
            else
                low = left;
        }

        return (float)Math.Exp((low + high) / 2);
    }

    private static double Loss(IReadOnlyList<(float[] Logits, int Label)> scored, float temperature)
    {
        var loss = 0.0;
        foreach (var (logits, label) in scored)
        {
            var probabilities = logits.ToArray();
            Probabilities.SoftMax(probabilities, temperature);
            loss -= Math.Log(Math.Max(probabilities[label], 1e-9));
        }

        return loss;
    }
}
