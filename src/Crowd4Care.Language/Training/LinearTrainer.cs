using System.Numerics;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>How a head is trained.</summary>
internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 12;

    public float Rate { get; init; } = 0.2f;

    /// <summary>Pulls weights towards zero (L2).</summary>
    public float Decay { get; init; } = 1e-4f;

    /// <summary>0 leaves frequent labels their weight, 1 gives every label the same.</summary>
    public float Balance { get; init; } = 0.5f;

    /// <summary>Features in fewer texts than this, by the texts' weight, are noise.</summary>
    public int MinimumTexts { get; init; } = 2;

    /// <summary>What a weight's squared gradients begin at: keeps the first steps of a rare feature small.</summary>
    public float FirstSquare { get; init; } = 0.02f;
}

/// <summary>The features of one text, what each counts, and the label.</summary>
internal readonly record struct Sample(int[] Buckets, float Value, int Label, float Weight);

/// <summary>Weights as trained: row by bucket, a column a label.</summary>
internal sealed record TrainedWeights(float[] Weights, float[] Bias);

/// <summary>
/// Multinomial logistic regression by stochastic gradient descent with a step size per weight (AdaGrad) that falls to zero over the
/// run. One thread and one seeded shuffle: the same samples and seed give the same weights.
/// </summary>
internal sealed class LinearTrainer(int bits, int labels, TrainingOptions options)
{
    private readonly float[] weights = new float[labels << bits];
    private readonly float[] squares = new float[labels << bits];
    private readonly float[] bias = new float[labels];
    private readonly float[] biasSquares = new float[labels];

    public TrainedWeights Train(IReadOnlyList<Sample> samples, int seed)
    {
        Array.Fill(squares, options.FirstSquare);
        Array.Fill(biasSquares, 1);
        var texts = CountTexts(samples);
        var kept = samples
            .Select(sample => sample with { Buckets = Array.FindAll(sample.Buckets, bucket => texts[bucket] >= options.MinimumTexts) })
            .ToArray();
        var classWeights = ClassWeights(samples);
        var random = new Random(seed);
        var step = 0L;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(kept);
            foreach (var sample in kept)
            {
                var rate = options.Rate * (1 - (step++ / (float)((long)kept.Length * options.Epochs)));
                Learn(sample, classWeights[sample.Label] * sample.Weight, rate);
            }
        }

        return new TrainedWeights(weights, bias);
    }

    private void Learn(in Sample sample, float importance, float rate)
    {
        var value = sample.Value;
        Span<float> scores = stackalloc float[labels];
        foreach (var bucket in sample.Buckets)
            Add(scores, weights.AsSpan(bucket * labels, labels));
        for (var i = 0; i < labels; i++)
            scores[i] = bias[i] + (scores[i] * value);
        Probabilities.SoftMax(scores);
        scores[sample.Label] -= 1;
        foreach (ref var score in scores)
            score *= importance;

        Step(bias, biasSquares, scores, rate, 0);
        foreach (ref var score in scores)
            score *= value;
        foreach (var bucket in sample.Buckets)
            Step(weights.AsSpan(bucket * labels, labels), squares.AsSpan(bucket * labels, labels), scores, rate, options.Decay * value);
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> row)
    {
        var i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + new Vector<float>(row[i..])).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += row[i];
    }

    private static void Step(Span<float> row, Span<float> squares, ReadOnlySpan<float> gradients, float rate, float decay)
    {
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(row[i..]);
            var gradient = new Vector<float>(gradients[i..]);
            var square = new Vector<float>(squares[i..]) + (gradient * gradient);
            square.CopyTo(squares[i..]);
            (weight - ((gradient + (weight * decay)) * rate / Vector.SquareRoot(square))).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            squares[i] += gradients[i] * gradients[i];
            row[i] -= (gradients[i] + (row[i] * decay)) * rate / MathF.Sqrt(squares[i]);
        }
    }

    private float[] CountTexts(IReadOnlyList<Sample> samples)
    {
        var (texts, last) = (new float[1 << bits], new int[1 << bits]);
        for (var i = 0; i < samples.Count; i++)
        {
            foreach (var bucket in samples[i].Buckets)
            {
                if (last[bucket] == i + 1)
                    continue;
                last[bucket] = i + 1;
                texts[bucket] += samples[i].Weight;
            }
        }

        return texts;
    }

    private float[] ClassWeights(IReadOnlyList<Sample> samples)
    {
        var totals = new double[labels];
        foreach (var sample in samples)
            totals[sample.Label] += sample.Weight;
        var mean = totals.Sum() / labels;
        return Array.ConvertAll(totals, total => total == 0 ? 0 : (float)Math.Pow(mean / total, options.Balance));
    }
}
