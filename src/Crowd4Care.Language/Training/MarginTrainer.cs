namespace Crowd4Care.Language.Training;

/// <summary>How labels are told apart.</summary>
/// <param name="Cost">What a text on the wrong side costs, compared with large weights: more follows the examples closer.</param>
/// <param name="Balanced">Whether every label counts the same, however few texts it has.</param>
internal sealed record MarginOptions(float Cost, bool Balanced);

/// <summary>
/// A linear support vector machine: squared hinge loss, L2, one label against the rest, by dual coordinate descent with shrinking
/// (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM"). Labels are trained side by side,
/// each with a seed of its own: the same samples and seed give the same weights on any number of threads.
/// </summary>
internal sealed class MarginTrainer(IReadOnlyList<TermSample> samples, int labels, int width)
{
    private const int MostRounds = 20;
    private const float Tolerance = 0.05f;

    /// <summary>A text this far on the right side is left alone until all others are settled.</summary>
    private const float FarAway = 0.3f;

    private readonly float[] norms = [.. samples.Select(sample => sample.Values.Sum(value => value * value))];
    private readonly float[] counts = Count(samples, labels);

    /// <returns>By label, a weight for each of the <c>width</c> places.</returns>
    public float[][] Train(MarginOptions options, int seed)
    {
        var weights = new float[labels][];
        // With two labels one is the other's mirror.
        var trained = labels == 2 ? 1 : labels;
        var total = counts.Sum();
        var slack = Array.ConvertAll(counts, count => 0.5f / (options.Cost * (options.Balanced ? total / (labels * Math.Max(1, count)) : 1)));
        Parallel.For(0, trained, label => weights[label] = TrainOne(label, slack, new Random(SeedOf(seed, label))));
        if (labels == 2)
            weights[1] = Array.ConvertAll(weights[0], weight => -weight);
        return weights;
    }

    private static int SeedOf(int seed, int label) => unchecked((seed * 7919) + label);

    private static float[] Count(IReadOnlyList<TermSample> samples, int labels)
    {
        var counts = new float[labels];
        foreach (var sample in samples)
            counts[sample.Label] += sample.Weight;
        return counts;
    }

    private float[] TrainOne(int label, float[] slack, Random random)
    {
        var (weights, alphas) = (new float[width], new float[samples.Count]);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var active = order.Length;
        for (var round = 0; round < MostRounds; round++)
        {
            random.Shuffle(order.AsSpan(0, active));
            var worst = 0f;
            for (var i = 0; i < active; i++)
            {
                var at = order[i];
                var sample = samples[at];
                var side = sample.Label == label ? 1f : -1f;
                var diagonal = slack[sample.Label] / sample.Weight;
                var gradient = (side * Dot(weights, sample)) - 1 + (diagonal * alphas[at]);
                if (alphas[at] == 0 && gradient > 0)
                {
                    if (gradient > FarAway && round > 1)
                    {
                        active--;
                        (order[i], order[active]) = (order[active], order[i]);
                        i--;
                    }

                    continue;
                }

                worst = MathF.Max(worst, MathF.Abs(gradient));
                var alpha = MathF.Max(alphas[at] - (gradient / (norms[at] + diagonal)), 0);
                Add(weights, sample, (alpha - alphas[at]) * side);
                alphas[at] = alpha;
            }

            if (worst > Tolerance)
                continue;
            if (active == order.Length)
                break;
            active = order.Length;
        }

        return weights;
    }

    public static float Dot(float[] weights, in TermSample sample)
    {
        var (places, values) = (sample.Places, sample.Values);
        var sum = 0f;
        for (var i = 0; i < places.Length; i++)
            sum += weights[places[i]] * values[i];
        return sum;
    }

    private static void Add(float[] weights, in TermSample sample, float step)
    {
        var (places, values) = (sample.Places, sample.Values);
        for (var i = 0; i < places.Length; i++)
            weights[places[i]] += step * values[i];
    }
}
