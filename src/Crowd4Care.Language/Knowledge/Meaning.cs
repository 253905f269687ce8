using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// What a text means on the whole, by what was learned elsewhere: first what its words mean (<see cref="WordVectors"/>), then how it is meant
/// (<see cref="Opinions"/>). A head looks at the first part, at both, or at none.
/// </summary>
internal sealed class Meaning
{
    /// <summary>Both parts.</summary>
    public const int Dimensions = WordVectors.Dimensions + Opinions.Dimensions;

    private readonly float[] values = new float[Dimensions];

    /// <summary>Made when a head asks for it: its models are large.</summary>
    private Opinions.Reader? opinions;

    /// <summary>How many dimensions a head may look at.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [WordVectors.Dimensions, Dimensions];

    public ReadOnlySpan<float> Values => values;

    /// <summary>The features of the last text as a table looks at them, if as many dimensions made others read them already; else null.</summary>
    public FeatureBuffer? TermsOf(WeightTable table, int dimensions) =>
        dimensions == Dimensions && Opinions.Shipped.SharesFeatures(table) ? opinions?.Terms : null;

    /// <summary>Reads as many dimensions as are asked for; the others keep what they had.</summary>
    public void Read(TokenizedText text, int dimensions)
    {
        if (dimensions == 0)
            return;
        WordVectors.Shipped.Read(text, values.AsSpan(0, WordVectors.Dimensions));
        if (dimensions == WordVectors.Dimensions)
            return;
        opinions ??= new Opinions.Reader(Opinions.Shipped);
        opinions.Read(text, values.AsSpan(0, WordVectors.Dimensions), values.AsSpan(WordVectors.Dimensions));
    }
}
