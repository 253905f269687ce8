using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crowd4Care.Language.Features;
using Crowd4Care.Language.Linear;
using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Knowledge;

/// <summary>
/// What English words and pairs of words mean: a vector each. The mean of a text's vectors is about what a sentence encoder says of it, which learnt
/// from much more text than anybody labels, so that a model understands words its examples don't have. See <c>README.md</c> beside the file.
/// </summary>
internal sealed class WordVectors
{
    /// <summary>How long a vector is.</summary>
    public const int Dimensions = 128;

    /// <summary>Of a longer text the first words are read, as the encoder does: sums of as many signed bytes, a word and a pair each, fit 16 bits.</summary>
    public const int MostWords = 128;

    private const string Resource = "knowledge/words.vectors";
    private const uint WordKind = 41;
    private const uint PairKind = 42;

    private static readonly Lazy<WordVectors> Lazily = new(() =>
    {
        using var stream = Resources.Open(Resource);
        return Read(stream);
    });

    private readonly int common;

    /// <summary>What a text means before anything is said, in steps of the vectors.</summary>
    private readonly float[] bias;
    private readonly sbyte[] vectors;

    /// <summary>A hash table: where a key would be, or the first free slot after it.</summary>
    private readonly Slot[] slots;

    private WordVectors(int common, float[] bias, ReadOnlySpan<uint> words, sbyte[] vectors)
    {
        (this.common, this.bias, this.vectors) = (common, bias, vectors);
        var size = 1;
        while (size < words.Length * 2)
            size *= 2;
        slots = new Slot[size];
        Array.Fill(slots, new Slot(0, -1));
        for (var i = 0; i < words.Length; i++)
        {
            var slot = (int)(words[i] & (uint)(size - 1));
            while (slots[slot].Place >= 0)
                slot = (slot + 1) & (size - 1);
            slots[slot] = new Slot(words[i], i);
        }
    }

    /// <summary>Those that come with the product.</summary>
    public static WordVectors Shipped => Lazily.Value;

    /// <summary>A word's place among the commonest English ones, from 0; -1 when it is not among them.</summary>
    public int RankOf(ReadOnlySpan<char> word) => Find(KeyOf(word)) is var place && place < common ? place : -1;

    /// <summary>What the words of a text mean, as a vector of length one; zeros when none is known.</summary>
    public void Read(TokenizedText text, Span<float> into)
    {
        Span<uint> said = stackalloc uint[MostWords * 2];
        Span<int> places = stackalloc int[MostWords * 2];
        Span<short> sums = stackalloc short[Dimensions];
        sums.Clear();
        var count = KeysOf(text, said);
        // All are looked up before any is added: memory answers many questions at once.
        var known = 0;
        foreach (var key in said[..count])
        {
            if (Find(key) is >= 0 and var place)
                places[known++] = place;
        }

        into.Clear();
        if (known == 0)
            return;
        foreach (var place in places[..known])
            Add(place, sums);
        for (var i = 0; i < sums.Length; i++)
            into[i] = bias[i] + (2f * sums[i] / count);
        TensorPrimitives.Divide(into, TensorPrimitives.Norm<float>(into), into);
    }

    /// <summary>The keys of a text: for each word its own, and that of it with the word before.</summary>
    /// <param name="text">The text; names and links mean nothing.</param>
    /// <param name="into">Has room for two for each of <see cref="MostWords"/>.</param>
    /// <returns>How many there are.</returns>
    public static int KeysOf(TokenizedText text, Span<uint> into)
    {
        var count = 0;
        var before = 0u;
        foreach (ref readonly var token in text.Tokens)
        {
            if (token.Kind is TokenKind.Handle or TokenKind.Link)
                continue;
            if (count == MostWords * 2)
                break;
            var word = KeyOf(text.Folded(token));
            into[count++] = word;
            into[count++] = FeatureHash.Mix(FeatureHash.Add(FeatureHash.Add(FeatureHash.Start(PairKind), before), word));
            before = word;
        }

        return count;
    }

    /// <summary>What stands for a word.</summary>
    public static uint KeyOf(ReadOnlySpan<char> word) => FeatureHash.Mix(FeatureHash.Of(WordKind, word));

    /// <summary>Writes the resource that this class reads.</summary>
    /// <param name="stream">Gets it.</param>
    /// <param name="common">How many of the keys are those of the commonest words; they come first, in their order.</param>
    /// <param name="bias">What a text means before anything is said.</param>
    /// <param name="keys">What stands for each word and pair.</param>
    /// <param name="vectors">What each means.</param>
    /// <param name="step">What a step of a signed byte is worth; more than 127 steps are cut.</param>
    public static void Write(Stream stream, int common, float[] bias, IReadOnlyList<uint> keys, IReadOnlyList<float[]> vectors, float step)
    {
        using var output = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        output.Write(keys.Count);
        output.Write(common);
        foreach (var value in bias)
            output.Write(value / step);
        foreach (var key in keys)
            output.Write(key);
        Chunks.Write(stream, [.. vectors.SelectMany(vector => vector).Select(value => Quantizer.Quantize(value, step))]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static WordVectors Read(Stream stream)
    {
        using var input = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var (words, common, bias) = (new uint[input.ReadInt32()], input.ReadInt32(), new float[Dimensions]);
        foreach (ref var value in bias.AsSpan())
            value = input.ReadSingle();
        stream.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
        return new WordVectors(common, bias, words, Chunks.Read(stream, words.Length * Dimensions));
    }

    private void Add(int place, Span<short> sums)
    {
        ref var vector = ref vectors[place * Dimensions];
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < Dimensions; i += (nuint)Vector128<sbyte>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref vector, i));
            (Vector128.LoadUnsafe(ref sum, i) + lower).StoreUnsafe(ref sum, i);
            (Vector128.LoadUnsafe(ref sum, i + (nuint)Vector128<short>.Count) + upper).StoreUnsafe(ref sum, i + (nuint)Vector128<short>.Count);
        }
    }

    private int Find(uint key)
    {
        for (var at = (int)(key & (uint)(slots.Length - 1)); slots[at].Place >= 0; at = (at + 1) & (slots.Length - 1))
        {
            if (slots[at].Key == key)
                return slots[at].Place;
        }

        return -1;
    }

    /// <summary>A key and the place of its vector; negative where there is none.</summary>
    private readonly record struct Slot(uint Key, int Place);
}
