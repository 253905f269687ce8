using Crowd4Care.Contracts;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing.Backtest;

/// <summary>A stored mention with its score, as far as rules can ask for it.</summary>
/// <param name="Row">What was read of the mention; the rest of it is empty.</param>
/// <param name="Score">Its score.</param>
public sealed record PastMention(MentionRow Row, ScoreRow Score)
{
    /// <summary>Whether its author had an answer in the same conversation when it came; known only where it was asked for.</summary>
    public bool IsReopened { get; init; }

    /// <summary>Turns of its conversation when it came; known only where it was asked for.</summary>
    public int Turns { get; init; } = 1;

    /// <summary>Who had answered its author when it came, with the number of answers; known only where it was asked for.</summary>
    public IReadOnlyDictionary<Guid, int> AnsweredAuthorBefore { get; init; } = Nobody;

    private static IReadOnlyDictionary<Guid, int> Nobody { get; } = new Dictionary<Guid, int>();

    /// <summary>
    /// The mention as the router saw it when it first came: classified, with the priority of an ordinary one, whatever became of it since.
    /// </summary>
    /// <param name="ownAccounts">The brand's own accounts, as <see cref="PastMentions.OwnAccountsAsync"/> tells them.</param>
    public RoutableMention ToRoutable(IReadOnlySet<string> ownAccounts) => new()
    {
        Row = Row with { Status = MentionStatus.Classified, StatusAt = Row.ReceivedAt },
        Score = Score.ToScore(),
        IsOwnPost = ownAccounts.Count > 0 && ownAccounts.Contains($"{Row.Network} {Row.AuthorHandle.ToLowerInvariant()}"),
        IsReopened = IsReopened,
        Turns = Turns,
        AnsweredAuthorBefore = AnsweredAuthorBefore,
    };
}
