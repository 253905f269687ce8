using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Crowd4Care.Language.Training;

/// <summary>
/// The small Universal Sentence Encoder (Cer et al. 2018; "lite", Apache 2.0): a transformer of two layers that says in 512 numbers what an English
/// sentence means. Far too slow to score posts with, it is the teacher of <see cref="Knowledge.WordVectors"/>. It is read from a folder with
/// the vocabulary (<c>vocab.json</c>), the weights, and where each of them is (<c>model.json</c>, as TensorFlow.js writes it).
/// </summary>
internal sealed class SentenceEncoder
{
    /// <summary>How many numbers say what a sentence means.</summary>
    public const int Dimensions = 512;

    /// <summary>How many an embedding of a piece has.</summary>
    private const int Narrow = 256;

    private const int AttentionHeads = 4;

    /// <summary>What follows is not read.</summary>
    private const int MostPieces = 128;

    /// <summary>Few enough that their rows stay in the cache of a core.</summary>
    private const int TextsAtOnce = 8;

    private const float Epsilon = 1e-6f;

    private readonly SentencePieces pieces;
    private readonly float[] embeddings;

    /// <summary>By which a piece's place in the sentence is multiplied for its sines and cosines.</summary>
    private readonly float[] frequencies;
    private readonly DenseLayer widening;
    private readonly Layer[] layers;

    private SentenceEncoder(SentencePieces pieces, Dictionary<string, float[]> weights)
    {
        this.pieces = pieces;
        embeddings = Of("Embeddings_en");
        frequencies = Of("TimingSignal/ExpandDims_1");
        widening = new DenseLayer(Of("Layer_0/TransformerLayer/dense/kernel"), Of("Layer_0/TransformerLayer/dense/bias"));
        layers = [LayerOf("Layer_0/TransformerLayer/"), LayerOf("Layer_1/TransformerLayer/")];

        float[] Of(string part) => weights.SingleOrDefault(pair => pair.Key.Contains(part, StringComparison.Ordinal)).Value
            ?? throw new InvalidDataException($"there is no weight with \"{part}\" in its name.");

        NormWeights NormOf(string name) => new(Of(name + "layer_norm_scale"), Of(name + "layer_norm_bias"));

        Layer LayerOf(string name) => new(
            NormOf(name + "layer_prepostprocess/layer_norm/"),
            new DenseLayer(Of(name + "MultiheadAttention/qkv_transform_single/kernel"), Of(name + "MultiheadAttention/qkv_transform_single/bias")),
            new DenseLayer(Of(name + "MultiheadAttention/output_transform_single/kernel"), Of(name + "MultiheadAttention/output_transform_single/bias")),
            NormOf(name + "FFN/layer_prepostprocess/layer_norm/"),
            new DenseLayer(Of(name + "FFN/conv1/Tensordot/Reshape_1"), Of(name + "FFN/conv1/bias")),
            new DenseLayer(Of(name + "FFN/conv2/Tensordot/Reshape_1"), Of(name + "FFN/conv2/bias")));
    }

    /// <summary>Reads the encoder.</summary>
    /// <param name="folder">Has <c>model.json</c>, the files that it names, and <c>vocab.json</c>.</param>
    /// <exception cref="InvalidDataException">It has something else; the message says what is missing.</exception>
    public static SentenceEncoder Read(string folder)
    {
        try
        {
            return new(new SentencePieces(Path.Combine(folder, "vocab.json")), ReadWeights(folder));
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{folder}: has no encoder with model.json, its weights and vocab.json: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// What each text means: the mean of what its pieces mean in it, before the encoder's last layer. Being a mean, it is what sums of vectors of words
    /// can come near to; the last layer adds nothing that helps to classify.
    /// </summary>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        var means = new float[texts.Count][];
        Parallel.ForEach(texts.Index().Chunk(TextsAtOnce), some =>
        {
            foreach (var ((index, _), mean) in some.Zip(EncodeSome([.. some.Select(text => pieces.Cut(text.Item).Take(MostPieces).ToArray())])))
                means[index] = mean;
        });
        return means;
    }

    private float[][] EncodeSome(int[][] texts)
    {
        var rows = Embed(texts);
        for (var i = 0; i < layers.Length; i++)
            rows = Apply(layers[i], rows, i == 0 ? widening.Apply(rows) : rows, texts);
        var means = new float[texts.Length][];
        var from = 0;
        for (var i = 0; i < texts.Length; from += texts[i++].Length)
        {
            means[i] = new float[Dimensions];
            for (var row = from; row < from + texts[i].Length; row++)
                TensorPrimitives.Add(means[i], rows.AsSpan(row * Dimensions, Dimensions), means[i]);
            TensorPrimitives.Divide(means[i], texts[i].Length, means[i]);
        }

        return means;
    }

    /// <summary>The embedding of each piece, twice, and where in its text it is.</summary>
    private float[] Embed(int[][] texts)
    {
        var rows = new float[texts.Sum(text => text.Length) * Narrow];
        var at = 0;
        foreach (var (place, piece) in texts.SelectMany(text => text.Index()))
        {
            var row = rows.AsSpan(at, Narrow);
            TensorPrimitives.Multiply(embeddings.AsSpan(piece * Narrow, Narrow), 2, row);
            for (var i = 0; i < frequencies.Length; i++)
            {
                var (sine, cosine) = MathF.SinCos(place * frequencies[i]);
                row[i] += sine;
                row[i + frequencies.Length] += cosine;
            }

            at += Narrow;
        }

        return rows;
    }

    private static float[] Apply(Layer layer, float[] rows, float[] before, int[][] texts)
    {
        var attended = layer.Out.Apply(Attend(layer.Ask.Apply(Normalise(rows, layer.First)), texts));
        TensorPrimitives.Add(attended, before, attended);
        var inner = layer.Up.Apply(Normalise(attended, layer.Second));
        TensorPrimitives.Max(inner, 0f, inner);
        var result = layer.Down.Apply(inner);
        TensorPrimitives.Add(result, attended, result);
        return result;
    }

    /// <summary>Attention within each text; a row has what it asks, what it is asked by, and what it tells.</summary>
    private static float[] Attend(float[] rows, int[][] texts)
    {
        var stride = rows.Length / texts.Sum(text => text.Length);
        var width = stride / 3;
        var size = width / AttentionHeads;
        var scale = 1 / MathF.Sqrt(size);
        var result = new float[rows.Length / 3];
        var room = new float[MostPieces];
        var from = 0;
        foreach (var text in texts)
        {
            var weights = room.AsSpan(0, text.Length);
            for (var head = 0; head < width; head += size)
            {
                for (var i = from; i < from + text.Length; i++)
                {
                    var asked = rows.AsSpan((i * stride) + head, size);
                    for (var j = 0; j < weights.Length; j++)
                        weights[j] = TensorPrimitives.Dot(asked, rows.AsSpan(((from + j) * stride) + width + head, size)) * scale;
                    TensorPrimitives.SoftMax(weights, weights);
                    var told = result.AsSpan((i * width) + head, size);
                    for (var j = 0; j < weights.Length; j++)
                        TensorPrimitives.MultiplyAdd(rows.AsSpan(((from + j) * stride) + (2 * width) + head, size), weights[j], told, told);
                }
            }

            from += text.Length;
        }

        return result;
    }

    /// <summary>Layer normalisation (Ba, Kiros and Hinton 2016).</summary>
    private static float[] Normalise(float[] rows, NormWeights norm)
    {
        var result = new float[rows.Length];
        var width = norm.Scale.Length;
        for (var at = 0; at < rows.Length; at += width)
        {
            var row = rows.AsSpan(at, width);
            var into = result.AsSpan(at, width);
            TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / width, into);
            TensorPrimitives.Multiply(into, 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(into) / width) + Epsilon), into);
            TensorPrimitives.MultiplyAdd(into, norm.Scale, norm.Bias, into);
        }

        return result;
    }

    private static Dictionary<string, float[]> ReadWeights(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
        var weights = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var group in json.RootElement.GetProperty("weightsManifest").EnumerateArray())
        {
            ReadOnlySpan<byte> bytes = group.GetProperty("paths").EnumerateArray().SelectMany(path => File.ReadAllBytes(Path.Combine(folder, path.GetString()!))).ToArray();
            foreach (var weight in group.GetProperty("weights").EnumerateArray())
            {
                var length = sizeof(float) * weight.GetProperty("shape").EnumerateArray().Aggregate(1, (product, size) => product * size.GetInt32());
                if (weight.GetProperty("dtype").GetString() == "float32")
                    weights[weight.GetProperty("name").GetString()!] = MemoryMarshal.Cast<byte, float>(bytes[..length]).ToArray();
                bytes = bytes[length..];
            }
        }

        return weights;
    }

    private sealed record NormWeights(float[] Scale, float[] Bias);

    private sealed record Layer(NormWeights First, DenseLayer Ask, DenseLayer Out, NormWeights Second, DenseLayer Up, DenseLayer Down);
}
