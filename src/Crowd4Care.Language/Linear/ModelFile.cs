using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Knowledge;

namespace Crowd4Care.Language.Linear;

/// <summary>
/// The model's file: "C4CM", format number, length of the header, checksum, the header as JSON, then each table's rows as they lie in memory, in
/// <see cref="Chunks"/>. The checksum is the SHA-256 of the header's and of the tables' checksums.
/// </summary>
internal static class ModelFile
{
    /// <summary>Labels of all heads of one table.</summary>
    public const int MostColumns = 4096;

    /// <summary>Also another when <see cref="Knowledge.Meaning"/> changes: weights are worth nothing for other dimensions.</summary>
    private const int Format = 6;

    /// <summary>Those of 5 have no sparse pieces, and no heads that look at sentences.</summary>
    private const int OldestFormat = 5;
    private const int PreambleLength = 4 + 4 + 4 + SHA256.HashSizeInBytes;
    private const int LongestHeader = 64 << 20;
    private const int LargestBits = 24;

    private static ReadOnlySpan<byte> Magic => "C4CM"u8;

    public static void Write(Stream stream, string release, IReadOnlyList<WeightTable> tables)
    {
        var header = HeaderOf(release, tables);
        Span<byte> preamble = stackalloc byte[PreambleLength];
        Magic.CopyTo(preamble);
        BinaryPrimitives.WriteInt32LittleEndian(preamble[4..], Format);
        BinaryPrimitives.WriteInt32LittleEndian(preamble[8..], header.Length);
        Checksum(header, tables).CopyTo(preamble[12..]);
        stream.Write(preamble);
        stream.Write(header);
        foreach (var table in tables)
            Chunks.Write(stream, table.Weights);
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
        if (format is < OldestFormat or > Format)
            throw new InvalidDataException($"The model file has format {format}; this version reads formats {OldestFormat} to {Format}. Train it again.");

        var bytes = ReadHeader(stream, BinaryPrimitives.ReadInt32LittleEndian(preamble[8..]));
        var header = Parse(bytes);
        var tables = new List<WeightTable>();
        foreach (var table in header.Tables)
        {
            table.Check();
            tables.Add(new WeightTable(table.Features, table.Bits, table.Heads, Chunks.Read(stream, WeightTable.StrideOf(table.Columns) << table.Bits)));
        }

        var sum = Checksum(bytes, tables);
        return preamble[12..].SequenceEqual(sum) ? (header.Release, Fingerprint(sum), tables)
            : throw new InvalidDataException("The model file is damaged: its content does not match its checksum.");
    }

    public static string FingerprintOf(string release, IReadOnlyList<WeightTable> tables) =>
        Fingerprint(Checksum(HeaderOf(release, tables), tables));

    private static string Fingerprint(ReadOnlySpan<byte> checksum) => Convert.ToHexStringLower(checksum[..4]);

    private static byte[] Checksum(byte[] header, IEnumerable<WeightTable> tables) =>
        SHA256.HashData([.. SHA256.HashData(header), .. tables.SelectMany(table => Chunks.ChecksumOf(table.Weights))]);

    private static byte[] HeaderOf(string release, IReadOnlyList<WeightTable> tables) =>
        JsonSerializer.SerializeToUtf8Bytes(new ModelHeader(release, [.. tables.Select(TableHeader.Of)]), ModelJson.Default.ModelHeader);

    private static byte[] ReadHeader(Stream stream, int length)
    {
        if (length is < 2 or > LongestHeader)
            throw new InvalidDataException($"The model file is damaged: its header claims {length} bytes.");
        // Not cleared: where a damaged file claims too much, memory is only taken for what is really there.
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        return stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length ? bytes
            : throw new InvalidDataException($"The model file is cut off: its header of {length} bytes is not whole.");
    }

    private static ModelHeader Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelJson.Default.ModelHeader) is { Tables: not null } header ? header
                : throw new InvalidDataException("The model file is damaged: its header is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"The model file is damaged: its header is not readable ({failure.Message}).", failure);
        }
    }

    /// <summary>What a file says of its model before the weights.</summary>
    internal sealed record ModelHeader(string Release, IReadOnlyList<TableHeader> Tables);

    /// <summary>What a file says of a table.</summary>
    internal sealed record TableHeader(FeatureSet Features, int Bits, IReadOnlyList<HeadWeights> Heads)
    {
        [JsonIgnore]
        public int Columns => WeightTable.ColumnsOf(Features, Heads.Sum(head => head.Labels.Count));

        public static TableHeader Of(WeightTable table) => new(table.Features, table.Bits, table.Heads);

        /// <exception cref="InvalidDataException">No table can be so.</exception>
        public void Check()
        {
            if (!Enum.IsDefined(Features) || Bits is < 1 or > LargestBits || Heads is not { Count: > 0 } || Columns > MostColumns || (long)WeightTable.StrideOf(Columns) << Bits > Array.MaxLength)
                throw new InvalidDataException($"The model file is damaged: it has a table of features {Features}, {Bits} bits.");
            foreach (var head in Heads)
            {
                if (head.Labels.Count < 2 || head.Bias.Length != head.Labels.Count || head.Scale.Length != head.Labels.Count || !head.Scale.All(float.IsFinite)
                    || !(head.Temperature > 0) || (head.Dense is { } dense && !Meaning.Sizes.Select(size => size * head.Labels.Count).Contains(dense.Length)))
                    throw new InvalidDataException($"The model file is damaged: its head \"{head.Name}\" is inconsistent.");
            }
        }
    }
}

/// <summary>Reads and writes the header without looking at types at run time, which would take longer than the weights.</summary>
[JsonSerializable(typeof(ModelFile.ModelHeader))]
internal sealed partial class ModelJson : JsonSerializerContext;
