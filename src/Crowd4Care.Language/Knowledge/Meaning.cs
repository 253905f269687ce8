using System.Numerics.Tensors;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// What a text means on the whole, by what was learned elsewhere: first what its words mean (<see cref="WordVectors"/>), then how it is meant
/// (<see cref="Opinions"/>), then what it means as sentences (<see cref="SentenceEncoder"/>). A head looks at the first part, at two, at all, or at none.
/// </summary>
internal sealed class Meaning
{
    /// <summary>The first two parts, which cost little.</summary>
    public const int Fast = WordVectors.Dimensions + Opinions.Dimensions;

    /// <summary>All parts; the last takes a hundred times as long as everything else.</summary>
    public const int Thorough = Fast + SentenceEncoder.Dimensions;

    private readonly float[] values = new float[Thorough];

    /// <summary>Made when a head asks for it: its models are large.</summary>
    private Opinions.Reader? opinions;

    /// <summary>Made when a head asks for it.</summary>
    private SentenceEncoder.Reader? sentences;

    /// <summary>How many dimensions a head may look at.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [WordVectors.Dimensions, Fast, Thorough];

    public ReadOnlySpan<float> Values => values;

    /// <summary>The features of the last text as a table looks at them, if as many dimensions made others read them already; else null.</summary>
    public FeatureBuffer? TermsOf(WeightTable table, int dimensions) =>
        dimensions >= Fast && Opinions.Shipped.SharesFeatures(table) ? opinions?.Terms : null;

    /// <summary>Reads as many dimensions as are asked for; the others keep what they had.</summary>
    /// <param name="text">As it was published.</param>
    /// <param name="tokens">Those of the text.</param>
    /// <param name="dimensions">One of <see cref="Sizes"/>, or 0.</param>
    public void Read(ReadOnlySpan<char> text, TokenizedText tokens, int dimensions)
    {
        if (dimensions == 0)
            return;
        var words = values.AsSpan(0, WordVectors.Dimensions);
        WordVectors.Shipped.Read(tokens, words);
        if (dimensions == WordVectors.Dimensions)
            return;
        opinions ??= new Opinions.Reader(Opinions.Shipped);
        opinions.Read(tokens, words, values.AsSpan(WordVectors.Dimensions, Opinions.Dimensions));
        if (dimensions == Fast)
            return;
        sentences ??= new SentenceEncoder.Reader(SentenceEncoder.Shipped);
        sentences.Read(text, values.AsSpan(Fast));
        Normalise(values.AsSpan(Fast));
    }

    /// <summary>What the encoder says, as long as the other groups of features are.</summary>
    public static void Normalise(Span<float> sentence)
    {
        if (TensorPrimitives.Norm<float>(sentence) is > 0 and var length)
            TensorPrimitives.Divide(sentence, length, sentence);
    }
}
