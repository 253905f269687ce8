namespace Crowd4Care.Language.Training;

/// <summary>A text with the answer that a person gave.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">The answer.</param>
/// <param name="Weight">How much it counts in training, compared with 1.</param>
public readonly record struct LabelledText(string Text, string Label, float Weight = 1)
{
    /// <summary>
    /// Whether it only shows what the others are told from, and is not such as the model will be asked about: settings are not chosen and
    /// probabilities not fitted by it.
    /// </summary>
    public bool IsBackground { get; init; }
}
