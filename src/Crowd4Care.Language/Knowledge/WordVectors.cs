using System.Runtime.InteropServices;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// What the commonest English words mean: a vector each, learnt elsewhere from much more text than anybody labels, so that a model
/// understands words its examples don't have. See <c>README.md</c> beside the file for where they are from.
/// </summary>
internal sealed class WordVectors
{
    /// <summary>How long a vector is.</summary>
    public const int Dimensions = 100;

    /// <summary>The commonest words are kept: more bring little, and make the program larger.</summary>
    public const int MostWords = 60_000;

    private const string Resource = "knowledge/words.vectors";
    private const uint Kind = 41;

    /// <summary>How often the n-th commonest word occurs, about (Zipf): words that are everywhere say little (Arora, Liang and Ma 2017).</summary>
    private const float Frequency = 0.05f;
    private const float Smoothing = 1e-3f;

    /// <summary>The figures lie within about four of zero, nearly all within two: a byte holds up to 127 steps.</summary>
    private const float StepsOfOne = 40;

    private static readonly Lazy<WordVectors> Lazily = new(Load);

    private readonly uint[] keys;
    private readonly int[] places;
    private readonly sbyte[] vectors;

    private WordVectors(ReadOnlySpan<uint> hashes, sbyte[] vectors)
    {
        this.vectors = vectors;
        var size = 1;
        while (size < hashes.Length * 2)
            size *= 2;
        (keys, places) = (new uint[size], new int[size]);
        Array.Fill(places, -1);
        for (var i = 0; i < hashes.Length; i++)
        {
            var slot = (int)(hashes[i] & (uint)(size - 1));
            while (places[slot] >= 0)
                slot = (slot + 1) & (size - 1);
            (keys[slot], places[slot]) = (hashes[i], i);
        }
    }

    /// <summary>Those that come with the product.</summary>
    public static WordVectors Shipped => Lazily.Value;

    /// <summary>A word's place among the commonest, from 0; -1 when it is not among them.</summary>
    public int RankOf(ReadOnlySpan<char> word) => Find(HashOf(word));

    /// <summary>Sums up the words of a text to a vector of length one; zeros when none is known.</summary>
    public void Read(TokenizedText text, Span<float> into)
    {
        into.Clear();
        foreach (ref readonly var token in text.Tokens)
        {
            if (token.Kind is TokenKind.Handle or TokenKind.Link || RankOf(text.Folded(token)) is not (>= 0 and var place))
                continue;
            var weight = Smoothing / (Smoothing + (Frequency / (place + 1)));
            var vector = vectors.AsSpan(place * Dimensions, Dimensions);
            for (var i = 0; i < vector.Length; i++)
                into[i] += weight * vector[i];
        }

        var squares = 0f;
        foreach (var value in into)
            squares += value * value;
        if (squares == 0)
            return;
        var unit = 1 / MathF.Sqrt(squares);
        foreach (ref var value in into)
            value *= unit;
    }

    /// <summary>Writes words, the commonest first, as the resource that this class reads.</summary>
    public static void Write(Stream stream, IEnumerable<(string Word, float[] Vector)> words)
    {
        var known = words.DistinctBy(word => HashOf(word.Word)).ToList();
        using var output = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        output.Write(known.Count);
        foreach (var (word, _) in known)
            output.Write(HashOf(word));
        Chunks.Write(stream, [.. known.SelectMany(word => word.Vector).Select(value => (sbyte)Math.Clamp(MathF.Round(value * StepsOfOne), -127, 127))]);
    }

    private static uint HashOf(ReadOnlySpan<char> word) => FeatureHash.Mix(FeatureHash.Of(Kind, word));

    private int Find(uint hash)
    {
        for (var slot = (int)(hash & (uint)(keys.Length - 1)); places[slot] >= 0; slot = (slot + 1) & (keys.Length - 1))
        {
            if (keys[slot] == hash)
                return places[slot];
        }

        return -1;
    }

    private static WordVectors Load()
    {
        using var stream = Resources.Open(Resource);
        using var input = new BinaryReader(stream);
        var hashes = new uint[input.ReadInt32()];
        stream.ReadExactly(MemoryMarshal.AsBytes(hashes.AsSpan()));
        return new WordVectors(hashes, Chunks.Read(stream, hashes.Length * Dimensions));
    }
}
