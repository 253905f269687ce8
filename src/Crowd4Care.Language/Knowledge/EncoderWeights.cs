using System.Runtime.InteropServices;
using Crowd4Care.Language.Linear;

namespace Crowd4Care.Language.Knowledge;

/// <summary>The weights of a <see cref="SentenceEncoder"/>, in the order in which it computes.</summary>
/// <param name="Pieces">What texts are cut into.</param>
/// <param name="Embeddings">A row for each piece, with a step of its own.</param>
/// <param name="Matrices">With a step for each column; of the shapes in <see cref="Shapes"/>.</param>
/// <param name="Vectors">As long as <see cref="Lengths"/> says.</param>
internal sealed record EncoderWeights(SentencePieces Pieces, ByteMatrix Embeddings, IReadOnlyList<ByteMatrix> Matrices, IReadOnlyList<float[]> Vectors)
{
    /// <summary>How many numbers the embedding of a piece has.</summary>
    public const int Narrow = 256;

    /// <summary>How many numbers say what a piece means in its sentence.</summary>
    public const int Wide = 512;

    /// <summary>How many the inner layer of a layer has.</summary>
    public const int Inner = 1536;

    private const string Resource = "knowledge/sentences.encoder";

    /// <summary>
    /// Rows and columns of each matrix: from narrow to wide; then for each of the two layers what is asked, offered and told, what was heard, into the layer
    /// inside, and out of it.
    /// </summary>
    public static IReadOnlyList<(int Rows, int Columns)> Shapes { get; } =
        [(Narrow, Wide), .. new[] { Narrow, Wide }.SelectMany(width => new[] { (width, 3 * width), (width, Wide), (Wide, Inner), (Inner, Wide) })];

    /// <summary>
    /// How long each vector is: the frequencies of places and what is added when widening; then for each of the two layers the scale and bias of its
    /// first norm, what is added to what is asked and told, and to what was heard, the scale and bias of its second norm, what is added inside, and at its end.
    /// </summary>
    public static IReadOnlyList<int> Lengths { get; } =
        [Narrow / 2, Wide, .. new[] { Narrow, Wide }.SelectMany(width => new[] { width, width, 3 * width, Wide, Wide, Wide, Inner, Wide })];

    /// <summary>Those that come with the product.</summary>
    public static EncoderWeights ReadShipped()
    {
        using var stream = Resources.Open(Resource);
        return Read(stream);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EncoderWeights Read(Stream stream)
    {
        using var input = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var pieces = SentencePieces.Read(input);
        float[][] vectors = [.. Lengths.Select(Numbers)];
        float[][] steps = [Numbers(pieces.Count), .. Shapes.Select(shape => Numbers(shape.Columns))];
        int[] sizes = [pieces.Count * Narrow, .. Shapes.Select(shape => shape.Rows * shape.Columns)];
        var bytes = Chunks.Read(stream, sizes.Sum());
        var from = 0;
        var matrices = sizes.Zip(steps, (size, own) => new ByteMatrix(bytes[from..(from += size)], own)).ToList();
        return new EncoderWeights(pieces, matrices[0], matrices[1..], vectors);

        float[] Numbers(int count)
        {
            var numbers = new float[count];
            stream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return numbers;
        }
    }

    /// <summary>Writes the resource that <see cref="Read"/> reads.</summary>
    public void Write(Stream stream)
    {
        using (var output = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            Pieces.Write(output);
        ByteMatrix[] matrices = [Embeddings, .. Matrices];
        foreach (var numbers in Vectors.Concat(matrices.Select(matrix => matrix.Steps)))
            stream.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        Chunks.Write(stream, [.. matrices.SelectMany(matrix => matrix.Bytes)]);
    }
}
