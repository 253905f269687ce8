using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>Which features a weight table reads.</summary>
internal enum FeatureSet
{
    /// <summary>Words, word pairs and the letter sequences inside them: what a text says.</summary>
    Meaning,

    /// <summary>Letter sequences only: what a text is written in.</summary>
    Letters,
}

/// <summary>Turns tokens into hashed features.</summary>
internal static class FeatureExtractor
{
    public static void Extract(FeatureSet set, TokenizedText text, int bits, FeatureBuffer into)
    {
        into.Clear(bits);
        if (set == FeatureSet.Meaning)
            MeaningFeatures.Extract(text, into);
        else
            LetterFeatures.Extract(text, into);
    }
}
