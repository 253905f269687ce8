using Crowd4Care.Language.Text;

namespace Crowd4Care.Language.Features;

/// <summary>Which features a weight table reads.</summary>
internal enum FeatureSet
{
    /// <summary>Letter sequences only: what a text is written in.</summary>
    Letters,

    /// <summary>Words, word pairs, names, and the letter sequences inside words, in two groups that are weighed by how rare a feature is: what a text says.</summary>
    Terms,
}

/// <summary>Turns tokens into hashed features.</summary>
internal static class FeatureExtractor
{
    public static void Extract(FeatureSet set, TokenizedText text, int bits, FeatureBuffer into)
    {
        into.Clear(bits);
        switch (set)
        {
            case FeatureSet.Letters:
                LetterFeatures.Extract(text, into);
                break;
            default:
                TermFeatures.Extract(text, into);
                break;
        }
    }
}
