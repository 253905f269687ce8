using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Crowd4Care.Language.Linear;

/// <summary>
/// Signed bytes in pieces that are compressed one by one, so that all cores read them at once: how many pieces, the compressed length of each,
/// then the pieces. All but the last hold <see cref="Length"/> bytes. A piece is Brotli-compressed; or, with a negative length, of <see cref="SparseBytes"/>.
/// </summary>
internal static class Chunks
{
    /// <summary>Bytes of a piece: large enough that the pieces together are hardly longer than the whole would be.</summary>
    public const int Length = 2 << 20;

    /// <summary>More is slower to write, and no smaller by a hundredth.</summary>
    private const int CompressionQuality = 5;

    /// <summary>How many times as long a piece may be for being read faster.</summary>
    private const double WorthSpeed = 1.6;

    /// <summary>Brotli's window, as a power of two: a whole piece.</summary>
    private const int Window = 22;

    public static void Write(Stream stream, sbyte[] content)
    {
        var pieces = new (byte[] Bytes, bool IsSparse)[CountOf(content.Length)];
        Parallel.For(0, pieces.Length, i => pieces[i] = Compress(Piece(content, i)));
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, pieces.Length);
        stream.Write(number);
        foreach (var (bytes, isSparse) in pieces)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, isSparse ? -bytes.Length : bytes.Length);
            stream.Write(number);
        }

        foreach (var (bytes, _) in pieces)
            stream.Write(bytes);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Stands at the number of pieces.</param>
    /// <param name="length">Of the content, in bytes.</param>
    /// <exception cref="InvalidDataException">The pieces are not whole, or not as long as they should be.</exception>
    public static sbyte[] Read(Stream stream, int length)
    {
        var count = ReadNumber(stream);
        if (count != CountOf(length))
            throw new InvalidDataException($"The model file is damaged: {length} bytes of content are {CountOf(length)} pieces, but it claims {count}.");
        var lengths = new int[count];
        for (var i = 0; i < count; i++)
        {
            lengths[i] = ReadNumber(stream);
            if (lengths[i] == 0 || Math.Abs((long)lengths[i]) > BrotliEncoder.GetMaxCompressedLength(Length))
                throw new InvalidDataException($"The model file is damaged: its piece {i + 1} claims {lengths[i]} bytes.");
        }

        // Read first: where a damaged file claims too much, memory is only taken for what is really there.
        var pieces = Array.ConvertAll(lengths, piece => ReadPiece(stream, Math.Abs(piece)));
        var content = GC.AllocateUninitializedArray<sbyte>(length);
        var isWhole = new bool[count];
        Parallel.For(0, count, i =>
        {
            var into = Piece(content, i);
            isWhole[i] = lengths[i] < 0 ? SparseBytes.TryUnpack(pieces[i], into)
                : BrotliDecoder.TryDecompress(pieces[i], into, out var written) && written == into.Length;
        });
        return Array.IndexOf(isWhole, false) is >= 0 and var bad
            ? throw new InvalidDataException($"The model file is damaged: its piece {bad + 1} of {count} cannot be decompressed.") : content;
    }

    /// <summary>The SHA-256 of the SHA-256 of each piece: all cores compute it at once.</summary>
    public static byte[] ChecksumOf(sbyte[] content)
    {
        var checksums = new byte[CountOf(content.Length) * SHA256.HashSizeInBytes];
        Parallel.For(0, CountOf(content.Length), i => SHA256.HashData(Piece(content, i), checksums.AsSpan(i * SHA256.HashSizeInBytes)));
        return SHA256.HashData(checksums);
    }

    private static int CountOf(int length) => (length + Length - 1) / Length;

    private static Span<byte> Piece(sbyte[] content, int index) =>
        MemoryMarshal.AsBytes(content.AsSpan(index * Length, Math.Min(Length, content.Length - (index * Length))));

    private static (byte[] Bytes, bool IsSparse) Compress(ReadOnlySpan<byte> piece)
    {
        var (sparse, room) = (SparseBytes.Pack(piece), new byte[BrotliEncoder.GetMaxCompressedLength(piece.Length)]);
        if (!BrotliEncoder.TryCompress(piece, room, out var written, CompressionQuality, Window))
            throw new InvalidOperationException($"A piece of {piece.Length} bytes could not be compressed.");
        return sparse.Length <= written * WorthSpeed && sparse.Length < piece.Length ? (sparse, true) : (room[..written], false);
    }

    private static int ReadNumber(Stream stream)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        return stream.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) == number.Length ? BinaryPrimitives.ReadInt32LittleEndian(number)
            : throw new InvalidDataException("The model file is cut off in its list of pieces.");
    }

    private static byte[] ReadPiece(Stream stream, int length)
    {
        var piece = GC.AllocateUninitializedArray<byte>(length);
        return stream.ReadAtLeast(piece, length, throwOnEndOfStream: false) == length ? piece
            : throw new InvalidDataException($"The model file is cut off: a piece of {length} bytes is not whole.");
    }
}
