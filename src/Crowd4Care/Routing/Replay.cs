using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Routing.Matching;
using Crowd4Care.Storage;

namespace Crowd4Care.Routing;

/// <summary>
/// Makes a stored decision again from its inputs. Only the advocates are looked at that the decision shows: the best, who was chosen, and who stood in the way;
/// the others changed nothing. Pure.
/// </summary>
public static class Replay
{
    // What held where a rule set said nothing, before decisions told what they were made by.
    private static readonly MatchPolicy First = new() { Topic = 0.60, Language = 0.20, Contact = 0.10, Free = 0.10, UndeclaredTopic = 0.2, WaitMinutes = 15, WaitWorth = 0.03 };

    /// <summary>Decides again.</summary>
    /// <param name="decision">A decision with its inputs.</param>
    /// <param name="rules">The version of the rules that it names.</param>
    /// <param name="row">The mention; of what the life cycle changes in it, what it was then stands in the inputs.</param>
    /// <param name="score">Its score.</param>
    /// <exception cref="ArgumentException">The decision has no inputs: it was made by an older version of the program.</exception>
    public static Decision Of(Decision decision, RuleSet rules, MentionRow row, MentionScore score)
    {
        var mention = Mention(decision, row, score);
        var turn = new RoutingTurn(AsThen(rules, decision), decision.RuleSetVersion, People(decision, row), mention.Now) { Unseen = decision.CandidatesLeftOut };
        var again = Router.Decide(turn, mention, Router.Match(turn, mention), decision.Inputs!.Choice);
        if (decision.Inputs.OnlyTo is { } left)
            again = again.OnlyTo(left);
        return decision.Inputs.IsTooLate ? Router.TooLate(again, turn.Now) : again;
    }

    /// <summary>Whether two decisions are the same in everything that is stored.</summary>
    public static bool IsSame(Decision one, Decision other) => Sql.ToJson(one) == Sql.ToJson(other);

    /// <summary>What the matcher says of somebody whom a decision doesn't show, by what is known of them now.</summary>
    public static CandidateScore WhyNot(Decision decision, RuleSet rules, MentionRow row, MentionScore score, Candidate somebody)
    {
        var mention = Mention(decision, row, score);
        var turn = new RoutingTurn(AsThen(rules, decision), decision.RuleSetVersion, People(decision, row), mention.Now);
        return Matcher.Rank(mention, Router.Match(turn, mention).Action, [somebody], policy: turn.Rules.Policy).Candidates[0];
    }

    private static RuleSet AsThen(RuleSet rules, Decision decision) => rules with { Matching = decision.Inputs?.Matching ?? rules.Matching ?? First };

    private static AdvocateIndex People(Decision decision, MentionRow row) =>
        AdvocateIndex.Of(decision.Candidates.Where(c => c.Facts is not null).Select(c => c.Facts!.ToCandidate(c.PersonId, c.Name, row.AuthorHandle)));

    private static RoutableMention Mention(Decision decision, MentionRow row, MentionScore score)
    {
        var inputs = decision.Inputs ?? throw new ArgumentException("This decision was stored without its inputs.", nameof(decision));
        return new RoutableMention
        {
            Row = row with { Status = inputs.Status, Priority = inputs.Status == MentionStatus.Open ? decision.Priority : 0 },
            Score = score,
            IsOwnPost = inputs.IsOwnPost,
            AnsweredAuthorBefore = inputs.AnsweredAuthorBefore ?? new Dictionary<Guid, int>(),
            OfferedBefore = inputs.OfferedBefore ?? new Dictionary<Guid, string>(),
            IsReopened = inputs.IsReopened,
            Turns = inputs.Turns,
            Now = inputs.Now,
            OverflowAt = inputs.OverflowAt,
        };
    }
}
