using System.Numerics.Tensors;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Training;

/// <summary>The features of one text, what each counts, and the label.</summary>
internal readonly record struct Sample(int[] Buckets, float Value, int Label, float Weight);

/// <summary>
/// Multinomial logistic regression for many labels and very many short texts: stochastic gradient descent over small batches with a step
/// size per feature (AdaGrad over a row of weights), which falls to zero over the run. No label is likely for no reason in the text. A batch
/// is scored side by side, then learned from with the rows shared out: a row sees the texts in their order whoever updates it, so the same
/// samples and seed give the same weights on any number of threads.
/// </summary>
internal sealed class LetterTrainer(int bits, int labels, int? threads = null)
{
    /// <summary>More would mostly wait for each other.</summary>
    private const int MostWorkers = 8;

    private const int Epochs = 4;
    private const float Rate = 4;

    /// <summary>Texts that don't learn from each other: enough to share out, few enough to be as good as one by one.</summary>
    private const int Batch = 64;

    /// <summary>What a row's squared gradients begin at: keeps the first steps of a rare feature small.</summary>
    private const float FirstSquare = 0.02f;

    private readonly int workers = threads ?? Math.Min(Environment.ProcessorCount, MostWorkers);
    private readonly float[] weights = new float[labels << bits];
    private readonly float[] squares = new float[1 << bits];
    private readonly float[] gradients = new float[Batch * labels];
    private readonly float[] lengths = new float[Batch];

    /// <returns>Row by bucket, a column a label.</returns>
    public float[] Train(IReadOnlyList<Sample> samples, int seed)
    {
        Array.Fill(squares, FirstSquare);
        Sample[] order = [.. samples];
        var random = new Random(seed);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            for (var at = 0; at < order.Length; at += Batch)
            {
                var batch = order.AsMemory(at, Math.Min(Batch, order.Length - at));
                var done = (epoch + (at / (float)order.Length)) / Epochs;
                Learn(batch, Rate * (1 - done));
            }
        }

        return weights;
    }

    private void Learn(ReadOnlyMemory<Sample> batch, float rate)
    {
        Share(worker =>
        {
            for (var i = worker; i < batch.Length; i += workers)
                lengths[i] = Score(batch.Span[i], GradientOf(i));
        });
        Share(worker =>
        {
            for (var i = 0; i < batch.Length; i++)
                Step(batch.Span[i].Buckets, GradientOf(i), lengths[i], rate, worker);
        });
    }

    private void Share(Action<int> work)
    {
        if (workers == 1)
            work(0);
        else
            Parallel.For(0, workers, work);
    }

    private Span<float> GradientOf(int index) => gradients.AsSpan(index * labels, labels);

    /// <summary>Gives the gradient of the loss for each of the sample's rows, and its squared length.</summary>
    private float Score(in Sample sample, Span<float> gradient)
    {
        gradient.Clear();
        foreach (var bucket in sample.Buckets)
            TensorPrimitives.Add(gradient, weights.AsSpan(bucket * labels, labels), gradient);
        TensorPrimitives.Multiply(gradient, sample.Value, gradient);
        Probabilities.SoftMax(gradient);
        gradient[sample.Label] -= 1;
        TensorPrimitives.Multiply(gradient, sample.Value * sample.Weight, gradient);

        // Not TensorPrimitives.SumOfSquares: in what order it adds up depends on the processor.
        var square = 0f;
        foreach (var part in gradient)
            square += part * part;
        return square;
    }

    private void Step(int[] buckets, ReadOnlySpan<float> gradient, float length, float rate, int worker)
    {
        foreach (var bucket in buckets)
        {
            if (bucket % workers != worker)
                continue;
            squares[bucket] += length;
            var row = weights.AsSpan(bucket * labels, labels);
            TensorPrimitives.MultiplyAdd(gradient, -rate / MathF.Sqrt(squares[bucket]), row, row);
        }
    }
}
