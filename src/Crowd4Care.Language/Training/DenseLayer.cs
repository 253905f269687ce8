using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crowd4Care.Language.Training;

/// <summary>Rows of numbers times a matrix, plus a bias.</summary>
internal sealed class DenseLayer
{
    /// <summary>Columns that are computed at once: two vectors.</summary>
    private const int Panel = 32;
    private const int Half = Panel / 2;

    /// <summary>Rows that share what is fetched of the matrix; their sums fill the registers.</summary>
    private const int Block = 6;

    /// <summary>Panel by panel, so that a panel is read from its beginning to its end.</summary>
    private readonly float[] packed;
    private readonly float[] bias;
    private readonly int inputs;
    private readonly int outputs;

    /// <param name="matrix">A row an input, a column an output; the number of columns is a multiple of 32.</param>
    /// <param name="bias">One an output.</param>
    public DenseLayer(float[] matrix, float[] bias)
    {
        (this.bias, inputs, outputs) = (bias, matrix.Length / bias.Length, bias.Length);
        if (outputs % Panel != 0 || matrix.Length != inputs * outputs)
            throw new InvalidDataException($"A matrix of {matrix.Length} numbers doesn't go with a bias of {bias.Length}.");
        packed = new float[matrix.Length];
        for (var panel = 0; panel < outputs; panel += Panel)
        {
            for (var input = 0; input < inputs; input++)
                matrix.AsSpan((input * outputs) + panel, Panel).CopyTo(packed.AsSpan((panel * inputs) + (input * Panel)));
        }
    }

    /// <summary>A row of outputs for each row of inputs.</summary>
    public float[] Apply(float[] rows)
    {
        var count = rows.Length / inputs;
        if (count < Block)
            return Apply([.. rows, .. new float[(Block - count) * inputs]])[..(count * outputs)];
        var result = new float[count * outputs];
        for (var panel = 0; panel < outputs; panel += Panel)
        {
            // The last block begins earlier where rows are left over, and computes some of them again.
            for (var row = 0; row < count; row += Block)
                ApplyBlock(rows, Math.Min(row, count - Block), panel, result);
        }

        return result;
    }

    private void ApplyBlock(float[] rows, int row, int panel, float[] result)
    {
        ref var weights = ref packed[panel * inputs];
        ref var input = ref rows[row * inputs];
        var (left, right) = (Vector512.LoadUnsafe(ref bias[panel]), Vector512.LoadUnsafe(ref bias[panel + Half]));
        var (a0, a1, b0, b1, c0, c1) = (left, right, left, right, left, right);
        var (d0, d1, e0, e1, f0, f1) = (left, right, left, right, left, right);
        var stride = (nuint)inputs;
        for (nuint i = 0; i < stride; i++)
        {
            left = Vector512.LoadUnsafe(ref weights, i * Panel);
            right = Vector512.LoadUnsafe(ref weights, (i * Panel) + Half);
            var value = Vector512.Create(Unsafe.Add(ref input, i));
            (a0, a1) = (Vector512.FusedMultiplyAdd(value, left, a0), Vector512.FusedMultiplyAdd(value, right, a1));
            value = Vector512.Create(Unsafe.Add(ref input, i + stride));
            (b0, b1) = (Vector512.FusedMultiplyAdd(value, left, b0), Vector512.FusedMultiplyAdd(value, right, b1));
            value = Vector512.Create(Unsafe.Add(ref input, i + (2 * stride)));
            (c0, c1) = (Vector512.FusedMultiplyAdd(value, left, c0), Vector512.FusedMultiplyAdd(value, right, c1));
            value = Vector512.Create(Unsafe.Add(ref input, i + (3 * stride)));
            (d0, d1) = (Vector512.FusedMultiplyAdd(value, left, d0), Vector512.FusedMultiplyAdd(value, right, d1));
            value = Vector512.Create(Unsafe.Add(ref input, i + (4 * stride)));
            (e0, e1) = (Vector512.FusedMultiplyAdd(value, left, e0), Vector512.FusedMultiplyAdd(value, right, e1));
            value = Vector512.Create(Unsafe.Add(ref input, i + (5 * stride)));
            (f0, f1) = (Vector512.FusedMultiplyAdd(value, left, f0), Vector512.FusedMultiplyAdd(value, right, f1));
        }

        Store(a0, a1, row, panel, result);
        Store(b0, b1, row + 1, panel, result);
        Store(c0, c1, row + 2, panel, result);
        Store(d0, d1, row + 3, panel, result);
        Store(e0, e1, row + 4, panel, result);
        Store(f0, f1, row + 5, panel, result);
    }

    private void Store(Vector512<float> left, Vector512<float> right, int row, int panel, float[] result)
    {
        ref var at = ref result[(row * outputs) + panel];
        left.StoreUnsafe(ref at);
        right.StoreUnsafe(ref at, Half);
    }
}
