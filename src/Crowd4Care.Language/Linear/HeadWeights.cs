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

    /// <summary>
    /// A row for each of the first dimensions of <see cref="Knowledge.Meaning"/>, a column a label; null when the head doesn't look at them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Dense { get; init; }

    /// <summary>By label: what one step of a quantised weight is worth.</summary>
    public required float[] Scale { get; init; }

    /// <summary>Divides the scores before they become probabilities, so that 80 % means right four times in five.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The label given when the evidence is too thin; null when the head always decides.</summary>
    public string? Fallback { get; init; }

    /// <summary>Below this probability the fallback is given.</summary>
    public float MinimumProbability { get; init; }

    /// <summary>
    /// From this probability on the head is sure: of the answers that reach it, as many as <see cref="Training.Calibration.Risk"/> allows were wrong.
    /// </summary>
    public float Sure { get; init; }

    /// <summary>One score a label, on the scale that the temperature divides.</summary>
    /// <param name="evidence">What the table says for this head's labels.</param>
    /// <param name="meaning">What <see cref="Knowledge.Meaning"/> says of the text.</param>
    /// <param name="scores">Gets them.</param>
    public void Weigh(ReadOnlySpan<float> evidence, ReadOnlySpan<float> meaning, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Bias[i] + (evidence[i] * Scale[i]);
        for (var i = 0; Dense is not null && i < Dense.Length; i += scores.Length)
            TensorPrimitives.MultiplyAdd(Dense.AsSpan(i, scores.Length), meaning[i / scores.Length], scores, scores);
    }

    /// <summary>How many dimensions of <see cref="Knowledge.Meaning"/> the head looks at.</summary>
    [JsonIgnore]
    public int Dimensions => Dense is null ? 0 : Dense.Length / Labels.Count;

    public ModelHead Describe() => new(Name, Fallback is null ? Labels : [.. Labels, Fallback]);
}
