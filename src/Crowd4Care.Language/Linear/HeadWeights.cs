using System.Numerics.Tensors;
using System.Text.Json.Serialization;

namespace Crowd4Care.Language.Linear;

/// <summary>What a head needs besides its columns of the weight table.</summary>
internal sealed record HeadWeights
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>One per label.</summary>
    public required float[] Bias { get; init; }

    /// <summary>A row for each dimension of <see cref="Knowledge.WordVectors"/>, a column a label; null when the head doesn't look at them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Dense { get; init; }

    /// <summary>What one step of a quantised weight is worth.</summary>
    public required float Scale { get; init; }

    /// <summary>Divides the scores before they become probabilities, so that 80 % means right four times in five.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The label given when the evidence is too thin; null when the head always decides.</summary>
    public string? Fallback { get; init; }

    /// <summary>Below this probability the fallback is given.</summary>
    public float MinimumProbability { get; init; }

    /// <summary>One score a label, on the scale that the temperature divides.</summary>
    /// <param name="evidence">What the table says for this head's labels.</param>
    /// <param name="meaning">What <see cref="Knowledge.WordVectors"/> says of the text.</param>
    /// <param name="scores">Gets them.</param>
    public void Weigh(ReadOnlySpan<float> evidence, ReadOnlySpan<float> meaning, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Bias[i] + (evidence[i] * Scale);
        for (var i = 0; Dense is not null && i < Dense.Length; i += scores.Length)
            TensorPrimitives.MultiplyAdd(Dense.AsSpan(i, scores.Length), meaning[i / scores.Length], scores, scores);
    }

    public ModelHead Describe() => new(Name, Fallback is null ? Labels : [.. Labels, Fallback]);
}
