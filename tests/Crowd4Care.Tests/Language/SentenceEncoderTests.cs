using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Crowd4Care.Language.Knowledge;
using Crowd4Care.Language.Training;

namespace Crowd4Care.Tests.Language;

/// <summary>The parts of the encoder, and all of it with weights by which what comes out can be told beforehand.</summary>
public sealed class SentenceEncoderTests
{
    private static readonly object?[][] Vocabulary =
        [["?", 0], ["<s>", 0], ["</s>", 0], ["-", 0], ["-", 0], ["-", 0], ["▁", -4], ["▁pa", -3], ["rcel", -3], ["▁parcel", -5], ["s", -2], ["▁late", -4], ["!", null]];

    private string folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = Directory.CreateTempSubdirectory("crowd4care-encoder").FullName;
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(Vocabulary));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("parcels late", new[] { 9, 10, 11 }, Description = "One piece of -5 is likelier than two of -3.")]
    [TestCase("late!!", new[] { 11, 12, 12 }, Description = "A piece without a figure is certain.")]
    [TestCase("late xyz late", new[] { 11, 6, 0, 11 }, Description = "Unknown neighbours are one.")]
    [TestCase("late 😀", new[] { 11, 6, 0 })]
    [TestCase("ｌａｔｅ", new[] { 11 }, Description = "Compatible characters are one.")]
    public void A_text_is_cut_into_its_likeliest_pieces(string text, int[] pieces)
    {
        var vocabulary = Vocabulary.Select(piece => new SentencePieces.Piece((string)piece[0]!, Convert.ToDouble(piece[1] ?? 0, CultureInfo.InvariantCulture)));
        Assert.That(new SentencePieces([.. vocabulary]).Cut(text, new SentencePieces.Room()).ToArray(), Is.EqualTo(pieces));
    }

    [TestCase(1)]
    [TestCase(6)]
    [TestCase(14)]
    public void A_layer_multiplies_and_adds(int rows)
    {
        const int Inputs = 5, Outputs = 64;
        var random = new Random(rows);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var (matrix, bias, input) = (Numbers(Inputs * Outputs), Numbers(Outputs), Numbers(Math.Max(rows, DenseLayer.Block) * Inputs));

        var outputs = new float[Math.Max(rows, DenseLayer.Block) * Outputs];
        new DenseLayer(ByteMatrix.ByColumn(matrix, Outputs), bias).Apply(input, rows, outputs);

        var expected = Enumerable.Range(0, rows * Outputs).Select(at => bias[at % Outputs]
            + Enumerable.Range(0, Inputs).Sum(i => input[(at / Outputs * Inputs) + i] * matrix[(i * Outputs) + (at % Outputs)]));
        // Half a step of a byte for each of the inputs.
        Assert.That(outputs[..(rows * Outputs)], Is.EqualTo(expected).Within(Inputs * 0.5 * 0.5 / 127 / 2));
    }

    [Test]
    public void A_matrix_has_a_step_for_each_row_or_each_column()
    {
        float[] numbers = [1, -254, 0, 0, 0.5f, 127];
        Assert.That(ByteMatrix.ByRow(numbers, 2).Bytes, Is.EqualTo(new sbyte[] { 0, -127, 0, 0, 0, 127 }));
        Assert.That(ByteMatrix.ByRow(numbers, 2).Steps, Is.EqualTo(new[] { 2f, 0, 1 }));
        Assert.That(ByteMatrix.ByColumn(numbers, 2).Bytes, Is.EqualTo(new sbyte[] { 127, -127, 0, 0, 64, 64 }));
        Assert.That(ByteMatrix.ByColumn(numbers, 2).Steps, Is.EqualTo(new[] { 1 / 127f, 2 }));
    }

    [Test]
    public void Axes_are_where_rows_differ_most()
    {
        var random = new Random(3);
        // Mostly along (0.6, 0.8, 0), a little along (0, 0, 1), around (1, 2, 3).
        var rows = Enumerable.Range(0, 500).Select(_ => (Far: random.NextSingle() - 0.5f, Near: (random.NextSingle() - 0.5f) / 10))
            .Select(at => new[] { 1 + (0.6f * at.Far), 2 + (0.8f * at.Far), 3 + at.Near }).ToList();

        var projected = new PrincipalAxes(rows, 2, seed: 1).Project([1.6f, 2.8f, 3]);

        Assert.That(Math.Abs(projected[0]), Is.EqualTo(1).Within(0.05));
        Assert.That(projected[1], Is.Zero.Within(0.05));
    }

    [Test]
    public void Without_attention_a_text_means_the_mean_of_its_pieces()
    {
        WriteWeights();
        var encoded = new SentenceEncoder(PublishedEncoder.Read(folder)).Encode(["late", "late!", "parcel", ""]);

        // What is widened is twice the embedding (the piece's number), and sines and cosines of where the piece is.
        float[] At(int piece, int place) => [.. Enumerable.Range(0, 512).Select(i => i >= 256 ? 0 : (2f * piece) + (i < 128 ? MathF.Sin(place * 0.5f) : MathF.Cos(place * 0.5f)))];
        Assert.That(encoded[0], Is.EqualTo(At(11, 0)).Within(1e-4f));
        Assert.That(encoded[1], Is.EqualTo(At(11, 0).Zip(At(12, 1), (one, other) => (one + other) / 2)).Within(1e-4f));
        Assert.That(encoded[2], Is.EqualTo(At(9, 0)).Within(1e-4f));
        Assert.That(encoded[3], Is.All.Zero, "nothing is said");
    }

    [Test]
    public void The_resource_is_read_as_it_was_written()
    {
        WriteWeights();
        var file = Path.Combine(folder, "sentences.encoder");
        TaskCommands.ImportEncoder(folder, file, TextWriter.Null);
        using var stream = File.OpenRead(file);

        Assert.That(new SentenceEncoder(EncoderWeights.Read(stream)).Encode(["late!"]), Is.EqualTo(new SentenceEncoder(PublishedEncoder.Read(folder)).Encode(["late!"])));
    }

    [TestCase("please cancel my order", "I don't want what I bought any more", "the weather is lovely today")]
    [TestCase("it never arrived", "my parcel is still missing", "I never liked that song")]
    public void The_shipped_one_knows_what_sentences_mean(string sentence, string same, string other)
    {
        var encoded = SentenceEncoder.Shipped.Encode([sentence, same, other]);
        var (near, far) = (TensorPrimitives.CosineSimilarity<float>(encoded[0], encoded[1]), TensorPrimitives.CosineSimilarity<float>(encoded[0], encoded[2]));
        Assert.That(near, Is.GreaterThan(far), $"{near} {far}");
    }

    [Test]
    public void The_order_of_words_is_read()
    {
        var encoded = SentenceEncoder.Shipped.Encode(["not good but cheap", "not cheap but good"]);
        Assert.That(TensorPrimitives.CosineSimilarity<float>(encoded[0], encoded[1]), Is.LessThan(0.98));
    }

    [Test]
    public void What_was_read_before_makes_no_difference()
    {
        var reader = new SentenceEncoder.Reader(SentenceEncoder.Shipped);
        var (first, again) = (new float[SentenceEncoder.Dimensions], new float[SentenceEncoder.Dimensions]);
        reader.Read("where is my parcel", first);
        reader.Read(string.Concat(Enumerable.Repeat("why is it broken? ", 500)), again);
        reader.Read("where is my parcel", again);
        Assert.That(again, Is.EqualTo(first));
    }

    [Test]
    public void What_is_no_encoder_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(folder, "model.json"), """{"weightsManifest": []}""");
        AssertRefused("Embeddings_en");
        File.WriteAllText(Path.Combine(folder, "model.json"), "{}");
        AssertRefused("key");
        File.WriteAllText(Path.Combine(folder, "vocab.json"), "late");
        AssertRefused("invalid");

        void AssertRefused(string problem) =>
            Assert.That(() => PublishedEncoder.Read(folder), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(folder).And.Message.Contains(problem));
    }

    [Test]
    public void Where_training_fails_the_vectors_that_there_are_stay()
    {
        var (words, vectors) = (Path.Combine(folder, "words.json"), Path.Combine(folder, "words.vectors"));
        File.WriteAllText(words, """{"words": ["late"]}""");
        File.WriteAllText(vectors, "as they were");
        WriteWeights();

        Assert.That(() => TaskCommands.TrainWordVectors(words, folder, Path.Combine(folder, "none"), vectors, TextWriter.Null), Throws.InstanceOf<IOException>().With.Message.Contains("none"));
        Assert.That(File.ReadAllText(vectors), Is.EqualTo("as they were"));
    }

    private void WriteWeights()
    {
        var weights = new List<(string Name, float[] Values)>
        {
            ("module/Embeddings_en", [.. Enumerable.Range(0, Vocabulary.Length).SelectMany(piece => Enumerable.Repeat((float)piece, 256))]),
            ("Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1", [.. Enumerable.Repeat(0.5f, 128)]),
            ("Layer_0/TransformerLayer/dense/kernel", [.. Enumerable.Range(0, 256 * 512).Select(at => at / 512 == at % 512 ? 1f : 0)]),
            ("Layer_0/TransformerLayer/dense/bias", new float[512]),
        };
        foreach (var (layer, width) in new[] { ("Layer_0/TransformerLayer/", 256), ("Layer_1/TransformerLayer/", 512) })
        {
            weights.AddRange(
                (layer + "layer_prepostprocess/layer_norm/layer_norm_scale", new float[width]), (layer + "layer_prepostprocess/layer_norm/layer_norm_bias", new float[width]),
                (layer + "MultiheadAttention/qkv_transform_single/kernel", new float[width * width * 3]), (layer + "MultiheadAttention/qkv_transform_single/bias", new float[width * 3]),
                (layer + "MultiheadAttention/output_transform_single/kernel", new float[width * 512]), (layer + "MultiheadAttention/output_transform_single/bias", new float[512]),
                (layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_scale", new float[512]), (layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_bias", new float[512]),
                (layer + "FFN/conv1/Tensordot/Reshape_1", new float[512 * 1536]), (layer + "FFN/conv1/bias", new float[1536]),
                (layer + "FFN/conv2/Tensordot/Reshape_1", new float[1536 * 512]), (layer + "FFN/conv2/bias", new float[512]));
        }

        using (var bytes = File.Create(Path.Combine(folder, "weights")))
        {
            foreach (var (_, values) in weights)
                bytes.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        var manifest = new { weightsManifest = new[] { new { paths = new[] { "weights" }, weights = weights.Select(weight => new { name = weight.Name, shape = new[] { weight.Values.Length }, dtype = "float32" }) } } };
        File.WriteAllText(Path.Combine(folder, "model.json"), JsonSerializer.Serialize(manifest));
    }
}
