using System.ComponentModel;
using System.Text.Json.Serialization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>What adds to a mention's priority beside the rules. With nothing said, rules alone give priority.</summary>
public sealed record PriorityPolicy
{
    /// <summary>Points for a text that is certainly angry; less by its probability.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Points for a text that is certainly angry, 0 to 1000; less by its probability.")]
    public int Anger { get; init; }

    /// <summary>Points for every power of ten in the number of the author's followers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Points for every power of ten in the number of the author's followers, 0 to 100: with 5, 1,000 followers are worth 15.")]
    public int Reach { get; init; }

    /// <summary>The parts that a mention has by this; those of no weight are left out.</summary>
    internal IEnumerable<PriorityPart> PartsOf(RoutableMention mention)
    {
        if (Anger != 0 && (int)Math.Round(Anger * mention.Score.ProbabilityOf(Heads.Anger, Heads.Anger)) is not 0 and var anger)
            yield return new PriorityPart(PriorityPart.AngerName, anger);
        if (Reach != 0 && (int)Math.Round(Reach * Math.Log10(1 + Math.Max(0, mention.Row.AuthorFollowers ?? 0))) is not 0 and var reach)
            yield return new PriorityPart(PriorityPart.ReachName, reach);
    }
}

/// <summary>A named part of a mention's priority.</summary>
/// <param name="Name">The rule's id, or <see cref="AngerName"/>, <see cref="ReachName"/>.</param>
/// <param name="Points">What it adds.</param>
public sealed record PriorityPart(string Name, int Points)
{
    /// <summary>What anger adds.</summary>
    public const string AngerName = "anger";

    /// <summary>What the author's reach adds.</summary>
    public const string ReachName = "reach";
}
