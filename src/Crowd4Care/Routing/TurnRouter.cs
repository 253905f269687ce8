using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing;

/// <summary>What all mentions of a turn are decided with.</summary>
/// <param name="Rules">The rules in force.</param>
/// <param name="Version">Their version.</param>
/// <param name="Advocates">Who is here; who is chosen is counted up, so that a turn spreads.</param>
/// <param name="Now">The time.</param>
public sealed record RoutingTurn(RuleSet Rules, int Version, AdvocateIndex Advocates, DateTimeOffset Now)
{
    /// <summary>How many more advocates were here when a decision was made that is now replayed.</summary>
    internal int Unseen { get; init; }
}

/// <summary>
/// Decides for the mentions of a turn: one after the other while there is room for all; where places run out, or somebody better is worth waiting for, all
/// of them together. Pure.
/// </summary>
public static class TurnRouter
{
    // What is matched together grows faster than the number of mentions.
    private const int MostTogether = 100;

    /// <summary>Decides for the mentions in their order: who comes first keeps a place that not all can have.</summary>
    public static Decision[] Decide(RoutingTurn turn, IEnumerable<RoutableMention> mentions) => [.. mentions.Chunk(MostTogether).SelectMany(some => DecideSome(turn, some))];

    private static Decision[] DecideSome(RoutingTurn turn, RoutableMention[] mentions)
    {
        var matches = Array.ConvertAll(mentions, m => Router.Match(turn, m));
        var decisions = mentions.Zip(matches, (m, match) => Router.Decide(turn, m, match)).ToArray();
        var takers = decisions.SelectMany(d => d.OfferedTo.Select(id => (Candidate: turn.Advocates.Find(id)!, d.PlacesTaken))).ToList();
        var most = matches.Max(m => m.Action.PlacesTaken);
        if (mentions.Length < 2 || (takers.All(t => t.Candidate.RoomFor(most) > 0) && decisions.All(d => d.WaitsFor is null)))
            return decisions;

        foreach (var (taker, places) in takers)
            turn.Advocates.Take(taker, -places, -1);
        var asked = mentions.Zip(matches, (m, match) => new JointQuestion(m, match, Router.IsPatient(turn, m, match.Action)))
            .Where(q => q.Match.Action.Action == RuleActionKind.Offer).ToList();
        var choices = asked.Zip(JointMatch.Choose(asked, turn.Advocates, turn.Rules.Policy)).ToDictionary(pair => pair.First.Mention.Row.Id, pair => pair.Second);
        // First those who were chosen for something: nobody else takes their places.
        foreach (var (i, mention) in mentions.Index().OrderByDescending(m => choices.TryGetValue(m.Item.Row.Id, out var choice) && choice.To is not null))
            decisions[i] = Router.Decide(turn, mention, matches[i], choices.GetValueOrDefault(mention.Row.Id));
        return decisions;
    }
}
