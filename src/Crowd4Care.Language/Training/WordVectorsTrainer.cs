using System.Globalization;
using System.Numerics.Tensors;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Distils a sentence encoder into vectors of words and pairs of words: the mean of a text's vectors learns to be what the encoder says of it, in the
/// directions in which texts differ most, by normalised least mean squares (Widrow and Hoff 1960; Nagumo and Noda 1967). Words begin as what the
/// encoder says of them alone.
/// </summary>
internal sealed class WordVectorsTrainer
{
    /// <summary>The commonest words are kept: more bring little, and make the program larger.</summary>
    private const int MostCommon = 60_000;

    /// <summary>Other words in fewer texts are left out.</summary>
    private const int FewestTextsOfWord = 2;

    /// <summary>Pairs in fewer texts are left out.</summary>
    private const int FewestTextsOfPair = 8;

    private const int Rounds = 8;
    private const float Rate = 0.6f;

    /// <summary>Keeps the steps of long texts, whose words say little each, from becoming too large.</summary>
    private const float Damping = 0.1f;

    /// <summary>The bias is in every text: it would take all there is to learn.</summary>
    private const float RateOfBias = 0.001f;

    /// <summary>So many steps of a byte are about as long as a dimension's values go: finer ones bring nothing and compress worse.</summary>
    private const float StepsOfDeviation = 3;

    /// <summary>Texts that are encoded between two words on the progress.</summary>
    private const int AtOnce = 8192;

    private readonly List<uint> keys = [];
    private readonly List<float[]> vectors = [];
    private readonly Dictionary<uint, int> places = [];
    private readonly float[] bias = new float[WordVectors.Dimensions];
    private readonly TextWriter progress;

    private WordVectorsTrainer(TextWriter progress) => this.progress = progress;

    /// <summary>Makes the resource of word vectors.</summary>
    /// <param name="wordsFile">English words, the commonest first, as <see cref="CommonWordsFile"/> reads them.</param>
    /// <param name="encoderFolder">The teacher, as <see cref="PublishedEncoder"/> reads it.</param>
    /// <param name="dataSets">The folder of the data sets, whose texts are read without their labels.</param>
    /// <param name="stream">Gets the resource.</param>
    /// <param name="seed">The order of training.</param>
    /// <param name="progress">Told how far it is, and how near the vectors come to the encoder.</param>
    public static void Train(string wordsFile, string encoderFolder, string dataSets, Stream stream, int seed, TextWriter progress)
    {
        var words = CommonWordsFile.Read(wordsFile, MostCommon).DistinctBy(word => WordVectors.KeyOf(word)).ToList();
        var encoder = new SentenceEncoder(PublishedEncoder.Read(encoderFolder));
        var texts = Texts(dataSets).Distinct(StringComparer.Ordinal).ToList();
        if (texts.Count < WordVectors.Dimensions)
            throw new InvalidDataException($"{dataSets}: has {texts.Count} different texts to train on; at least {WordVectors.Dimensions} are needed.");
        var trainer = new WordVectorsTrainer(progress);
        var (ofTexts, ofWords) = (trainer.Encode(encoder, texts), trainer.Encode(encoder, words));
        var axes = new PrincipalAxes(ofTexts, WordVectors.Dimensions, seed);
        foreach (var (word, meaning) in words.Zip(ofWords))
            trainer.Know(WordVectors.KeyOf(word), axes.Project(meaning));
        trainer.Learn([.. texts.Select(KeysOf)], [.. ofTexts.AsParallel().AsOrdered().Select(axes.Project)], seed);
        var deviation = MathF.Sqrt(trainer.vectors.Average(vector => TensorPrimitives.SumOfSquares<float>(vector) / vector.Length));
        WordVectors.Write(stream, words.Count, trainer.bias, trainer.keys, trainer.vectors, deviation / StepsOfDeviation);
    }

    /// <summary>Texts to train on of all sets whose licence allows it; none of those that anything is measured by.</summary>
    private static IEnumerable<string> Texts(string dataSets) =>
        TrainingSets.All.Where(set => set.Name is not (TrainingSets.OwnPosts or TrainingSets.OwnPhrases or TrainingSets.Languages)).Select(set => set.Name)
            .Union(OpinionsTrainer.Sets)
            .SelectMany(set => LabelledFile.Read(TrainingData.Find(dataSets, set, "train")))
            .Select(text => text.Text)
            .Concat(OwnPosts.All.Where(post => post.Part == OwnPosts.Train && post.Language == "en").Select(post => post.Text));

    private List<float[]> Encode(SentenceEncoder encoder, IReadOnlyList<string> texts)
    {
        var encoded = new List<float[]>(texts.Count);
        foreach (var some in texts.Chunk(AtOnce))
        {
            encoded.AddRange(encoder.Encode(some));
            progress.WriteLine($"encoded {encoded.Count} of {texts.Count}");
        }

        return encoded;
    }

    private static uint[] KeysOf(string text)
    {
        var (tokens, said) = (new TokenizedText(), new uint[WordVectors.MostWords * 2]);
        Tokenizer.Read(text, tokens);
        return said[..WordVectors.KeysOf(tokens, said)];
    }

    private void Know(uint key, float[] vector)
    {
        if (!places.TryAdd(key, keys.Count))
            return;
        keys.Add(key);
        vectors.Add(vector);
    }

    private void Learn(uint[][] texts, float[][] targets, int seed)
    {
        var frequent = texts.SelectMany(text => text.Index().DistinctBy(key => key.Item)).CountBy(key => (IsPair: key.Index % 2 == 1, key.Item))
            .Where(count => count.Value >= (count.Key.IsPair ? FewestTextsOfPair : FewestTextsOfWord));
        foreach (var ((_, key), _) in frequent)
            Know(key, new float[WordVectors.Dimensions]);
        progress.WriteLine($"{keys.Count} words and pairs of {texts.Length} texts");

        var known = Array.ConvertAll(texts, text => Array.ConvertAll(text, key => places.GetValueOrDefault(key, -1)).Where(place => place >= 0).ToArray());
        var order = Enumerable.Range(0, texts.Length).ToArray();
        var all = targets.Sum(target => (double)TensorPrimitives.SumOfSquares<float>(target));
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            var missed = 0d;
            foreach (var i in order.Where(i => known[i].Length > 0))
                missed += LearnText(known[i], 2f / texts[i].Length, targets[i], Rate * (Rounds - round) / Rounds);
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {1 - (missed / all):0.000} of the variance"));
        }
    }

    /// <returns>The squared distance between what the vectors said and the target, before learning from it.</returns>
    private float LearnText(int[] places, float share, float[] target, float rate)
    {
        var error = bias.ToArray();
        foreach (var place in places)
            TensorPrimitives.MultiplyAdd(vectors[place], share, error, error);
        TensorPrimitives.Subtract(target, error, error);
        var step = rate / (Damping + (places.Length * share * share));
        foreach (var place in places)
            TensorPrimitives.MultiplyAdd(error, step * share, vectors[place], vectors[place]);
        TensorPrimitives.MultiplyAdd(error, step * RateOfBias, bias, bias);
        return TensorPrimitives.SumOfSquares<float>(error);
    }
}
