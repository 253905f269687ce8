namespace Crowd4Care.Contracts;

/// <summary>What classification says of a mention.</summary>
public sealed record MentionScore
{
    /// <summary>The model that said it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>One score for each head of the model.</summary>
    public required IReadOnlyList<Score> Heads { get; init; }

    /// <summary>The score of a head, or null where the model has no such head.</summary>
    public Score? Of(string head) => Heads.FirstOrDefault(s => s.Head == head);

    /// <summary>The chosen label of a head, or an empty text.</summary>
    public string LabelOf(string head) => Of(head)?.Label ?? "";

    /// <summary>The probability of a label, 0 where the model does not know it.</summary>
    public double ProbabilityOf(string head, string label) =>
        Of(head) is { } score
            ? score.Label == label ? score.Probability : score.Others?.GetValueOrDefault(label) ?? 0
            : 0;
}

/// <summary>One head's answer.</summary>
public sealed record Score
{
    /// <summary>What was asked: <c>language</c>, <c>sentiment</c>, <c>anger</c>, …</summary>
    public required string Head { get; init; }

    /// <summary>The most probable label.</summary>
    public required string Label { get; init; }

    /// <summary>Its calibrated probability, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>Probabilities of the other labels that reach one in twenty.</summary>
    public IReadOnlyDictionary<string, double>? Others { get; init; }

    /// <summary>True where more than one in five answers as probable as this one is wrong; else absent.</summary>
    public bool? Unsure { get; init; }

    /// <summary>How it was found: null for the model, <c>keywords</c> or <c>corrections</c> for a brand's own head.</summary>
    public string? By { get; init; }

    /// <summary>The stretches of text that caused the label, strongest first.</summary>
    public IReadOnlyList<ScoreCause> Causes { get; init; } = [];
}

/// <summary>A stretch of the text and its share in a score.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="Length">Number of UTF-16 code units.</param>
/// <param name="Text">The stretch itself.</param>
/// <param name="Weight">Its share; positive speaks for the label.</param>
public sealed record ScoreCause(int Start, int Length, string Text, double Weight);

/// <summary>Names of the heads and labels that the product itself asks for.</summary>
public static class Heads
{
    /// <summary>ISO 639-1 code, or <see cref="Undetermined"/>.</summary>
    public const string Language = "language";

    /// <summary>negative, neutral or positive.</summary>
    public const string Sentiment = "sentiment";

    /// <summary>Head and its label for an angry text.</summary>
    public const string Anger = "anger";

    /// <summary>toxic or clean.</summary>
    public const string Toxicity = "toxicity";

    /// <summary>The label of <see cref="Toxicity"/> for an offensive text.</summary>
    public const string Toxic = "toxic";

    /// <summary>The support topic.</summary>
    public const string Topic = "topic";

    /// <summary>The language of a text that gives no clue.</summary>
    public const string Undetermined = "und";
}
