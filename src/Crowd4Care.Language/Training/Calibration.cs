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

    private const int MostLabelsShifted = 10;
    private const int FewestTextsOfLabel = 50;
    private const int OffsetRounds = 30;
    private const double AllowedLoss = 0.002;
    private static readonly float[] Shares = [0, 0.25f, 0.5f, 0.75f, 1];

    /// <param name="table">The weights.</param>
    /// <param name="held">By head, texts that were not trained on.</param>
    /// <param name="judged">By head, what models that did not see them say of texts that were trained on.</param>
    public static WeightTable Calibrate(
        WeightTable table, IReadOnlyDictionary<string, IReadOnlyList<LabelledText>> held, IReadOnlyDictionary<string, IReadOnlyList<JudgedText>>? judged = null)
    {
        var heads = table.Heads.Select(head => held.TryGetValue(head.Name, out var texts) && texts.Count > 0
            ? Calibrate(head, TextBatches.Read(texts, some => Margins(table, head, some)), judged?.GetValueOrDefault(head.Name) ?? []) : head);
        return table.With([.. heads]);
    }

    private static HeadWeights Calibrate(HeadWeights head, List<JudgedText> held, IReadOnlyList<JudgedText> judged)
    {
        // As in choosing settings: the held ones are what the model is for and the others are many, so both count alike.
        var times = Math.Max(1, judged.Count / Math.Max(1, held.Count));
        List<JudgedText> texts = [.. Enumerable.Repeat(held, times).SelectMany(text => text), .. judged];
        var offsets = Offsets(head, texts);
        // Towards the honest ones as far as it costs nothing: where rare labels were made to count, it does.
        double Merit(float share) => MeritOf(head, held, Scaled(offsets, share)) + (judged.Count == 0 ? 0 : MeritOf(head, judged, Scaled(offsets, share)));
        var best = Shares.Max(Merit);
        offsets = Scaled(offsets, Shares.Last(share => Merit(share) >= best - AllowedLoss));
        var scored = texts.ConvertAll(text => (Logits: Shift(text.Margins, offsets), text.Label));
        var temperature = Temperature(scored);
        foreach (var (logits, _) in scored)
            Probabilities.SoftMax(logits, temperature);
        return head with { Bias = Shift(head.Bias, offsets), Temperature = temperature, Sure = Sure(scored) };
    }

    private static float[] Scaled(float[] offsets, float share) => Array.ConvertAll(offsets, offset => offset * share);

    private static float[] Shift(float[] values, float[] offsets) => [.. values.Zip(offsets, (value, offset) => value + offset)];

    /// <summary>What is to be added to each label's score so that a label is expected as often as it is right; nothing where a label has few texts.</summary>
    private static float[] Offsets(HeadWeights head, List<JudgedText> texts)
    {
        var offsets = new float[head.Labels.Count];
        if (head.Labels.Count > MostLabelsShifted || texts.CountBy(text => text.Label).Min(count => count.Value) < FewestTextsOfLabel)
            return offsets;
        for (var round = 0; round < OffsetRounds; round++)
        {
            var temperature = Temperature(texts.ConvertAll(text => (Shift(text.Margins, offsets), text.Label)));
            var (expected, right) = (new double[offsets.Length], new double[offsets.Length]);
            foreach (var (margins, label) in texts)
            {
                var probabilities = Shift(margins, offsets);
                Probabilities.SoftMax(probabilities, temperature);
                for (var i = 0; i < probabilities.Length; i++)
                    expected[i] += probabilities[i];
                right[label]++;
            }

            for (var i = 0; i < offsets.Length; i++)
                offsets[i] += temperature * (float)Math.Log((right[i] + 1) / (expected[i] + 1));
        }

        return offsets;
    }

    private static double MeritOf(HeadWeights head, IReadOnlyList<JudgedText> texts, float[] offsets) =>
        Figures.Of([.. texts.Select(text => new Outcome(head.Labels[text.Label], head.Labels[Probabilities.IndexOfLargest(Shift(text.Margins, offsets))], 1))]).Merit;

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

    private static List<JudgedText> Margins(WeightTable table, HeadWeights head, IReadOnlyList<LabelledText> texts)
    {
        var (tokens, buffer, sums, evidence) = (new TokenizedText(), new FeatureBuffer(), new int[table.Stride], new float[table.Stride]);
        var meaning = new Meaning();
        var firstColumn = table.Heads.TakeWhile(other => other.Name != head.Name).Sum(other => other.Labels.Count);
        var margins = new List<JudgedText>(texts.Count);
        foreach (var text in texts)
        {
            Tokenizer.Read(text.Text, tokens);
            FeatureExtractor.Extract(table.Features, tokens, table.Bits, buffer);
            table.Weigh(buffer, sums, evidence);
            meaning.Read(text.Text, tokens, head.Dimensions);
            var scores = new float[head.Labels.Count];
            head.Weigh(evidence.AsSpan(firstColumn), meaning.Values, scores);
            var known = head.Labels.ToList().IndexOf(text.Label);
            if (known >= 0 && buffer.Count > 0)
                margins.Add(new JudgedText(scores, known));
        }

        return margins;
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
