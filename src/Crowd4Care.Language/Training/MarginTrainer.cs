using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crowd4Care.Language.Training;

/// <summary>How labels are told apart.</summary>
/// <param name="Cost">What a text on the wrong side costs, compared with large weights: more follows the examples closer.</param>
/// <param name="Balanced">Whether every label counts the same, however few texts it has.</param>
/// <param name="LeftOut">Of each <see cref="MarginTrainer.Folds"/> texts the one with this number is not learned from; negative for none.</param>
internal sealed record MarginOptions(float Cost, bool Balanced, int LeftOut = -1);

/// <summary>
/// A linear support vector machine: squared hinge loss, L2, one label against the rest, by dual coordinate descent with shrinking
/// (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM"). Sixteen problems, of
/// any labels and options, are solved side by side, each in a lane of a vector, so that a text's features are fetched once for all of
/// them; they share the order of the texts and when to stop. The same samples, options and seed give the same weights on any number of threads.
/// </summary>
internal sealed class MarginTrainer(IReadOnlyList<TermSample> samples, int labels, int width)
{
    /// <summary>Texts may be left out by turns, one in so many.</summary>
    public const int Folds = 5;

    private const int Lanes = 16;
    private const int MostRounds = 20;
    private const float Tolerance = 0.05f;

    /// <summary>A text this far on the right side in all lanes is left alone until all others are settled.</summary>
    private const float FarAway = 0.3f;

    private readonly float[] norms = [.. samples.Select(sample => sample.Values.Sum(value => value * value))];
    private readonly float[] counts = Count(samples, labels);

    /// <returns>For each of the options, by label, a weight for each of the <c>width</c> places.</returns>
    public float[][][] Train(IReadOnlyList<MarginOptions> options, int seed)
    {
        // With two labels one is the other's mirror.
        var trained = labels == 2 ? 1 : labels;
        var problems = options.SelectMany(option => Enumerable.Range(0, trained).Select(label => new Problem(label, option))).ToArray();
        var blocks = problems.Chunk(Lanes).ToArray();
        var weights = new float[blocks.Length][][];
        Parallel.For(0, blocks.Length, block => weights[block] = TrainBlock(blocks[block], new Random(seed)));
        return [.. weights.SelectMany(block => block).Chunk(trained).Select(own => labels == 2 ? [own[0], Array.ConvertAll(own[0], weight => -weight)] : own)];
    }

    private static float[] Count(IReadOnlyList<TermSample> samples, int labels)
    {
        var counts = new float[labels];
        foreach (var sample in samples)
            counts[sample.Label] += sample.Weight;
        return counts;
    }

    private float[][] TrainBlock(Problem[] problems, Random random)
    {
        var total = counts.Sum();
        var lanes = Vectors(problems, _ => 1, 0);
        var (ids, folds) = (Vectors(problems, problem => problem.Label, -1), Vectors(problems, problem => problem.Options.LeftOut, -1));
        var slack = Array.ConvertAll(counts, count => Vectors(problems, problem =>
            0.5f / (problem.Options.Cost * (problem.Options.Balanced ? total / (labels * Math.Max(1, count)) : 1)), 1));

        var (weights, alphas) = (new float[width * Lanes], new Vector512<float>[samples.Count]);
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
                var alpha = alphas[at];
                var learned = Vector512.Equals(lanes, Vector512<float>.One) & ~Vector512.Equals(folds, Vector512.Create((float)(at % Folds)));
                var side = Vector512.ConditionalSelect(
                    Vector512.Equals(ids, Vector512.Create((float)sample.Label)), Vector512<float>.One, -Vector512<float>.One);
                var diagonal = slack[sample.Label] / sample.Weight;
                var gradient = (side * DotAll(weights, sample)) - Vector512<float>.One + (diagonal * alpha);
                var next = Vector512.Max(alpha - (gradient / (Vector512.Create(norms[at]) + diagonal)), Vector512<float>.Zero);
                var moves = learned & ~Vector512.Equals(alpha, next);
                if (moves == Vector512<float>.Zero)
                {
                    if (round > 1 && (learned & Vector512.LessThanOrEqual(gradient, Vector512.Create(FarAway))) == Vector512<float>.Zero)
                    {
                        active--;
                        (order[i], order[active]) = (order[active], order[i]);
                        i--;
                    }

                    continue;
                }

                next = Vector512.ConditionalSelect(moves, next, alpha);
                worst = MathF.Max(worst, Largest(Vector512.ConditionalSelect(moves, Vector512.Abs(gradient), Vector512<float>.Zero)));
                Add(weights, sample, (next - alpha) * side);
                alphas[at] = next;
            }

            if (worst > Tolerance)
                continue;
            if (active == order.Length)
                break;
            active = order.Length;
        }

        return [.. problems.Select((_, lane) => Lane(weights, lane))];
    }

    private static Vector512<float> Vectors(Problem[] problems, Func<Problem, float> value, float otherwise)
    {
        Span<float> lanes = stackalloc float[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            lanes[lane] = lane < problems.Length ? value(problems[lane]) : otherwise;
        return Vector512.Create<float>(lanes);
    }

    private static float Largest(Vector512<float> values)
    {
        var largest = 0f;
        for (var lane = 0; lane < Lanes; lane++)
            largest = MathF.Max(largest, values[lane]);
        return largest;
    }

    private float[] Lane(float[] weights, int lane)
    {
        var own = new float[width];
        for (var place = 0; place < own.Length; place++)
            own[place] = weights[(place * Lanes) + lane];
        return own;
    }

    private static Vector512<float> DotAll(float[] weights, in TermSample sample)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var (places, values) = (sample.Places, sample.Values);
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < places.Length; i++)
            sum += Vector512.LoadUnsafe(ref first, (nuint)(places[i] * Lanes)) * values[i];
        return sum;
    }

    private static void Add(float[] weights, in TermSample sample, Vector512<float> step)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var (places, values) = (sample.Places, sample.Values);
        for (var i = 0; i < places.Length; i++)
        {
            var at = (nuint)(places[i] * Lanes);
            (Vector512.LoadUnsafe(ref first, at) + (step * values[i])).StoreUnsafe(ref first, at);
        }
    }

    /// <summary>What a text says for a label.</summary>
    public static float Dot(float[] weights, in TermSample sample)
    {
        var (places, values) = (sample.Places, sample.Values);
        var sum = 0f;
        for (var i = 0; i < places.Length; i++)
            sum += weights[places[i]] * values[i];
        return sum;
    }

    private readonly record struct Problem(int Label, MarginOptions Options);
}
