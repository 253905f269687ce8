namespace Crowd4Care.Language.Features;

/// <summary>A small hash that is the same on every machine and in every run: model files depend on it, so it must not change.</summary>
internal static class FeatureHash
{
    public static uint Start(uint kind) => 2166136261 ^ (kind * 0x9E3779B1);

    public static uint Add(uint hash, uint value) => (hash ^ value) * 16777619;

    public static uint Of(uint kind, ReadOnlySpan<char> text)
    {
        var hash = Start(kind);
        foreach (var character in text)
            hash = Add(hash, character);
        return hash;
    }

    /// <summary>Spreads the entropy of a running hash over all bits (the finaliser of MurmurHash3).</summary>
    public static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
