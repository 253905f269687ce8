using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing;

/// <summary>Answers what people ask about a decision: is it reproduced, and why did somebody not get the mention.</summary>
public sealed class DecisionExplainer(RoutingStore store, RuleSetStore ruleSets, MentionStore mentions)
{
    /// <summary>The last decision on a mention, or null when there is none.</summary>
    /// <param name="mentionId">The mention.</param>
    /// <param name="person">About whom is asked; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ExplainedDecision?> ExplainAsync(Guid mentionId, Guid? person = null, CancellationToken cancellationToken = default)
    {
        if ((await store.DecisionsAsync(mentionId, cancellationToken)) is not [var last, ..] || await mentions.FindAsync(mentionId, cancellationToken) is not { } row)
            return null;

        var decision = last.Decision;
        var explained = new ExplainedDecision { DecidedAt = last.DecidedAt, Decision = decision };
        if (person is { } asked && decision.Candidates.FirstOrDefault(c => c.PersonId == asked) is { } shown)
            explained = explained with { Asked = shown };
        // What was deleted, or decided before inputs were stored, can't be decided again.
        if (decision.Inputs is null || row.Status == MentionStatus.Deleted || await store.ScoreAsync(mentionId, cancellationToken) is not { } score
            || await RulesAsync(row.BrandId, decision.RuleSetVersion, cancellationToken) is not { } rules)
            return explained;

        explained = explained with { IsReproduced = Replay.IsSame(Replay.Of(decision, rules, row, score), decision) };
        return person is { } somebody && explained.Asked is null
            && await store.CandidatesAsync(row.BrandId, [somebody], rules.Policy.NewcomerShare > 0, cancellationToken) is [var candidate]
            ? explained with { Asked = Replay.WhyNot(decision, rules, row, score, candidate), AskedIsOfNow = true }
            : explained;
    }

    private async Task<RuleSet?> RulesAsync(string brandId, int version, CancellationToken cancellationToken) =>
        await ruleSets.FindAsync(brandId, version, cancellationToken) is { } stored ? RuleSetCheck.Read(stored.Document).RuleSet : null;
}

/// <summary>A decision with answers.</summary>
public sealed record ExplainedDecision
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The decision with everything that it was made from.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Whether the same inputs gave the same decision again just now; null where that can't be tried: the post was deleted, or the inputs were not stored.</summary>
    public bool? IsReproduced { get; init; }

    /// <summary>What the matcher says of who is asked about; null when nobody is, or they are no advocate of the brand.</summary>
    public Matching.CandidateScore? Asked { get; init; }

    /// <summary>Whether that is judged by what is known of them now, because the decision doesn't show them.</summary>
    public bool AskedIsOfNow { get; init; }
}
