namespace Crowd4Care.Classification;

/// <summary>How a model and what was made of it fared on texts that neither learned from.</summary>
/// <param name="Learned">How many corrections the candidate learned from: labels by mention and head.</param>
/// <param name="Own">By head, on the posts that the product holds out.</param>
/// <param name="Corrections">By head, on the corrections that are held out.</param>
public sealed record TrainingFigures(int Learned, IReadOnlyList<HeadFigures> Own, IReadOnlyList<HeadFigures> Corrections);

/// <summary>One head before and after.</summary>
/// <param name="Head">The head.</param>
/// <param name="Before">The parent.</param>
/// <param name="After">The candidate.</param>
public sealed record HeadFigures(string Head, ConfusionTable Before, ConfusionTable After);
