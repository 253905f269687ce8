namespace Crowd4Care.Routing;

/// <summary>A rule set, or what is wrong with the document.</summary>
/// <param name="RuleSet">Null when there are mistakes.</param>
/// <param name="Mistakes">All that were found.</param>
public sealed record RuleSetReading(RuleSet? RuleSet, IReadOnlyList<RuleSetMistake> Mistakes)
{
    /// <summary>What is allowed and can hardly be meant; looked for when it is asked for, as it takes longer than reading.</summary>
    public IReadOnlyList<RuleSetWarning> Warnings => field ??= RuleSet is null ? [] : RuleSetWarnings.Of(RuleSet);
}

/// <summary>A mistake in a rule set document.</summary>
/// <param name="Path">Where, as a JSON path.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record RuleSetMistake(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
