using Crowd4Care.Contracts;
using Crowd4Care.Language;

namespace Crowd4Care.Classification;

/// <summary>A brand's own head as it scores: by what was learned from corrections where that is sure enough, else by keywords.</summary>
internal sealed class LearnedHead(BrandHead head, MentionModel? model)
{
    /// <summary>What <see cref="Score.By"/> says of what was learned.</summary>
    public const string Corrections = "corrections";

    // Below, what was learned is a guess: a head without a label for "none of these" has to say something of every text.
    private const double LeastBelief = 0.6;

    private readonly LinearClassifier? classifier = model is not null && model.Heads[0].Labels.ToHashSet().SetEquals(head.Labels.Select(l => l.Label)) ? new(model) : null;

    /// <summary>The head.</summary>
    public BrandHead Head => head;

    /// <summary>Whether it was learned, with the labels that it has today.</summary>
    public bool IsLearned => classifier is not null;

    /// <summary>Scores a text; null when there is nothing to say.</summary>
    public Score? Score(string text, bool explain)
    {
        var learned = classifier is null ? null : (explain ? classifier.Explain(text, null) : classifier.Score(text, null)).Heads[0];
        return learned is { Probability: >= LeastBelief } ? learned with { By = Corrections } : KeywordScorer.Of(head, text);
    }
}
