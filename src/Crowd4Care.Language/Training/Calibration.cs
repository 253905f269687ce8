using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Finds the temperature at which a head's probabilities are most honest: the one under which the right answers of texts that
/// were not trained on are most likely. Then the probability from which on the head may be called sure.
/// </summary>
internal static class Calibration
{
    /// <summary>Of the answers that a head is sure of, at most this share was wrong.</summary>
    public const double Risk = 0.2;

    /// <summary>Fewer answers say nothing of how many are wrong.</summary>
    private const int FewestAnswers = 20;

    private const double Lowest = 0.1;
    private const double Highest = 10;
    private const int Steps = 40;

    public static WeightTable Calibrate(WeightTable table, IReadOnlyDictionary<string, IReadOnlyList<LabelledText>> held)
    {
        var heads = table.Heads.Select(head => held.TryGetValue(head.Name, out var texts) && texts.Count > 0
            ? Calibrate(head, Logits(table, head, texts)) : head);
        return table.With([.. heads]);
    }

    private static HeadWeights Calibrate(HeadWeights head, List<(float[] Logits, int Label)> scored)
    {
        var temperature = Temperature(scored);
        foreach (var (logits, _) in scored)
            Probabilities.SoftMax(logits, temperature);
        return head with { Temperature = temperature, Sure = Sure(scored) };
    }

    /// <summary>The lowest probability from which on no more answers are wrong than <see cref="Risk"/> allows; 0 when that is so for all.</summary>
    private static float Sure(List<(float[] Probabilities, int Label)> scored)
    {
        var answers = scored.Select(text => (Best: Probabilities.IndexOfLargest(text.Probabilities), text))
            .Select(pair => (Probability: pair.text.Probabilities[pair.Best], IsWrong: pair.Best != pair.text.Label))
            .OrderByDescending(answer => answer.Probability).ToList();
        var (wrong, sure) = (0, 1f);
        for (var i = 0; i < answers.Count; i++)
        {
            wrong += answers[i].IsWrong ? 1 : 0;
            if (i + 1 >= FewestAnswers && wrong <= Risk * (i + 1))
                sure = i + 1 == answers.Count ? 0 : answers[i].Probability;
        }

        return sure;
    }

    private static List<(float[] Logits, int Label)> Logits(WeightTable table, HeadWeights head, IReadOnlyList<LabelledText> texts)
    {
        var (tokens, buffer, sums, evidence) = (new TokenizedText(), new FeatureBuffer(), new int[table.Stride], new float[table.Stride]);
        var meaning = new Meaning();
        var firstColumn = table.Heads.TakeWhile(other => other.Name != head.Name).Sum(other => other.Labels.Count);
        var logits = new List<(float[] Logits, int Label)>(texts.Count);
        foreach (var text in texts)
        {
            Tokenizer.Read(text.Text, tokens);
            FeatureExtractor.Extract(table.Features, tokens, table.Bits, buffer);
            table.Weigh(buffer, sums, evidence);
            meaning.Read(tokens, head.Dimensions);
            var scores = new float[head.Labels.Count];
            head.Weigh(evidence.AsSpan(firstColumn), meaning.Values, scores);
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
