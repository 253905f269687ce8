using Crowd4Care.Contracts;

namespace Crowd4Care.Routing.Matching;

/// <summary>Why somebody can't take a mention.</summary>
internal enum Hindrance
{
    None,
    AskedBefore,
    WroteIt,
    Trust,
    Language,
    Skill,
    Capacity,
    Away,
    QuietHours,
    DailyLimit,
    Full,

    // Only where next places are asked for.
    NotNext,
}

/// <summary>What is asked of every advocate, put into words once.</summary>
internal sealed class MatchQuestion(RoutableMention mention, RuleAction offer, MatchPolicy policy)
{
    public MatchPolicy Policy => policy;

    /// <summary>Whether those are asked for who need one place more.</summary>
    public bool OfNextPlaces { get; init; }

    public RoutableMention Mention => mention;

    public RuleAction Offer => offer;

    /// <summary>How many free places it takes.</summary>
    public int Places { get; } = offer.PlacesTaken;

    public string Topic { get; } = Skill.Topic(mention.Topic);

    public string Language { get; } = Skill.Language(mention.Language);

    public bool NeedsLanguage { get; } = offer.Language != false && mention.Language is not (Heads.Undetermined or "");

    /// <summary>Every skill that counts; put together once, when somebody is explained.</summary>
    public IReadOnlyList<string> Skills => field ??= [.. (Offer.Skills ?? []).Select(NameOf).Concat((Offer.Prefer ?? []).Select(p => p.Skill)).Append(Topic).Append(Language).Distinct()];

    /// <summary>Whether somebody wrote the mention.</summary>
    public bool IsBy(Candidate candidate) => string.Equals(candidate.Login, Mention.Row.AuthorHandle, StringComparison.OrdinalIgnoreCase);

    /// <summary>The skill that is required; the mention's own topic where the rule says so.</summary>
    public string NameOf(RequiredSkill skill) => skill.Skill == RuleEvaluator.OwnTopic ? Topic : skill.Skill;
}
