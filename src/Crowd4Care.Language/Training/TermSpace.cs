using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// A text as a trainer sees it, exactly as <see cref="Linear.WeightTable.Weigh"/> will: each feature's place and value, then the
/// dimensions of <see cref="Meaning"/>, then a one for the bias.
/// </summary>
internal readonly record struct TermSample(int[] Places, float[] Values, int Label, float Weight);

/// <summary>
/// The features of a collection of texts and how rare each is: its weight is ln((1 + texts) / (1 + texts that have it)) + 1, the inverse
/// document frequency as scikit-learn smooths it.
/// </summary>
internal sealed class TermSpace
{
    private const int Steps = sbyte.MaxValue;

    private readonly int bits;
    private readonly int[] places;
    private readonly TokenizedText tokens = new();
    private readonly FeatureBuffer buffer = new();
    private readonly Meaning meaning = new();
    private readonly IReadOnlyDictionary<string, float[]>? sentences;

    /// <param name="bits">How many buckets, as their logarithm.</param>
    /// <param name="texts">The texts that are trained on.</param>
    /// <param name="fewestTexts">Features in fewer texts are left out.</param>
    /// <param name="dimensions">How many dimensions of <see cref="Meaning"/> are looked at.</param>
    /// <param name="sentences">By text, what the last of them would be, where they are looked at: reading them takes long.</param>
    public TermSpace(int bits, IReadOnlyList<LabelledText> texts, int fewestTexts, int dimensions, IReadOnlyDictionary<string, float[]>? sentences = null)
    {
        this.bits = bits;
        this.sentences = sentences;
        Dimensions = dimensions;
        var counts = Count(texts);
        places = new int[counts.Length];
        Squares = new sbyte[counts.Length];
        var largest = MathF.Pow(Rarity(texts.Count, fewestTexts), 2);
        var step = largest / Steps;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            places[bucket] = -1;
            if (counts[bucket] < fewestTexts)
                continue;
            places[bucket] = Features++;
            Squares[bucket] = (sbyte)Math.Clamp(MathF.Round(MathF.Pow(Rarity(texts.Count, counts[bucket]), 2) / step), 1, Steps);
        }
    }

    /// <summary>How many features are in use.</summary>
    public int Features { get; private set; }

    /// <summary>How many dimensions of <see cref="Meaning"/> are looked at.</summary>
    public int Dimensions { get; }

    /// <summary>Features, dimensions of the meaning, and the bias.</summary>
    public int Width => Features + Dimensions + 1;

    /// <summary>By bucket: the square of a feature's weight, in steps; 0 when it is not in use.</summary>
    public sbyte[] Squares { get; }

    /// <summary>A bucket's place among the features, or -1.</summary>
    public int PlaceOf(int bucket) => places[bucket];

    /// <param name="text">The text.</param>
    /// <param name="label">Its label's number.</param>
    /// <param name="opinions">Which dimensions of <see cref="Opinions"/> may be looked at.</param>
    public TermSample Read(LabelledText text, int label, IReadOnlyList<bool> opinions)
    {
        Extract(text);
        var values = new Dictionary<int, float>();
        Add(buffer.Buckets[..buffer.Border], values);
        Add(buffer.Buckets[buffer.Border..], values);
        var known = Math.Min(Dimensions, Meaning.Fast);
        meaning.Read(text.Text, tokens, known);
        for (var i = 0; i < known; i++)
        {
            if (meaning.Values[i] != 0 && (i < WordVectors.Dimensions || opinions[i - WordVectors.Dimensions]))
                values[Features + i] = meaning.Values[i];
        }

        for (var i = known; i < Dimensions; i++)
            values[Features + i] = sentences![text.Text][i - known];
        values[Width - 1] = 1;
        return new TermSample([.. values.Keys], [.. values.Values], label, text.Weight);
    }

    /// <summary>What a trained weight is multiplied by for the table, which divides a group's sum by the root of its squares, in steps.</summary>
    public float FactorOf(int bucket) => MathF.Sqrt(Squares[bucket]);

    private static float Rarity(int texts, int having) => MathF.Log((1f + texts) / (1 + having)) + 1;

    private void Add(ReadOnlySpan<int> buckets, Dictionary<int, float> into)
    {
        var squares = 0;
        foreach (var bucket in buckets)
            squares += Squares[bucket];
        foreach (var bucket in buckets)
        {
            if (places[bucket] is >= 0 and var place)
                into[place] = into.GetValueOrDefault(place) + MathF.Sqrt(Squares[bucket] / (float)squares);
        }
    }

    private int[] Count(IReadOnlyList<LabelledText> texts)
    {
        var (counts, last) = (new int[1 << bits], new int[1 << bits]);
        for (var i = 0; i < texts.Count; i++)
        {
            Extract(texts[i]);
            foreach (var bucket in buffer.Buckets)
            {
                if (last[bucket] == i + 1)
                    continue;
                last[bucket] = i + 1;
                counts[bucket]++;
            }
        }

        return counts;
    }

    private void Extract(LabelledText text)
    {
        Tokenizer.Read(text.Text, tokens);
        FeatureExtractor.Extract(FeatureSet.Terms, tokens, bits, buffer);
    }
}
