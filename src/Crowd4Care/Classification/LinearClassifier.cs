using Crowd4Care.Contracts;
using Crowd4Care.Language;

namespace Crowd4Care.Classification;

/// <summary>Scores with one linear model.</summary>
public sealed class LinearClassifier(MentionModel model) : IMentionClassifier
{
    private const double LeastShown = 0.05;

    /// <summary>The model that is shipped with the product.</summary>
    /// <param name="readsSentences">See <see cref="ClassificationOptions.ReadSentences"/>.</param>
    public static LinearClassifier Shipped(bool readsSentences = false) => new(MentionModel.LoadDefault(readsSentences));

    /// <summary>The model.</summary>
    public MentionModel Model => model;

    /// <inheritdoc/>
    public string ModelVersion => model.Version;

    /// <inheritdoc/>
    public IReadOnlyList<ClassifierHead> Heads { get; } = [.. model.Heads.Select(h => new ClassifierHead(h.Name, h.Labels))];

    /// <inheritdoc/>
    public MentionScore Score(string text, string? declaredLanguages) => ToScore(model.Score(text, Hint(declaredLanguages)));

    /// <inheritdoc/>
    public MentionScore Explain(string text, string? declaredLanguages) => ToScore(model.Explain(text, Hint(declaredLanguages)));

    private static string? Hint(string? declaredLanguages) => declaredLanguages?.Split(',')[0];

    private MentionScore ToScore(IEnumerable<HeadScore> heads) => new() { ModelVersion = model.Version, Heads = [.. heads.Select(ToScore)] };

    private static Score ToScore(HeadScore score) => new()
    {
        Head = score.Head,
        Label = score.Label,
        Probability = Math.Round(score.Probability, 4),
        Unsure = score.IsUnsure ? true : null,
        Others = score.All.Where(l => l.Label != score.Label && l.Probability >= LeastShown).ToDictionary(l => l.Label, l => Math.Round(l.Probability, 4)),
        Causes = [.. score.Causes.Select(c => new ScoreCause(c.Start, c.Length, c.Text, Math.Round(c.Weight, 4)))],
    };
}
