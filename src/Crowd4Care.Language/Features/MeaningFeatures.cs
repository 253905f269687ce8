using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>What a text says: <see cref="WordFeatures"/> with the letter sequences inside words. Names count as such, not by what they are.</summary>
internal static class MeaningFeatures
{
    private static readonly WordKinds Kinds = new() { Word = 1, Pair = 2, Sequence = 3, Negated = 4, Style = 5, Skip = 6 };

    public static void Extract(TokenizedText text, FeatureBuffer into) => WordFeatures.Add(text, Kinds, into);
}
