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
    Away,
    Full,
}

/// <summary>What is asked of every advocate, put into words once.</summary>
internal sealed class MatchQuestion(RoutableMention mention, RuleAction offer, MatchWeights weights)
{
    public MatchWeights Weights => weights;

    public RoutableMention Mention => mention;

    public RuleAction Offer => offer;

    public string Topic { get; } = Skill.Topic(mention.Topic);

    public string Language { get; } = Skill.Language(mention.Language);

    public bool NeedsLanguage { get; } = offer.Language != false && mention.Language is not (Heads.Undetermined or "");

    /// <summary>The skill that is required; the mention's own topic where the rule says so.</summary>
    public string NameOf(RequiredSkill skill) => skill.Skill == RuleEvaluator.OwnTopic ? Topic : skill.Skill;
}
