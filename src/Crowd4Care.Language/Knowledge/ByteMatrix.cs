using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Knowledge;

/// <summary>A matrix whose numbers are signed bytes, each row or each column with a step of its own: a quarter of the size, and no task is any worse.</summary>
/// <param name="Bytes">Row by row.</param>
/// <param name="Steps">What a byte is worth: by row, or by column.</param>
internal sealed record ByteMatrix(sbyte[] Bytes, float[] Steps)
{
    /// <summary>Rounds numbers, with a step for each row.</summary>
    public static ByteMatrix ByRow(float[] numbers, int columns) => Of(numbers, numbers.Length / columns, index => index / columns);

    /// <summary>Rounds numbers, with a step for each column.</summary>
    public static ByteMatrix ByColumn(float[] numbers, int columns) => Of(numbers, columns, index => index % columns);

    private static ByteMatrix Of(float[] numbers, int groups, Func<int, int> groupOf)
    {
        var steps = new float[groups];
        for (var i = 0; i < numbers.Length; i++)
            steps[groupOf(i)] = MathF.Max(steps[groupOf(i)], MathF.Abs(numbers[i]) / Quantizer.Largest);
        return new ByteMatrix([.. numbers.Select((number, i) => steps[groupOf(i)] > 0 ? Quantizer.Quantize(number, steps[groupOf(i)]) : (sbyte)0)], steps);
    }
}
