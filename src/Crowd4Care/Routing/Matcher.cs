using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>
/// Finds the best-qualified advocate: hard conditions first, then a weighted sum. Pure and deterministic: equal sums go to who had
/// fewer offers lately, then to the lower id.
/// </summary>
public static class Matcher
{
    private const double TopicWeight = 0.45;
    private const double LanguageWeight = 0.20;
    private const double ContactWeight = 0.20;
    private const double FreeWeight = 0.15;

    // Somebody who says nothing of a topic may still know it.
    private const double UndeclaredTopic = 0.2;

    /// <summary>Looks at every advocate. The first of the answer is the best; those who can't take it come last, with the reason.</summary>
    public static IReadOnlyList<CandidateScore> Rank(RoutableMention mention, RuleAction offer, IEnumerable<Candidate> candidates) =>
    [
        .. candidates
            .Select(candidate => (Candidate: candidate, Score: Judge(mention, offer, candidate)))
            .OrderByDescending(c => c.Score.Total ?? -1)
            .ThenBy(c => c.Candidate.RecentOffers)
            .ThenBy(c => c.Candidate.Id)
            .Select(c => c.Score),
    ];

    private static CandidateScore Judge(RoutableMention mention, RuleAction offer, Candidate candidate)
    {
        var score = new CandidateScore { PersonId = candidate.Id, Name = candidate.Name };
        if (Excludes(mention, offer, candidate) is { } exclusion)
            return score with { Excluded = exclusion.Reason, MayChange = exclusion.MayChange };

        IReadOnlyList<ScorePart> parts =
        [
            new("topic", TopicWeight * candidate.Proficiency(Skill.Topic(mention.Topic), UndeclaredTopic)),
            new("language", LanguageWeight * candidate.Proficiency(Skill.Language(mention.Language), 0)),
            new("previous contact", mention.AnsweredAuthorBefore.ContainsKey(candidate.Id) ? ContactWeight : 0),
            new("free capacity", FreeWeight * (candidate.Capacity - candidate.Load) / candidate.Capacity),
        ];
        // Rounded, so that the stored sum is the compared sum.
        return score with { Parts = parts, Total = Math.Round(parts.Sum(p => p.Value), 6) };
    }

    private static Exclusion? Excludes(RoutableMention mention, RuleAction offer, Candidate candidate)
    {
        if (mention.OfferedBefore.TryGetValue(candidate.Id, out var before))
            return new(before == "passed" ? "declined it" : before == "expired" ? "did not react to the offer" : "gave it back", false);
        if (string.Equals(candidate.Login, mention.Row.AuthorHandle, StringComparison.OrdinalIgnoreCase))
            return new("wrote it", false);
        if (candidate.Trust < offer.Trust)
            return new(string.Create(CultureInfo.InvariantCulture, $"trust {candidate.Trust} is under {offer.Trust}"), false);
        if (offer.Language != false && mention.Language is not (Heads.Undetermined or "") && candidate.Proficiency(Skill.Language(mention.Language), 0) <= 0)
            return new($"does not speak {mention.Language}", false);

        foreach (var required in offer.Skills ?? [])
        {
            var skill = required.Skill == RuleEvaluator.OwnTopic ? Skill.Topic(mention.Topic) : required.Skill;
            var level = candidate.Proficiency(skill, 0);
            if (level < required.AtLeast || level <= 0)
                return new(string.Create(CultureInfo.InvariantCulture, $"{skill} {level:0.##} is under {required.AtLeast:0.##}"), false);
        }

        if (candidate.IsAway)
            return new("is away", true);
        if (candidate.Load >= candidate.Capacity)
            return new(string.Create(CultureInfo.InvariantCulture, $"is full ({candidate.Load} of {candidate.Capacity})"), true);

        return null;
    }

    private sealed record Exclusion(string Reason, bool MayChange);
}

/// <summary>An advocate as the matcher sees them.</summary>
public sealed class Candidate
{
    /// <summary>Who.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name to show.</summary>
    public required string Name { get; init; }

    /// <summary>The login name.</summary>
    public required string Login { get; init; }

    /// <summary>Trust level, 0 to 4.</summary>
    public required int Trust { get; init; }

    /// <summary>How many mentions at once.</summary>
    public required int Capacity { get; init; }

    /// <summary>Open offers and claims now; grows while a batch is routed.</summary>
    public required int Load { get; set; }

    /// <summary>Offers in the last hour; grows while a batch is routed.</summary>
    public required int RecentOffers { get; set; }

    /// <summary>Says that no offers are wanted now.</summary>
    public bool IsAway { get; init; }

    /// <summary>Proficiency 0 to 1 by skill.</summary>
    public required IReadOnlyDictionary<string, double> Skills { get; init; }

    /// <summary>Proficiency in a skill, or <paramref name="otherwise"/> when nothing is said of it.</summary>
    public double Proficiency(string skill, double otherwise) => Skills.TryGetValue(skill, out var level) ? level : otherwise;
}

/// <summary>What the matcher found of one advocate.</summary>
public sealed record CandidateScore
{
    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The name at the time.</summary>
    public required string Name { get; init; }

    /// <summary>The weighted sum, 0 to 1; null for the excluded.</summary>
    public double? Total { get; init; }

    /// <summary>The parts of the sum.</summary>
    public IReadOnlyList<ScorePart> Parts { get; init; } = [];

    /// <summary>Why this one can't take it.</summary>
    public string? Excluded { get; init; }

    /// <summary>True when the reason may pass by itself: capacity, absence.</summary>
    public bool MayChange { get; init; }
}

/// <summary>A named part of a sum.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">Its weighted value.</param>
public sealed record ScorePart(string Name, double Value);
