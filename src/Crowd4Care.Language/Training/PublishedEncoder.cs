using System.Runtime.InteropServices;
using System.Text.Json;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Training;

/// <summary>
/// Reads the sentence encoder as it is published: a folder with the vocabulary (<c>vocab.json</c>: an array of pieces with the logarithm of their
/// probability), the weights, and where each of them is (<c>model.json</c>, as TensorFlow.js writes it).
/// </summary>
internal static class PublishedEncoder
{
    private const string Embeddings = "Embeddings_en";

    /// <summary>What the name of each matrix has, in the order of <see cref="EncoderWeights.Shapes"/>.</summary>
    private static readonly string[] Matrices =
        ["Layer_0/TransformerLayer/dense/kernel", .. OfLayers("MultiheadAttention/qkv_transform_single/kernel", "MultiheadAttention/output_transform_single/kernel", "FFN/conv1/Tensordot/Reshape_1", "FFN/conv2/Tensordot/Reshape_1")];

    /// <summary>What the name of each vector has, in the order of <see cref="EncoderWeights.Lengths"/>.</summary>
    private static readonly string[] Vectors =
        ["TimingSignal/ExpandDims_1", "Layer_0/TransformerLayer/dense/bias", .. OfLayers(
            "layer_prepostprocess/layer_norm/layer_norm_scale", "layer_prepostprocess/layer_norm/layer_norm_bias",
            "MultiheadAttention/qkv_transform_single/bias", "MultiheadAttention/output_transform_single/bias",
            "FFN/layer_prepostprocess/layer_norm/layer_norm_scale", "FFN/layer_prepostprocess/layer_norm/layer_norm_bias", "FFN/conv1/bias", "FFN/conv2/bias")];

    /// <summary>Reads the encoder.</summary>
    /// <param name="folder">Has <c>model.json</c>, the files that it names, and <c>vocab.json</c>.</param>
    /// <exception cref="InvalidDataException">It has something else; the message says what is missing.</exception>
    public static EncoderWeights Read(string folder)
    {
        try
        {
            var (pieces, weights) = (ReadVocabulary(folder), ReadWeights(folder));
            return new EncoderWeights(
                pieces,
                ByteMatrix.ByRow(Find(Embeddings, pieces.Count * EncoderWeights.Narrow), EncoderWeights.Narrow),
                [.. Matrices.Zip(EncoderWeights.Shapes, (name, shape) => ByteMatrix.ByColumn(Find(name, shape.Rows * shape.Columns), shape.Columns))],
                [.. Vectors.Zip(EncoderWeights.Lengths, Find)]);

            float[] Find(string part, int length)
            {
                var found = weights.SingleOrDefault(pair => pair.Key.Contains(part, StringComparison.Ordinal)).Value
                    ?? throw new InvalidDataException($"there is no weight with \"{part}\" in its name.");
                // There are embeddings of pieces that the vocabulary doesn't name.
                return found.Length == length || (part == Embeddings && found.Length > length) ? found[..length] : throw new InvalidDataException($"\"{part}\" has {found.Length} numbers, expected {length}.");
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{folder}: has no encoder with model.json, its weights and vocab.json: {failure.Message}", failure);
        }
    }

    private static IEnumerable<string> OfLayers(params string[] parts) =>
        Enumerable.Range(0, 2).SelectMany(layer => parts.Select(part => $"Layer_{layer}/TransformerLayer/{part}"));

    private static SentencePieces ReadVocabulary(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vocab.json")));
        // A few, such as ":", have no figure: the program that the vocabulary was published with takes them for certain.
        return new SentencePieces([.. json.RootElement.EnumerateArray().Select(entry => new SentencePieces.Piece(
            entry[0].GetString()!, entry[1].ValueKind == JsonValueKind.Number ? entry[1].GetDouble() : 0))]);
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
}
