using System.Text.Json.Serialization;
using Crowd4Care.Contracts;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>
/// What a decision was made from, beside what never changes: the post, its score, the version of the rules. With the advocates' facts
/// (<see cref="CandidateScore.Facts"/>) <see cref="Replay"/> makes the same decision of it again.
/// </summary>
public sealed record DecisionInputs
{
    /// <summary>The time by which it was decided.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The mention's state: classified, or open when it was with the crowd already.</summary>
    public required MentionStatus Status { get; init; }

    /// <summary>Whether the brand's own account wrote it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOwnPost { get; init; }

    /// <summary>Who answered its author before, with the number of answers; null for nobody.</summary>
    public IReadOnlyDictionary<Guid, int>? AnsweredAuthorBefore { get; init; }

    /// <summary>Who had an offer of it before, with what became of it; null for nobody.</summary>
    public IReadOnlyDictionary<Guid, string>? OfferedBefore { get; init; }

    /// <summary>Whether its author wrote again after an answer; known only where a rule asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsReopened { get; init; }

    /// <summary>Turns of its conversation; known only where a rule asks for it.</summary>
    public int Turns { get; init; } = 1;

    /// <summary>When staff were to get it; null before it was first opened.</summary>
    public DateTimeOffset? OverflowAt { get; init; }

    /// <summary>What counted how much: a rule set may leave that to the program, whose defaults change. Null in decisions from before it was stored.</summary>
    public MatchPolicy? Matching { get; init; }

    /// <summary>Who was to get it, where it was matched together with others.</summary>
    public Choice? Choice { get; init; }

    /// <summary>Of several whom it was to be offered to, those who still had a place; null for all.</summary>
    public IReadOnlyList<Guid>? OnlyTo { get; init; }

    /// <summary>Whether its advocate was given other work at the same moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTooLate { get; init; }

    /// <summary>The inputs of a decision.</summary>
    internal static DecisionInputs Of(RoutingTurn turn, RoutableMention mention, Choice? choice) => new()
    {
        Now = turn.Now,
        Status = mention.Row.Status,
        IsOwnPost = mention.IsOwnPost,
        AnsweredAuthorBefore = mention.AnsweredAuthorBefore.Count > 0 ? mention.AnsweredAuthorBefore : null,
        OfferedBefore = mention.OfferedBefore.Count > 0 ? mention.OfferedBefore : null,
        IsReopened = mention.IsReopened,
        Turns = mention.Turns,
        OverflowAt = mention.OverflowAt,
        Matching = turn.Rules.Policy,
        Choice = choice,
    };
}
