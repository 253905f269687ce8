namespace Crowd4Care.Language.Features;

/// <summary>The hashed features of one text, each with the token it came from; reused from text to text.</summary>
internal sealed class FeatureBuffer
{
    /// <summary>Set in an owner when the feature joins that token and the next.</summary>
    public const int PairFlag = 1 << 30;

    private int[] buckets = new int[1024];
    private int[] owners = new int[1024];
    private int shift;
    private int border = -1;

    public int Count { get; private set; }

    /// <summary>Where the second group of features begins, in a set that has two; else the end.</summary>
    public int Border => border < 0 ? Count : border;

    public ReadOnlySpan<int> Buckets => buckets.AsSpan(0, Count);

    public ReadOnlySpan<int> Owners => owners.AsSpan(0, Count);

    /// <summary>What one feature counts: texts of every length get a vector of length one.</summary>
    public float Value => Count == 0 ? 0 : 1 / MathF.Sqrt(Count);

    public void Clear(int bits)
    {
        Count = 0;
        border = -1;
        shift = 32 - bits;
    }

    public void SetBorder() => border = Count;

    public void Add(uint hash, int owner)
    {
        if (Count == buckets.Length)
        {
            Array.Resize(ref buckets, Count * 2);
            Array.Resize(ref owners, Count * 2);
        }

        buckets[Count] = (int)(FeatureHash.Mix(hash) >> shift);
        owners[Count++] = owner;
    }
}
