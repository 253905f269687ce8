using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crowd4Care.Language.Features;

namespace Crowd4Care.Language.Linear;

/// <summary>
/// The weights of all heads that read the same features, one row a feature, so that one visit to memory serves every head.
/// A row is padded to whole vectors; the padding is zero.
/// </summary>
internal sealed class WeightTable
{
    public const int RowAlignment = 16;

    /// <summary>Sums of this many signed bytes still fit 16 bits.</summary>
    private const int RowsPerFlush = 256;

    private readonly sbyte[] weights;

    public WeightTable(FeatureSet features, int bits, IReadOnlyList<HeadWeights> heads, sbyte[] weights)
    {
        Features = features;
        Bits = bits;
        Heads = heads;
        Columns = heads.Sum(head => head.Labels.Count);
        Stride = StrideOf(Columns);
        if (weights.Length != Stride << bits)
            throw new ArgumentException($"{weights.Length} weights, expected {Stride << bits}", nameof(weights));
        this.weights = weights;
    }

    public FeatureSet Features { get; }

    public int Bits { get; }

    public IReadOnlyList<HeadWeights> Heads { get; }

    public int Columns { get; }

    public int Stride { get; }

    public static int StrideOf(int columns) => (columns + RowAlignment - 1) / RowAlignment * RowAlignment;

    public ReadOnlySpan<sbyte> Row(int bucket) => weights.AsSpan(bucket * Stride, Columns);

    /// <summary>The same weights with changed heads, after calibration.</summary>
    public WeightTable With(IReadOnlyList<HeadWeights> heads) => new(Features, Bits, heads, weights);

    /// <summary>Adds up the rows of a text's features, all columns at once; <paramref name="sums"/> holds a whole stride.</summary>
    public void Sum(ReadOnlySpan<int> buckets, Span<int> sums)
    {
        sums[..Stride].Clear();
        for (var column = 0; column < Stride; column += RowAlignment)
        {
            for (var from = 0; from < buckets.Length; from += RowsPerFlush)
                SumBlock(buckets.Slice(from, Math.Min(RowsPerFlush, buckets.Length - from)), column, sums.Slice(column, RowAlignment));
        }
    }

    private void SumBlock(ReadOnlySpan<int> buckets, int column, Span<int> sums)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var (low, high) = (Vector128<short>.Zero, Vector128<short>.Zero);
        foreach (var bucket in buckets)
        {
            var (rowLow, rowHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)((bucket * Stride) + column)));
            low += rowLow;
            high += rowHigh;
        }

        for (var i = 0; i < RowAlignment; i++)
            sums[i] += i < 8 ? low[i] : high[i - 8];
    }
}
