using Crowd4Care.Contracts;

namespace Crowd4Care.Classification;

/// <summary>Scores a mention's text. A seam: other engines can stand here.</summary>
public interface IMentionClassifier
{
    /// <summary>Names the model; stored with every score.</summary>
    string ModelVersion { get; }

    /// <summary>What it can say.</summary>
    IReadOnlyList<ClassifierHead> Heads { get; }

    /// <summary>Scores a text with every head. Thread-safe.</summary>
    /// <param name="text">The post's text, of any length and content.</param>
    /// <param name="declaredLanguages">The language tags that the author's client declared, separated by commas; a hint.</param>
    MentionScore Score(string text, string? declaredLanguages);

    /// <summary>Scores as <see cref="Score"/> does, and says which words caused it. Thread-safe.</summary>
    MentionScore Explain(string text, string? declaredLanguages);
}

/// <summary>A question that a classifier answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Every answer that it can give.</param>
public sealed record ClassifierHead(string Name, IReadOnlyList<string> Labels);
