using System.Numerics.Tensors;

namespace Crowd4Care.Language.Training;

/// <summary>The directions in which rows of numbers differ most (principal component analysis, by orthogonal iteration).</summary>
internal sealed class PrincipalAxes
{
    private const int Rounds = 40;

    /// <summary>As many rows tell the directions well enough.</summary>
    private const int MostRows = 40_000;

    private readonly float[] mean;
    private readonly float[][] axes;

    /// <param name="rows">The rows.</param>
    /// <param name="count">How many directions.</param>
    /// <param name="seed">Where the search begins.</param>
    public PrincipalAxes(IReadOnlyList<float[]> rows, int count, int seed)
    {
        var width = rows[0].Length;
        mean = new float[width];
        foreach (var row in rows)
            TensorPrimitives.Add(mean, row, mean);
        TensorPrimitives.Divide(mean, rows.Count, mean);

        var every = 1 + (rows.Count / MostRows);
        var covariance = Covariance([.. rows.Where((_, index) => index % every == 0).Select(Centre)], width);
        var random = new Random(seed);
        axes = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        for (var round = 0; round < Rounds; round++)
        {
            Parallel.For(0, count, i => axes[i] = Array.ConvertAll(covariance, row => TensorPrimitives.Dot<float>(row, axes[i])));
            Orthonormalise(axes);
        }
    }

    /// <summary>How far a row lies from the mean in each direction.</summary>
    public float[] Project(float[] row)
    {
        var centred = Centre(row);
        return Array.ConvertAll(axes, axis => TensorPrimitives.Dot<float>(axis, centred));
    }

    private float[] Centre(float[] row)
    {
        var centred = new float[row.Length];
        TensorPrimitives.Subtract(row, mean, centred);
        return centred;
    }

    private static float[][] Covariance(float[][] rows, int width)
    {
        var covariance = new float[width][];
        Parallel.For(0, width, i =>
        {
            covariance[i] = new float[width];
            foreach (var row in rows)
                TensorPrimitives.MultiplyAdd(row, row[i], covariance[i], covariance[i]);
        });
        return covariance;
    }

    /// <summary>Gram and Schmidt's way.</summary>
    private static void Orthonormalise(float[][] axes)
    {
        for (var i = 0; i < axes.Length; i++)
        {
            foreach (var before in axes.Take(i))
                TensorPrimitives.MultiplyAdd(before, -TensorPrimitives.Dot<float>(before, axes[i]), axes[i], axes[i]);
            TensorPrimitives.Divide(axes[i], TensorPrimitives.Norm<float>(axes[i]), axes[i]);
        }
    }
}
