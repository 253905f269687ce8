using Crowd4Care.Contracts;

namespace Crowd4Care.Classification;

/// <summary>The built-in linear model.</summary>
public sealed class LinearClassifier : IMentionClassifier
{
    /// <inheritdoc/>
    public string ModelVersion => "none";

    /// <inheritdoc/>
    public MentionScore Score(string text, string? declaredLanguages) => new() { ModelVersion = ModelVersion, Heads = [] };
}
