namespace Crowd4Care.Language.Training;

/// <summary>How a task's model reads texts.</summary>
public enum Reading
{
    /// <summary>As sentences where that makes the model clearly better and the texts are few enough; else word by word.</summary>
    Auto,

    /// <summary>By words, pairs of words and letters: tens of thousands of texts a second.</summary>
    Fast,

    /// <summary>As sentences besides, with the order of their words, by a sentence encoder: some hundreds of texts a second.</summary>
    Thorough,
}
