using System.Text.Json.Serialization;

namespace Crowd4Care.Routing.Matching;

/// <summary>What was known of an advocate when they were looked at, as far as it counted.</summary>
public sealed record CandidateFacts
{
    /// <summary>Trust level, 0 to 4.</summary>
    public required int Trust { get; init; }

    /// <summary>How many places there are.</summary>
    public required int Capacity { get; init; }

    /// <summary>Places taken by open offers and claims.</summary>
    public required int Load { get; init; }

    /// <summary>Offers in the same turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int OffersNow { get; init; }

    /// <summary>When the last offer was made to them; null when there was none.</summary>
    public DateTimeOffset? LastOfferAt { get; init; }

    /// <summary>Whether they wanted no offers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAway { get; init; }

    /// <summary>When their quiet hours end; null when it was not quiet.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    /// <summary>How many they want in a day; null for any number.</summary>
    public int? DailyLimit { get; init; }

    /// <summary>How many of these were left; null for any number.</summary>
    public int? LeftToday { get; init; }

    /// <summary>Whether they wrote the mention.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WroteIt { get; init; }

    /// <summary>Proficiency in the skills that count for the mention: its topic, its language, what the rule requires.</summary>
    public required IReadOnlyDictionary<string, double> Skills { get; init; }

    /// <summary>The facts of an advocate that count for a mention.</summary>
    internal static CandidateFacts Of(MatchQuestion question, Candidate candidate) => new()
    {
        Trust = candidate.Trust,
        Capacity = candidate.Capacity,
        Load = candidate.Load,
        OffersNow = candidate.OffersNow,
        LastOfferAt = candidate.LastOfferAt,
        IsAway = candidate.IsAway,
        QuietUntil = candidate.QuietUntil,
        DailyLimit = candidate.DailyLimit,
        LeftToday = candidate.LeftToday,
        WroteIt = question.IsBy(candidate),
        Skills = SkillsOf(question, candidate),
    };

    private static Dictionary<string, double> SkillsOf(MatchQuestion question, Candidate candidate)
    {
        var skills = new Dictionary<string, double>(question.Skills.Count);
        foreach (var skill in question.Skills)
        {
            if (candidate.Skills.TryGetValue(skill, out var level))
                skills.Add(skill, level);
        }

        return skills;
    }

    /// <summary>The advocate again.</summary>
    /// <param name="id">Who.</param>
    /// <param name="name">The name at the time.</param>
    /// <param name="author">The handle of the mention's author.</param>
    internal Candidate ToCandidate(Guid id, string name, string author) => new()
    {
        Id = id, Name = name, Login = WroteIt ? author : id.ToString(), Trust = Trust, Capacity = Capacity, Load = Load, OffersNow = OffersNow,
        LastOfferAt = LastOfferAt, IsAway = IsAway, QuietUntil = QuietUntil, DailyLimit = DailyLimit, LeftToday = LeftToday, Skills = Skills,
    };
}
