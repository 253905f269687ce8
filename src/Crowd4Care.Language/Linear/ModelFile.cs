using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Linear;

/// <summary>
/// The model's file: "C4CM", format number, length and SHA-256 of the content, then the content in <see cref="Chunks"/>: a JSON
/// header behind its length, and each table's rows of signed bytes without padding. Format 2, in which it is one Brotli stream, is read too.
/// </summary>
internal static class ModelFile
{
    /// <summary>Labels of all heads of one table.</summary>
    public const int MostColumns = 4096;

    private const int Format = 3;
    private const int OneStream = 2;
    private const int PreambleLength = 4 + 4 + 8 + 32;
    private const long LargestContent = 512L << 20;
    private const int LargestBits = 24;

    private static ReadOnlySpan<byte> Magic => "C4CM"u8;

    public static void Write(Stream stream, string release, IReadOnlyList<WeightTable> tables)
    {
        var content = Pack(release, tables);
        Span<byte> preamble = stackalloc byte[PreambleLength];
        Magic.CopyTo(preamble);
        BinaryPrimitives.WriteInt32LittleEndian(preamble[4..], Format);
        BinaryPrimitives.WriteInt64LittleEndian(preamble[8..], content.Length);
        SHA256.HashData(content, preamble[16..]);
        stream.Write(preamble);
        Chunks.Write(stream, content);
    }

    public static (string Release, string Fingerprint, IReadOnlyList<WeightTable> Tables) Read(Stream stream)
    {
        Span<byte> preamble = stackalloc byte[PreambleLength];
        var read = stream.ReadAtLeast(preamble, PreambleLength, throwOnEndOfStream: false);
        if (read < 4 || !preamble[..4].SequenceEqual(Magic))
            throw new InvalidDataException("This is not a Crowd4Care model: it does not begin with \"C4CM\".");
        if (read < PreambleLength)
            throw new InvalidDataException($"The model file is cut off: it has {read} bytes, its preamble alone has {PreambleLength}.");
        var format = BinaryPrimitives.ReadInt32LittleEndian(preamble[4..]);
        if (format is not (OneStream or Format))
            throw new InvalidDataException($"The model file has format {format}; this version reads format {Format}. Train it again.");
        var length = BinaryPrimitives.ReadInt64LittleEndian(preamble[8..]);
        if (length is < 4 or > LargestContent)
            throw new InvalidDataException($"The model file is damaged: it claims {length} bytes of content, at most {LargestContent} are allowed.");

        var content = format == OneStream ? Decompress(stream, (int)length) : Chunks.Read(stream, (int)length);
        // Beside the checksum, on another core: what fails it is thrown away.
        var unpacking = Task.Run(() => Unpack(content));
        var hash = SHA256.HashData(content);
        if (!preamble[16..].SequenceEqual(hash))
            throw new InvalidDataException("The model file is damaged: its content does not match its checksum.");
        var (release, tables) = unpacking.GetAwaiter().GetResult();
        return (release, Fingerprint(hash), tables);
    }

    public static string FingerprintOf(string release, IReadOnlyList<WeightTable> tables) => Fingerprint(SHA256.HashData(Pack(release, tables)));

    private static string Fingerprint(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..4]);

    private static byte[] Decompress(Stream stream, int length)
    {
        using var decompressed = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        // Not cleared: where a damaged file claims too much, memory is only taken for what is really there.
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        int read;
        bool isLonger;
        try
        {
            read = decompressed.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
            isLonger = read == length && decompressed.ReadByte() >= 0;
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or InvalidDataException)
        {
            throw new InvalidDataException("The model file is cut off or damaged: its content cannot be decompressed.", failure);
        }

        return read == length && !isLonger ? bytes
            : throw new InvalidDataException($"The model file is damaged: {length} bytes of content were announced, {(isLonger ? "more" : $"{read}")} came.");
    }

    private static byte[] Pack(string release, IReadOnlyList<WeightTable> tables)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header(release, [.. tables.Select(TableHeader.Of)]));
        var content = new byte[4 + header.Length + tables.Sum(table => (long)table.Columns << table.Bits)];
        BinaryPrimitives.WriteInt32LittleEndian(content, header.Length);
        header.CopyTo(content, 4);
        var rest = content.AsSpan(4 + header.Length);
        foreach (var table in tables)
        {
            for (var bucket = 0; bucket < 1 << table.Bits; bucket++)
            {
                MemoryMarshal.AsBytes(table.Row(bucket)).CopyTo(rest);
                rest = rest[table.Columns..];
            }
        }

        return content;
    }

    private static (string Release, IReadOnlyList<WeightTable> Tables) Unpack(byte[] content)
    {
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(content);
        if (headerLength < 2 || headerLength > content.Length - 4)
            throw new InvalidDataException($"The model file is damaged: its header claims {headerLength} bytes.");
        var header = ReadHeader(content.AsSpan(4, headerLength));
        ReadOnlySpan<byte> rest = content.AsSpan(4 + headerLength);
        var tables = new List<WeightTable>();
        foreach (var table in header.Tables)
        {
            table.Check(rest.Length);
            tables.Add(table.Unpack(rest));
            rest = rest[(table.Columns << table.Bits)..];
        }

        return rest.IsEmpty ? (header.Release, tables)
            : throw new InvalidDataException($"The model file is damaged: {rest.Length} bytes are left over after its last table.");
    }

    private static Header ReadHeader(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Header>(json) ?? throw new InvalidDataException("The model file is damaged: its header is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"The model file is damaged: its header is not readable ({failure.Message}).", failure);
        }
    }

    private sealed record Header(string Release, IReadOnlyList<TableHeader> Tables);

    private sealed record TableHeader(FeatureSet Features, int Bits, IReadOnlyList<HeadWeights> Heads)
    {
        public int Columns => WeightTable.ColumnsOf(Features, Heads.Sum(head => head.Labels.Count));

        public static TableHeader Of(WeightTable table) => new(table.Features, table.Bits, table.Heads);

        public void Check(int remaining)
        {
            if (!Enum.IsDefined(Features) || Bits is < 1 or > LargestBits || Heads is not { Count: > 0 } || Columns > MostColumns)
                throw new InvalidDataException($"The model file is damaged: it has a table of features {Features}, {Bits} bits.");
            foreach (var head in Heads)
            {
                if (head.Labels.Count < 2 || head.Bias.Length != head.Labels.Count || head.Scale.Length != head.Labels.Count || !head.Scale.All(float.IsFinite)
                    || !(head.Temperature > 0) || (head.Dense is { } dense && !Meaning.Sizes.Select(size => size * head.Labels.Count).Contains(dense.Length)))
                    throw new InvalidDataException($"The model file is damaged: its head \"{head.Name}\" is inconsistent.");
            }

            if ((long)Columns << Bits > remaining)
                throw new InvalidDataException($"The model file is damaged: a table of {(long)Columns << Bits} bytes, but {remaining} are left.");
        }

        public WeightTable Unpack(ReadOnlySpan<byte> rows)
        {
            var stride = WeightTable.StrideOf(Columns);
            var weights = new sbyte[stride << Bits];
            for (var bucket = 0; bucket < 1 << Bits; bucket++)
                MemoryMarshal.Cast<byte, sbyte>(rows.Slice(bucket * Columns, Columns)).CopyTo(weights.AsSpan(bucket * stride));
            return new WeightTable(Features, Bits, Heads, weights);
        }
    }
}
