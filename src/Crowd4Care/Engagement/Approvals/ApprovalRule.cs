using Crowd4Care.Contracts;

namespace Crowd4Care.Engagement.Approvals;

/// <summary>Whose reply waits for staff before it is sent.</summary>
public static class ApprovalRule
{
    /// <summary>Why it waits, as a part of a sentence; null when it does not. The replies of staff never do.</summary>
    public static string? Reason(ApprovalFacts facts) => facts switch
    {
        { Role: not Role.Advocate } => null,
        { RuleAsks: true } => "a rule asks for it",
        _ when facts.Trust < facts.BelowTrust => $"of trust {facts.Trust}",
        _ => null,
    };
}

/// <summary>What decides whether a reply waits for approval.</summary>
public sealed record ApprovalFacts
{
    /// <summary>The writer's role.</summary>
    public required Role Role { get; init; }

    /// <summary>The writer's trust level, 0 to 4.</summary>
    public required int Trust { get; init; }

    /// <summary>The brand's setting: lower trust waits. 0 for nobody, 5 for everybody.</summary>
    public required int BelowTrust { get; init; }

    /// <summary>Whether the rule that gave the mention to the crowd asks for approval.</summary>
    public bool RuleAsks { get; init; }
}
