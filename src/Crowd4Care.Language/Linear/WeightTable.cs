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

    public WeightTable(FeatureSet features, int bits, IReadOnlyList<HeadWeights> heads, sbyte[] weights)
    {
        Features = features;
        Bits = bits;
        Heads = heads;
        Columns = ColumnsOf(features, heads.Sum(head => head.Labels.Count));
        Stride = StrideOf(Columns);
        if (weights.Length != Stride << bits)
            throw new ArgumentException($"{weights.Length} weights, expected {Stride << bits}", nameof(weights));
        Weights = weights;
    }

    /// <summary>All rows, with their padding; not to be changed.</summary>
    public sbyte[] Weights { get; }

    public FeatureSet Features { get; }

    public int Bits { get; }

    public IReadOnlyList<HeadWeights> Heads { get; }

    /// <summary>A column a label; with features that are weighed by rarity one more at the end: the square of that weight, in steps.</summary>
    public int Columns { get; }

    public int Stride { get; }

    public static int ColumnsOf(FeatureSet features, int labels) => labels + (features == FeatureSet.Terms ? 1 : 0);

    public static int StrideOf(int columns) => (columns + RowAlignment - 1) / RowAlignment * RowAlignment;

    public ReadOnlySpan<sbyte> Row(int bucket) => Weights.AsSpan(bucket * Stride, Columns);

    /// <summary>The same weights with changed heads, after calibration.</summary>
    public WeightTable With(IReadOnlyList<HeadWeights> heads) => new(Features, Bits, heads, Weights);

    /// <summary>
    /// What a text says for each label, before a head's scale and bias: the sum of its features' rows, made independent of the text's
    /// length. <paramref name="evidence"/> holds a whole stride.
    /// </summary>
    public void Weigh(FeatureBuffer features, Span<int> sums, Span<float> evidence)
    {
        evidence = evidence[..Stride];
        evidence.Clear();
        if (Features == FeatureSet.Terms)
        {
            AddGroup(features.Buckets[..features.Border], sums, evidence);
            AddGroup(features.Buckets[features.Border..], sums, evidence);
            return;
        }

        Sum(features.Buckets, sums);
        for (var i = 0; i < evidence.Length; i++)
            evidence[i] = sums[i] * features.Value;
    }

    /// <summary>What the row of each feature is multiplied by in <see cref="Weigh"/>.</summary>
    public float[] Values(FeatureBuffer features)
    {
        var values = new float[features.Count];
        if (Features != FeatureSet.Terms)
        {
            Array.Fill(values, features.Value);
            return values;
        }

        Array.Fill(values, Unit(features.Buckets[..features.Border]), 0, features.Border);
        Array.Fill(values, Unit(features.Buckets[features.Border..]), features.Border, features.Count - features.Border);
        return values;
    }

    /// <summary>
    /// How far the row of each feature goes against an error. Rows are multiplied by how rare a feature is, so a rare one's goes further; those
    /// that no training saw go as far as the rarest: the name of a new product is what corrections teach.
    /// </summary>
    public float[] Steps(FeatureBuffer features, float[] values)
    {
        float[] steps = [.. values];
        for (var i = 0; Features == FeatureSet.Terms && i < steps.Length; i++)
            steps[i] *= Row(features.Buckets[i])[^1] is > 0 and var square ? square : sbyte.MaxValue;
        return steps;
    }

    private float Unit(ReadOnlySpan<int> group) => SquaresOf(group) is > 0 and var squares ? 1 / MathF.Sqrt(squares) : 0;

    private int SquaresOf(ReadOnlySpan<int> group)
    {
        var squares = 0;
        foreach (var bucket in group)
            squares += Row(bucket)[^1];
        return squares;
    }

    /// <summary>What a feature behind the border counts, compared with one before it.</summary>
    public float Proportion(FeatureBuffer features)
    {
        if (Features != FeatureSet.Terms)
            return 1;
        var (before, behind) = (1 + SquaresOf(features.Buckets[..features.Border]), 1 + SquaresOf(features.Buckets[features.Border..]));
        return MathF.Sqrt((float)before / behind);
    }

    private void AddGroup(ReadOnlySpan<int> buckets, Span<int> sums, Span<float> evidence)
    {
        Sum(buckets, sums);
        var squares = sums[Columns - 1];
        if (squares == 0)
            return;
        var unit = 1 / MathF.Sqrt(squares);
        for (var i = 0; i < evidence.Length; i++)
            evidence[i] += sums[i] * unit;
    }

    /// <summary>Adds up the rows of a text's features, all columns at once; <paramref name="sums"/> holds a whole stride.</summary>
    private void Sum(ReadOnlySpan<int> buckets, Span<int> sums)
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
        ref var first = ref MemoryMarshal.GetArrayDataReference(Weights);
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
