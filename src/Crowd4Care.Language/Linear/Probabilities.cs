namespace Crowd4Care.Language.Linear;

/// <summary>Scores to probabilities.</summary>
internal static class Probabilities
{
    /// <summary>Replaces scores by probabilities, in place. The largest score is taken off first, so nothing overflows.</summary>
    public static void SoftMax(Span<float> scores, float temperature = 1)
    {
        var largest = float.NegativeInfinity;
        foreach (var score in scores)
            largest = MathF.Max(largest, score);
        var sum = 0f;
        foreach (ref var score in scores)
        {
            score = MathF.Exp((score - largest) / temperature);
            sum += score;
        }

        foreach (ref var score in scores)
            score /= sum;
    }

    public static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            best = values[i] > values[best] ? i : best;
        return best;
    }
}
