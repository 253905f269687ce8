using System.Collections.Concurrent;
using Crowd4Care.Routing.Matching;

namespace Crowd4Care.Routing.Backtest;

/// <summary>
/// Finds who could take a mention if everybody were there and idle: by the matcher's own hard conditions. These ask nothing of a mention but its
/// language and topic, so that a hundred thousand mentions are a few hundred questions.
/// </summary>
internal sealed class QualifiedAdvocates(IReadOnlyList<Candidate> advocates)
{
    // One by one: the matcher tells of many who is the best, and here it matters how many there are.
    private readonly IReadOnlyList<IReadOnlyList<Candidate>> each = [.. advocates.Select(a => (IReadOnlyList<Candidate>)[a])];
    private readonly HashSet<string> spoken = [.. advocates.SelectMany(a => a.Skills).Where(s => s.Value > 0).Select(s => s.Key)];
    private readonly ConcurrentDictionary<(string Action, string Language, string Topic), Qualified> known = new();

    /// <summary>Who could take a mention that is offered so.</summary>
    public Qualified Of(RoutableMention mention, ActionFacts offer) =>
        known.TryGetValue((offer.Text, mention.Language, mention.Topic), out var found) ? found : known.GetOrAdd((offer.Text, mention.Language, mention.Topic), _ => Ask(mention, offer.Action));

    private Qualified Ask(RoutableMention mention, RuleAction offer)
    {
        // The author may be an advocate too, who can't take this one; but the answer is for all mentions of this kind.
        var anybodys = mention with { Row = mention.Row with { AuthorHandle = "" } };
        var capacity = each.Sum(one => Matcher.Rank(anybodys, offer, one, shown: 1).Best?.RoomFor(offer.PlacesTaken) ?? 0);
        var question = new MatchQuestion(anybodys, offer, MatchPolicy.Default);
        return new Qualified(capacity, question.NeedsLanguage && !spoken.Contains(question.Language));
    }
}

/// <summary>Who could take mentions of a kind.</summary>
/// <param name="Capacity">How many mentions they can have at once, together; 0 when there is nobody.</param>
/// <param name="LanguageMissed">Whether it needs a language that no advocate speaks.</param>
internal sealed record Qualified(long Capacity, bool LanguageMissed);
