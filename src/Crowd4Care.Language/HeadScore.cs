namespace Crowd4Care.Language;

/// <summary>One question the model answers about a text, such as its sentiment, and the answers it knows.</summary>
/// <param name="Name">The question: <c>language</c>, <c>sentiment</c>, <c>topic</c>, …, or a task of one's own.</param>
/// <param name="Labels">Every answer that a score of this head can have.</param>
public sealed record ModelHead(string Name, IReadOnlyList<string> Labels);

/// <summary>What one head says of a text.</summary>
/// <param name="Head">The name of the head.</param>
/// <param name="Label">The most probable label, or the head's fallback (<c>und</c> for language) when the evidence is too thin.</param>
/// <param name="Probability">The calibrated probability of <paramref name="Label"/>, 0 to 1.</param>
/// <param name="All">Every label with its probability, the most probable first; they add up to 1.</param>
/// <param name="Causes">Up to five stretches of the text that pushed <paramref name="Label"/>, the strongest first; empty unless they were asked for.</param>
public sealed record HeadScore(
    string Head, string Label, double Probability, IReadOnlyList<LabelProbability> All, IReadOnlyList<Cause> Causes)
{
    /// <summary>Whether answers as probable as this one were wrong more often than once in five on texts that nothing was learned from.</summary>
    public bool IsUnsure { get; init; }
}

/// <summary>A label and its probability.</summary>
/// <param name="Label">The label.</param>
/// <param name="Probability">Its calibrated probability, 0 to 1.</param>
public readonly record struct LabelProbability(string Label, double Probability);

/// <summary>A stretch of the text that pushed the chosen label.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units.</param>
/// <param name="Text">The stretch itself.</param>
/// <param name="Weight">Its share, 0 to 1, of everything in the text that spoke for the label.</param>
public readonly record struct Cause(int Start, int Length, string Text, double Weight);
