using System.Numerics.Tensors;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// The small Universal Sentence Encoder (Cer et al. 2018; "lite", Apache 2.0): a transformer of two layers that says in 512 numbers what an English
/// sentence means, with the order of its words. It takes some hundred times as long as all else that is looked at, so only heads that are worth it
/// look at it; <see cref="WordVectors"/> have learned from it. See <c>README.md</c> beside the file.
/// </summary>
internal sealed class SentenceEncoder
{
    /// <summary>How many numbers say what a sentence means.</summary>
    public const int Dimensions = EncoderWeights.Wide;

    private const int Narrow = EncoderWeights.Narrow;
    private const int AttentionHeads = 4;

    /// <summary>What follows is not read.</summary>
    private const int MostPieces = 128;

    private const float Epsilon = 1e-6f;

    private static readonly Lazy<SentenceEncoder> Lazily = new(() => new(EncoderWeights.ReadShipped()));

    private readonly SentencePieces pieces;
    private readonly ByteMatrix embeddings;

    /// <summary>By which a piece's place in the sentence is multiplied for its sines and cosines.</summary>
    private readonly float[] frequencies;
    private readonly DenseLayer widening;
    private readonly Layer first;
    private readonly Layer second;

    public SentenceEncoder(EncoderWeights weights)
    {
        pieces = weights.Pieces;
        var matrices = new Queue<ByteMatrix>(weights.Matrices);
        var vectors = new Queue<float[]>(weights.Vectors);
        (embeddings, frequencies) = (weights.Embeddings, vectors.Dequeue());
        widening = Dense();
        (first, second) = (Next(), Next());

        DenseLayer Dense() => new(matrices.Dequeue(), vectors.Dequeue());
        Norm Normal() => new(vectors.Dequeue(), vectors.Dequeue());
        Layer Next() => new(Normal(), Dense(), Dense(), Normal(), Dense(), Dense());
    }

    /// <summary>The one that comes with the product.</summary>
    public static SentenceEncoder Shipped => Lazily.Value;

    /// <summary>What each text means, as <see cref="Reader.Read"/> says; on all cores.</summary>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        var means = new float[texts.Count][];
        Parallel.For(0, texts.Count, () => new Reader(this), (i, _, reader) =>
        {
            reader.Read(texts[i], means[i] = new float[Dimensions]);
            return reader;
        }, _ => { });
        return means;
    }

    /// <summary>Reads texts; for one thread, since it holds what reading needs room for.</summary>
    public sealed class Reader(SentenceEncoder encoder)
    {
        private readonly PlainText plain = new();
        private readonly SentencePieces.Room room = new();
        private readonly float[] weights = new float[MostPieces];
        private int capacity;

        /// <summary>What each piece means, after each layer.</summary>
        private float[] rows = [];

        /// <summary>What is added to what attention says.</summary>
        private float[] wide = [];
        private float[] normal = [];
        private float[] asked = [];
        private float[] heard = [];
        private float[] inner = [];

        /// <summary>
        /// What a text means: the mean of what its pieces mean in it, before the encoder's last layer. Being a mean, it is what sums of vectors of words
        /// can come near to; the last layer adds nothing that helps to classify.
        /// </summary>
        /// <param name="text">The text; names, links and the signs of hashtags are not read.</param>
        /// <param name="into">Gets <see cref="Dimensions"/> numbers; zeros when there is nothing to read.</param>
        public void Read(ReadOnlySpan<char> text, Span<float> into)
        {
            var sentence = plain.Of(text);
            if (sentence.IsEmpty)
            {
                into.Clear();
                return;
            }

            var cut = encoder.pieces.Cut(sentence, room);
            cut = cut[..Math.Min(cut.Length, MostPieces)];
            MakeRoom(cut.Length);
            Embed(cut);
            encoder.widening.Apply(rows, cut.Length, wide);
            Attend(encoder.first, cut.Length);
            Think(encoder.first, cut.Length);
            encoder.first.Down.Apply(inner, cut.Length, rows);
            Add(wide, rows, cut.Length);
            rows.AsSpan(0, cut.Length * Dimensions).CopyTo(wide);
            Attend(encoder.second, cut.Length);
            Think(encoder.second, cut.Length);

            // The mean of what the last step says of each row is what it says of their mean.
            Average(inner, encoder.second.Up.Outputs, cut.Length, normal);
            encoder.second.Down.Apply(normal, 1, rows);
            Average(wide, Dimensions, cut.Length, normal);
            TensorPrimitives.Add(rows.AsSpan(0, Dimensions), normal.AsSpan(0, Dimensions), into);
        }

        private void MakeRoom(int count)
        {
            if (count <= capacity)
                return;
            capacity = Math.Max(count, Math.Max(capacity * 2, DenseLayer.Block));
            (rows, wide, heard) = (new float[capacity * Dimensions], new float[capacity * Dimensions], new float[capacity * Dimensions]);
            (normal, asked, inner) = (new float[capacity * EncoderWeights.Inner], new float[capacity * EncoderWeights.Inner], new float[capacity * EncoderWeights.Inner]);
        }

        /// <summary>The embedding of each piece, twice, and where in its text it is.</summary>
        private void Embed(ReadOnlySpan<int> cut)
        {
            var frequencies = encoder.frequencies;
            for (var place = 0; place < cut.Length; place++)
            {
                var row = rows.AsSpan(place * Narrow, Narrow);
                TensorPrimitives.ConvertChecked<sbyte, float>(encoder.embeddings.Bytes.AsSpan(cut[place] * Narrow, Narrow), row);
                TensorPrimitives.Multiply(row, 2 * encoder.embeddings.Steps[cut[place]], row);
                for (var i = 0; i < frequencies.Length; i++)
                {
                    var (sine, cosine) = MathF.SinCos(place * frequencies[i]);
                    row[i] += sine;
                    row[i + frequencies.Length] += cosine;
                }
            }
        }

        /// <summary>Adds to each row what it hears from all of them when it asks; a row of what is asked has also what it is asked by, and what it tells.</summary>
        private void Attend(Layer layer, int count)
        {
            Normalise(rows, layer.First, count);
            layer.Ask.Apply(normal, count, asked);
            var stride = layer.Ask.Outputs;
            var width = stride / 3;
            var size = width / AttentionHeads;
            var scale = 1 / MathF.Sqrt(size);
            var share = weights.AsSpan(0, count);
            heard.AsSpan(0, count * width).Clear();
            for (var head = 0; head < width; head += size)
            {
                for (var i = 0; i < count; i++)
                {
                    var question = asked.AsSpan((i * stride) + head, size);
                    for (var j = 0; j < count; j++)
                        share[j] = TensorPrimitives.Dot(question, asked.AsSpan((j * stride) + width + head, size)) * scale;
                    TensorPrimitives.SoftMax(share, share);
                    var answer = heard.AsSpan((i * width) + head, size);
                    for (var j = 0; j < count; j++)
                        TensorPrimitives.MultiplyAdd(asked.AsSpan((j * stride) + (2 * width) + head, size), share[j], answer, answer);
                }
            }

            layer.Out.Apply(heard, count, rows);
            Add(rows, wide, count);
        }

        /// <summary>What each row says to the layer inside, where it says anything.</summary>
        private void Think(Layer layer, int count)
        {
            Normalise(wide, layer.Second, count);
            layer.Up.Apply(normal, count, inner);
            var said = inner.AsSpan(0, count * layer.Up.Outputs);
            TensorPrimitives.Max(said, 0f, said);
        }

        /// <summary>Layer normalisation (Ba, Kiros and Hinton 2016).</summary>
        private void Normalise(float[] from, Norm norm, int count)
        {
            var width = norm.Scale.Length;
            for (var at = 0; at < count * width; at += width)
            {
                var row = from.AsSpan(at, width);
                var into = normal.AsSpan(at, width);
                TensorPrimitives.Subtract(row, TensorPrimitives.Sum<float>(row) / width, into);
                TensorPrimitives.Multiply(into, 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(into) / width) + Epsilon), into);
                TensorPrimitives.MultiplyAdd(into, norm.Scale, norm.Bias, into);
            }
        }

        private static void Add(float[] more, float[] into, int count)
        {
            var sum = into.AsSpan(0, count * Dimensions);
            TensorPrimitives.Add(sum, more.AsSpan(0, sum.Length), sum);
        }

        private static void Average(float[] from, int width, int count, float[] into)
        {
            var mean = into.AsSpan(0, width);
            mean.Clear();
            for (var row = 0; row < count; row++)
                TensorPrimitives.Add(mean, from.AsSpan(row * width, width), mean);
            TensorPrimitives.Divide(mean, count, mean);
        }
    }

    private sealed record Norm(float[] Scale, float[] Bias);

    private sealed record Layer(Norm First, DenseLayer Ask, DenseLayer Out, Norm Second, DenseLayer Up, DenseLayer Down);
}
