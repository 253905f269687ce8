using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Moves a model a little towards what people corrected. The project's own posts are gone through again beside the corrections, so that
/// nothing is forgotten. What is likely for no reason in the text stays as it is: people correct where they doubt, so corrections say nothing
/// of how often a label is right. One thread, one seeded shuffle: the same model, corrections and seed give the same model.
/// </summary>
public static class ModelTuner
{
    private const int Epochs = 10;

    /// <summary>How far one text alone moves a score that is all wrong, the first time, for each group of features, in temperatures.</summary>
    private const float Rate = 0.2f;

    /// <summary>
    /// By head of a model, the project's own posts that no model ever learned from, with the right labels: what a tuned model is compared by.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> OwnHeldPosts(MentionModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var held = Own(held: true);
        return model.Heads.Where(head => held.ContainsKey(head.Name)).ToDictionary(head => head.Name, head => held[head.Name], StringComparer.Ordinal);
    }

    /// <summary>Tunes the heads that there are corrections for. Labels and heads that the model does not know are passed over.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="byHead">Texts with the right labels, by head, in any order.</param>
    /// <param name="seed">The order of training.</param>
    public static MentionModel Tune(MentionModel model, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> byHead, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(byHead);
        var replay = Own(held: false);
        return new MentionModel(model.Release, [.. model.Tables.Select(table => Tune(table, byHead, replay, seed))]);
    }

    private static WeightTable Tune(
        WeightTable table, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> byHead,
        IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Label)>> replay, int seed)
    {
        var rows = new sbyte[table.Stride << table.Bits];
        for (var bucket = 0; bucket < 1 << table.Bits; bucket++)
            table.Row(bucket).CopyTo(rows.AsSpan(bucket * table.Stride));

        var column = 0;
        foreach (var head in table.Heads)
        {
            var corrections = Samples(table, head, byHead.GetValueOrDefault(head.Name, []));
            if (corrections.Count > 0)
                Tune(table, head, column, [.. corrections, .. Samples(table, head, replay.GetValueOrDefault(head.Name, []))], rows, seed);
            column += head.Labels.Count;
        }

        return new WeightTable(table.Features, table.Bits, table.Heads, rows);
    }

    private static void Tune(WeightTable table, HeadWeights head, int column, TunedSample[] samples, sbyte[] rows, int seed)
    {
        var labels = head.Labels.Count;
        // Only the rows that the texts touch; all others keep their bytes.
        var places = samples.SelectMany(s => s.Buckets).Distinct().Index().ToDictionary(b => b.Item, b => b.Index);
        var weights = new float[places.Count * labels];
        foreach (var (bucket, place) in places)
        {
            for (var label = 0; label < labels; label++)
                weights[(place * labels) + label] = rows[(bucket * table.Stride) + column + label] * head.Scale[label];
        }

        Learn([.. samples.Select(s => s with { Buckets = Array.ConvertAll(s.Buckets, bucket => places[bucket]) })], weights, labels, head.Temperature, seed);
        foreach (var (bucket, place) in places)
        {
            for (var label = 0; label < labels; label++)
                rows[(bucket * table.Stride) + column + label] = Quantizer.Quantize(weights[(place * labels) + label], head.Scale[label]);
        }
    }

    private static void Learn(TunedSample[] samples, float[] weights, int labels, float temperature, int seed)
    {
        var random = new Random(seed);
        var scores = new float[labels];
        var step = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(samples);
            foreach (var sample in samples)
            {
                var left = 1 - (step++ / (float)(samples.Length * Epochs));
                Errors(sample, weights, temperature, scores);
                for (var i = 0; i < sample.Buckets.Length; i++)
                {
                    for (var label = 0; label < scores.Length; label++)
                        weights[(sample.Buckets[i] * scores.Length) + label] -= Rate * temperature * left * sample.Steps[i] * scores[label];
                }
            }
        }
    }

    // What each label was given too much.
    private static void Errors(in TunedSample sample, float[] weights, float temperature, float[] scores)
    {
        sample.Fixed.CopyTo(scores, 0);
        for (var i = 0; i < sample.Buckets.Length; i++)
        {
            for (var label = 0; label < scores.Length; label++)
                scores[label] += weights[(sample.Buckets[i] * scores.Length) + label] * sample.Values[i];
        }

        Probabilities.SoftMax(scores, temperature);
        scores[sample.Label] -= 1;
    }

    private static List<TunedSample> Samples(WeightTable table, HeadWeights head, IReadOnlyList<(string Text, string Label)> texts) =>
        TextBatches.Read(texts.OrderBy(t => t.Text, StringComparer.Ordinal).ThenBy(t => t.Label, StringComparer.Ordinal), some => Read(table, head, some));

    private static List<TunedSample> Read(WeightTable table, HeadWeights head, IReadOnlyList<(string Text, string Label)> texts)
    {
        var indexes = head.Labels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        var (tokens, buffer, meaning) = (new TokenizedText(), new FeatureBuffer(), new Meaning());
        var samples = new List<TunedSample>();
        foreach (var (text, label) in texts)
        {
            Tokenizer.Read(text, tokens);
            FeatureExtractor.Extract(table.Features, tokens, table.Bits, buffer);
            meaning.Read(text, tokens, head.Dimensions);
            if (buffer.Count == 0 || !indexes.TryGetValue(label, out var index))
                continue;
            var fixedScores = new float[head.Labels.Count];
            head.Weigh(new float[head.Labels.Count], meaning.Values, fixedScores);
            var values = table.Values(buffer);
            samples.Add(new TunedSample(buffer.Buckets.ToArray(), values, table.Steps(buffer, values), fixedScores, index));
        }

        return samples;
    }

    private static Dictionary<string, IReadOnlyList<(string Text, string Label)>> Own(bool held) =>
        OwnPosts.All.Where(post => post.IsHeld == held)
            .SelectMany(post => post.Labels.Select(label => (Head: label.Key, post.Text, Label: label.Value)))
            .GroupBy(p => p.Head, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<(string, string)>)[.. g.Select(p => (p.Text, p.Label))], StringComparer.Ordinal);

    /// <summary>
    /// A text's features, what each counts and how far it goes in a step, and what speaks for each label besides them, which stays as it is.
    /// </summary>
    private readonly record struct TunedSample(int[] Buckets, float[] Values, float[] Steps, float[] Fixed, int Label);
}
