using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language;

/// <summary>
/// Everything the product knows about reading a post, in one file: a tokenizer's output feeds a few tables of weights, and
/// each table answers several questions (heads) at once. Immutable and safe for any number of threads.
/// </summary>
public sealed class MentionModel
{
    private const string DefaultResource = "models/mentions.model";

    /// <summary>All heads but the language, which shows in letters alone.</summary>
    private const string SentencesResource = "models/sentences.model";

    /// <summary>How much a network's own word on the language counts: as evidence e² : 1 for it, since settings are often wrong.</summary>
    private const float HintStrength = 2;

    [ThreadStatic]
    private static Workspace? workspace;

    /// <summary>How many dimensions of <see cref="Meaning"/> a head looks at, at most.</summary>
    private readonly int dimensions;

    internal MentionModel(string release, IReadOnlyList<WeightTable> tables)
        : this(release, ModelFile.FingerprintOf(release, tables), tables)
    {
    }

    private MentionModel(string release, string fingerprint, IReadOnlyList<WeightTable> tables)
    {
        Release = release;
        Tables = tables;
        dimensions = tables.Max(table => table.Heads.Max(head => head.Dimensions));
        Version = $"{release}-{fingerprint}";
        Heads = [.. tables.SelectMany(table => table.Heads).Select(head => head.Describe())];
        LabelCount = Heads.Sum(head => head.Labels.Count);
    }

    /// <summary>The release and a short hash of the content; two models with the same version score alike.</summary>
    public string Version { get; }

    /// <summary>What the model answers, in the order of the scores.</summary>
    public IReadOnlyList<ModelHead> Heads { get; }

    /// <summary>What <see cref="Version"/> begins with.</summary>
    internal string Release { get; }

    /// <summary>The weights.</summary>
    internal IReadOnlyList<WeightTable> Tables { get; }

    /// <summary>How many labels all heads have together.</summary>
    public int LabelCount { get; }

    /// <summary>Text beyond this many UTF-16 code units is not looked at.</summary>
    public static int MaximumTextLength => Tokenizer.MaximumLength;

    /// <summary>Reads a model file.</summary>
    /// <param name="stream">The file's bytes; left open.</param>
    /// <exception cref="InvalidDataException">The bytes are not a whole model; the message says what is wrong.</exception>
    public static MentionModel Load(Stream stream)
    {
        var (release, fingerprint, tables) = ModelFile.Read(stream);
        return new MentionModel(release, fingerprint, tables);
    }

    /// <summary>The model that is shipped with the product.</summary>
    /// <param name="readsSentences">
    /// The one that reads sentences as well as words: it understands English better, and scores some hundreds of texts a second and core instead of more than ten thousand.
    /// </param>
    public static MentionModel LoadDefault(bool readsSentences = false)
    {
        using var stream = Resources.Open(DefaultResource);
        var model = Load(stream);
        if (!readsSentences)
            return model;
        using var other = Resources.Open(SentencesResource);
        var sentences = Load(other);
        return new MentionModel(sentences.Release, [model.Tables[0], .. sentences.Tables]);
    }

    /// <summary>Writes the model file that <see cref="Load"/> reads.</summary>
    /// <param name="stream">Where to; left open.</param>
    public void Save(Stream stream) => ModelFile.Write(stream, Release, Tables);

    /// <summary>Asks every head about a text. Any string is accepted; only the first <see cref="MaximumTextLength"/> units count.</summary>
    /// <param name="text">The post as it was published.</param>
    /// <param name="languageHint">What the network says the language is, as <c>es</c> or <c>es-MX</c>; weighed as evidence, not believed.</param>
    /// <returns>One score a head, in the order of <see cref="Heads"/>, without causes.</returns>
    public IReadOnlyList<HeadScore> Score(string text, string? languageHint = null) => Score(text, languageHint, withCauses: false);

    /// <summary>Asks every head as <see cref="Score(string, string?)"/> does, for the probabilities alone; allocates nothing once it is warm.</summary>
    /// <param name="text">The post as it was published.</param>
    /// <param name="probabilities">
    /// Gets <see cref="LabelCount"/> values: those of each head side by side, in the order of <see cref="Heads"/> and their labels; a
    /// fallback such as <c>und</c> is the last label of its head. What lies beyond is left alone.
    /// </param>
    public void Score(ReadOnlySpan<char> text, Span<float> probabilities)
    {
        if (probabilities.Length < LabelCount)
            throw new ArgumentException($"There is room for {probabilities.Length} probabilities, the model gives {LabelCount}.", nameof(probabilities));
        var work = workspace ??= new Workspace();
        Tokenizer.Read(text, work.Tokens);
        work.Meaning.Read(text, work.Tokens, dimensions);
        // By index: an enumerator of an interface would be allocated.
        for (var i = 0; i < Tables.Count; i++)
        {
            var table = Tables[i];
            work.ReadFeatures(table, dimensions);
            var evidence = work.EvidenceOf(table);
            for (var h = 0; h < table.Heads.Count; h++)
            {
                var head = table.Heads[h];
                var count = head.Labels.Count;
                var own = probabilities[..count];
                head.Weigh(evidence, work.Meaning.Values, own);
                Probabilities.SoftMax(own, head.Temperature);
                evidence = evidence[count..];
                probabilities = probabilities[count..];
                if (head.Fallback is null)
                    continue;
                probabilities[0] = Abstains(head, own, work.Features, out var belief) ? MakeRoom(own, belief) : 0;
                probabilities = probabilities[1..];
            }
        }
    }

    /// <summary>Asks as <see cref="Score(string, string?)"/> does, and says why, which takes longer.</summary>
    /// <inheritdoc cref="Score(string, string?)"/>
    /// <returns>One score a head, in the order of <see cref="Heads"/>.</returns>
    public IReadOnlyList<HeadScore> Explain(string text, string? languageHint = null) => Score(text, languageHint, withCauses: true);

    private List<HeadScore> Score(string text, string? languageHint, bool withCauses)
    {
        ArgumentNullException.ThrowIfNull(text);
        var work = workspace ??= new Workspace();
        var scores = new List<HeadScore>(Heads.Count);
        Tokenizer.Read(text, work.Tokens);
        work.Meaning.Read(text, work.Tokens, dimensions);
        foreach (var table in Tables)
        {
            work.ReadFeatures(table, dimensions);
            var evidence = work.EvidenceOf(table);
            var column = 0;
            foreach (var head in table.Heads)
            {
                scores.Add(Score(text, languageHint, work, table, head, column, evidence.Slice(column, head.Labels.Count), withCauses));
                column += head.Labels.Count;
            }
        }

        return scores;
    }

    private static HeadScore Score(
        string text, string? hint, Workspace work, WeightTable table, HeadWeights head, int firstColumn, ReadOnlySpan<float> evidence, bool withCauses)
    {
        var labels = head.Labels;
        var probabilities = work.ProbabilitiesOf(labels.Count);
        head.Weigh(evidence, work.Meaning.Values, probabilities);
        if (hint is not null && table.Features == FeatureSet.Letters && HintedLabel(labels, hint) is >= 0 and var hinted)
            probabilities[hinted] += HintStrength * head.Temperature;
        Probabilities.SoftMax(probabilities, head.Temperature);

        var best = Probabilities.IndexOfLargest(probabilities);
        if (head.Fallback is not null && Abstains(head, probabilities, work.Features, out var belief))
            return Abstain(head, probabilities, belief);
        var all = Ranked(labels, probabilities, head.Fallback is null ? 0 : 1);
        if (head.Fallback is not null)
            all[^1] = new LabelProbability(head.Fallback, 0);
        var causes = withCauses ? work.Causes.Find(text, work.Tokens, work.Features, table, head, firstColumn, best) : [];
        return new HeadScore(head.Name, labels[best], probabilities[best], all, causes) { IsUnsure = probabilities[best] < head.Sure };
    }

    private static bool Abstains(HeadWeights head, ReadOnlySpan<float> probabilities, FeatureBuffer features, out float belief)
    {
        belief = features.Count == 0 ? 0 : probabilities[Probabilities.IndexOfLargest(probabilities)];
        return features.Count == 0 || belief < head.MinimumProbability;
    }

    /// <summary>The doubt in the best guess becomes the fallback's probability, and all others shrink to make room.</summary>
    private static float MakeRoom(Span<float> probabilities, float belief)
    {
        foreach (ref var probability in probabilities)
            probability *= belief;
        return 1 - belief;
    }

    private static HeadScore Abstain(HeadWeights head, Span<float> probabilities, float belief)
    {
        var doubt = MakeRoom(probabilities, belief);
        var all = Ranked(head.Labels, probabilities, 1);
        all[^1] = new LabelProbability(head.Fallback!, doubt);
        Array.Sort(all, (a, b) => b.Probability.CompareTo(a.Probability));
        return new HeadScore(head.Name, head.Fallback!, doubt, all, []) { IsUnsure = true };
    }

    private static LabelProbability[] Ranked(IReadOnlyList<string> labels, ReadOnlySpan<float> probabilities, int spare)
    {
        Span<int> order = stackalloc int[labels.Count];
        Span<float> keys = stackalloc float[labels.Count];
        for (var i = 0; i < order.Length; i++)
            (order[i], keys[i]) = (i, -probabilities[i]);
        keys.Sort(order);
        var ranked = new LabelProbability[labels.Count + spare];
        for (var i = 0; i < order.Length; i++)
            ranked[i] = new LabelProbability(labels[order[i]], probabilities[order[i]]);
        return ranked;
    }

    private static int HintedLabel(IReadOnlyList<string> labels, string hint)
    {
        var language = hint.AsSpan();
        var end = language.IndexOfAny('-', '_');
        language = end < 0 ? language : language[..end];
        for (var i = 0; i < labels.Count; i++)
        {
            if (language.Equals(labels[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    /// <summary>What scoring needs room for; one a thread.</summary>
    private sealed class Workspace
    {
        private readonly FeatureBuffer own = new();
        private int[] sums = new int[128];
        private float[] evidence = new float[128];
        private float[] probabilities = new float[128];

        public Workspace() => Features = own;

        public TokenizedText Tokens { get; } = new();

        /// <summary>Those that the table in question looks at.</summary>
        public FeatureBuffer Features { get; private set; }

        public CauseFinder Causes { get; } = new();

        public Meaning Meaning { get; } = new();

        public void ReadFeatures(WeightTable table, int dimensions)
        {
            Features = Meaning.TermsOf(table, dimensions) ?? own;
            if (Features == own)
                FeatureExtractor.Extract(table.Features, Tokens, table.Bits, own);
        }

        /// <summary>What the features say for each label of the table, before scale and bias.</summary>
        public ReadOnlySpan<float> EvidenceOf(WeightTable table)
        {
            if (sums.Length < table.Stride)
                (sums, evidence) = (new int[table.Stride], new float[table.Stride]);
            table.Weigh(Features, sums, evidence);
            return evidence;
        }

        public Span<float> ProbabilitiesOf(int count)
        {
            if (probabilities.Length < count)
                probabilities = new float[count];
            return probabilities.AsSpan(0, count);
        }
    }
}
