using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// How a post is meant (mood, feeling, abuse, hate, irony), as far as models of five published sets of tweets can tell: features for
/// models of other questions, whose own examples are too few to learn it from. See <c>README.md</c> beside the file.
/// </summary>
internal sealed class Opinions
{
    /// <summary>One for a set of two labels, else one a label.</summary>
    public const int Dimensions = 10;

    /// <summary>Every n-th text by its hash is remembered.</summary>
    public const int Remembered = 4;

    private const string Resource = "knowledge/opinions.model";

    /// <summary>Margins lie about one from zero: all together about as long as the other groups of features.</summary>
    private const float Unit = 0.5f;
    private const float FarthestMargin = 2;

    private static readonly Lazy<Opinions> Lazily = new(() =>
    {
        using var stream = Resources.Open(Resource);
        return Read(stream);
    });

    private readonly WeightTable table;
    private readonly IReadOnlyList<IReadOnlySet<uint>> texts;

    private Opinions(WeightTable table, IReadOnlyList<IReadOnlySet<uint>> texts)
    {
        (this.table, this.texts) = (table, texts);
        if (table.Heads.Sum(DimensionsOf) != Dimensions)
            throw new InvalidDataException($"The opinions have {table.Heads.Sum(DimensionsOf)} dimensions, expected {Dimensions}.");
    }

    /// <summary>Those that come with the product.</summary>
    public static Opinions Shipped => Lazily.Value;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Opinions Read(Stream stream)
    {
        using var input = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var texts = new List<IReadOnlySet<uint>>();
        for (var count = input.ReadInt32(); count > 0; count--)
            texts.Add(Enumerable.Range(0, input.ReadInt32()).Select(_ => input.ReadUInt32()).ToHashSet());
        return new Opinions(ModelFile.Read(stream).Tables[0], texts);
    }

    /// <summary>Writes a model of one table, and by which texts each of its heads was taught.</summary>
    public static void Write(Stream stream, MentionModel model, IReadOnlyList<IEnumerable<string>> texts)
    {
        using (var output = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            output.Write(texts.Count);
            foreach (var remembered in texts.Select(own => Remember(own).Distinct().Order().ToList()))
            {
                output.Write(remembered.Count);
                remembered.ForEach(output.Write);
            }
        }

        model.Save(stream);
    }

    /// <summary>Whether a table looks at the same features.</summary>
    public bool SharesFeatures(WeightTable other) => (other.Features, other.Bits) == (table.Features, table.Bits);

    /// <summary>
    /// Which dimensions come from other texts than these: a model that knows the answers to its examples tells nothing about new ones.
    /// </summary>
    public IReadOnlyList<bool> NotTaughtBy(IEnumerable<string> examples)
    {
        var own = Remember(examples).ToList();
        return [.. table.Heads.Zip(texts).SelectMany(pair =>
            Enumerable.Repeat(own.Count(pair.Second.Contains) * 10 < own.Count || own.Count == 0, DimensionsOf(pair.First)))];
    }

    private static int DimensionsOf(HeadWeights head) => head.Labels.Count == 2 ? 1 : head.Labels.Count;

    private static IEnumerable<uint> Remember(IEnumerable<string> texts)
    {
        var tokens = new TokenizedText();
        foreach (var text in texts)
        {
            Tokenizer.Read(text, tokens);
            var hash = FeatureHash.Start(Remembered);
            foreach (ref readonly var token in tokens.Tokens)
                hash = FeatureHash.Add(hash, FeatureHash.Of(Remembered, tokens.Folded(token)));
            hash = FeatureHash.Mix(hash);
            if (hash % Remembered == 0)
                yield return hash;
        }
    }

    /// <summary>Reads texts; for one thread, since it holds what reading needs room for.</summary>
    public sealed class Reader(Opinions opinions)
    {
        private readonly WeightTable table = opinions.table;
        private readonly int[] sums = new int[opinions.table.Stride];
        private readonly float[] evidence = new float[opinions.table.Stride];
        private readonly float[] margins = new float[opinions.table.Columns];

        /// <summary>The features of the last text.</summary>
        public FeatureBuffer Terms { get; } = new();

        /// <summary>What the models say of a text.</summary>
        /// <param name="text">The text.</param>
        /// <param name="words">What its words mean.</param>
        /// <param name="into">Gets <see cref="Dimensions"/> values.</param>
        public void Read(TokenizedText text, ReadOnlySpan<float> words, Span<float> into)
        {
            FeatureExtractor.Extract(table.Features, text, table.Bits, Terms);
            table.Weigh(Terms, sums, evidence);
            ReadOnlySpan<float> rest = evidence;
            // By index: an enumerator of an interface would be allocated.
            for (var h = 0; h < table.Heads.Count; h++)
            {
                var head = table.Heads[h];
                var own = margins.AsSpan(0, head.Labels.Count);
                head.Weigh(rest, words, own);
                for (var i = 0; i < DimensionsOf(head); i++)
                    into[i] = Math.Clamp(own[i], -FarthestMargin, FarthestMargin) * Unit;
                rest = rest[head.Labels.Count..];
                into = into[DimensionsOf(head)..];
            }
        }
    }
}
