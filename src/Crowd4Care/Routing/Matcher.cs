using System.Globalization;
using Crowd4Care.Contracts;

namespace Crowd4Care.Routing;

/// <summary>
/// Finds the best-qualified advocate: hard conditions first, then a weighted sum. Pure and deterministic: equal sums go to who has been
/// idle longest (who got fewer offers in this turn, then whose last offer is older), then to the lower id.
/// </summary>
public static class Matcher
{
    private const double TopicWeight = 0.45;
    private const double LanguageWeight = 0.20;
    private const double ContactWeight = 0.20;
    private const double FreeWeight = 0.15;

    // Somebody who says nothing of a topic may still know it.
    private const double UndeclaredTopic = 0.2;

    /// <summary>Looks at every advocate. Those who can't take the mention come last, with the reason.</summary>
    /// <param name="shown">How many advocates to explain; the best are among them.</param>
    public static Ranking Rank(RoutableMention mention, RuleAction offer, IReadOnlyList<Candidate> candidates, int shown = int.MaxValue)
    {
        var question = new Question(mention, offer);
        var top = new List<Judgement>(Math.Min(shown, candidates.Count) + 1);
        var mayChange = false;
        foreach (var candidate in candidates)
        {
            var judgement = Judge(question, candidate);
            mayChange |= judgement.MayChange;
            Insert(top, judgement, shown);
        }

        return new Ranking(
            [.. top.Select(j => Explain(question, j))], candidates.Count - top.Count, top is [{ Hindrance: Hindrance.None } best, ..] ? best.Candidate : null, mayChange);
    }

    // Nothing is made for an advocate but numbers: of hundreds, only the best few are explained.
    private static Judgement Judge(Question question, Candidate candidate)
    {
        var hindrance = Find(question, candidate);
        return new Judgement(candidate, hindrance, hindrance == Hindrance.None ? Math.Round(Parts(question, candidate).Sum, 6) : -1);
    }

    private static (double Topic, double Language, double Contact, double Free, double Sum) Parts(Question question, Candidate candidate)
    {
        var topic = TopicWeight * candidate.Proficiency(question.Topic, UndeclaredTopic);
        var language = LanguageWeight * candidate.Proficiency(question.Language, 0);
        var contact = question.Mention.AnsweredAuthorBefore.ContainsKey(candidate.Id) ? ContactWeight : 0;
        var free = FreeWeight * (candidate.Capacity - candidate.Load) / candidate.Capacity;
        return (topic, language, contact, free, topic + language + contact + free);
    }

    private static void Insert(List<Judgement> top, Judgement judgement, int most)
    {
        if (top.Count >= most && judgement.CompareTo(top[^1]) >= 0)
            return;

        var at = top.BinarySearch(judgement);
        top.Insert(at < 0 ? ~at : at, judgement);
        if (top.Count > most)
            top.RemoveAt(most);
    }

    private static CandidateScore Explain(Question question, Judgement judgement)
    {
        var candidate = judgement.Candidate;
        var score = new CandidateScore { PersonId = candidate.Id, Name = candidate.Name };
        if (judgement.Hindrance != Hindrance.None)
            return score with { Excluded = Reason(question, candidate, judgement.Hindrance), MayChange = judgement.MayChange };

        var parts = Parts(question, candidate);
        return score with
        {
            // Rounded, so that the stored sum is the compared sum.
            Total = judgement.Total,
            Parts = [Part("topic", parts.Topic), Part("language", parts.Language), Part("previous contact", parts.Contact), Part("free capacity", parts.Free)],
        };
    }

    private static ScorePart Part(string name, double value) => new(name, Math.Round(value, 4));

    private static Hindrance Find(Question question, Candidate candidate)
    {
        var (mention, offer) = (question.Mention, question.Offer);
        if (mention.OfferedBefore.ContainsKey(candidate.Id))
            return Hindrance.AskedBefore;
        if (string.Equals(candidate.Login, mention.Row.AuthorHandle, StringComparison.OrdinalIgnoreCase))
            return Hindrance.WroteIt;
        if (candidate.Trust < offer.Trust)
            return Hindrance.Trust;
        if (question.NeedsLanguage && candidate.Proficiency(question.Language, 0) <= 0)
            return Hindrance.Language;
        if (offer.Skills is { Count: > 0 } && Missing(question, candidate) is not null)
            return Hindrance.Skill;
        if (candidate.IsAway)
            return Hindrance.Away;
        return candidate.Load >= candidate.Capacity ? Hindrance.Full : Hindrance.None;
    }

    private static (string Skill, double Level, double AtLeast)? Missing(Question question, Candidate candidate)
    {
        foreach (var required in question.Offer.Skills ?? [])
        {
            var skill = required.Skill == RuleEvaluator.OwnTopic ? question.Topic : required.Skill;
            var level = candidate.Proficiency(skill, 0);
            if (level < required.AtLeast || level <= 0)
                return (skill, level, required.AtLeast);
        }

        return null;
    }

    private static string Reason(Question question, Candidate candidate, Hindrance hindrance) => hindrance switch
    {
        Hindrance.AskedBefore => question.Mention.OfferedBefore[candidate.Id] switch
        {
            "passed" => "declined it",
            "expired" => "did not react to the offer",
            _ => "gave it back",
        },
        Hindrance.WroteIt => "wrote it",
        Hindrance.Trust => string.Create(CultureInfo.InvariantCulture, $"trust {candidate.Trust} is under {question.Offer.Trust}"),
        Hindrance.Language => $"does not speak {question.Mention.Language}",
        Hindrance.Skill when Missing(question, candidate) is { } missing =>
            string.Create(CultureInfo.InvariantCulture, $"{missing.Skill} {missing.Level:0.##} is under {missing.AtLeast:0.##}"),
        Hindrance.Away => "is away",
        _ => string.Create(CultureInfo.InvariantCulture, $"is full ({candidate.Load} of {candidate.Capacity})"),
    };

    private enum Hindrance
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

    // What is asked of every advocate, put into words once.
    private sealed class Question(RoutableMention mention, RuleAction offer)
    {
        public RoutableMention Mention => mention;

        public RuleAction Offer => offer;

        public string Topic { get; } = Skill.Topic(mention.Topic);

        public string Language { get; } = Skill.Language(mention.Language);

        public bool NeedsLanguage { get; } = offer.Language != false && mention.Language is not (Heads.Undetermined or "");
    }

    private readonly record struct Judgement(Candidate Candidate, Hindrance Hindrance, double Total) : IComparable<Judgement>
    {
        public bool MayChange => Hindrance is Hindrance.Away or Hindrance.Full;

        // The best first.
        public int CompareTo(Judgement other)
        {
            var order = other.Total.CompareTo(Total);
            if (order == 0)
                order = Candidate.OffersNow.CompareTo(other.Candidate.OffersNow);
            if (order == 0)
                order = Nullable.Compare(Candidate.LastOfferAt, other.Candidate.LastOfferAt);
            return order != 0 ? order : Candidate.Id.CompareTo(other.Candidate.Id);
        }
    }
}

/// <summary>What the matcher found.</summary>
/// <param name="Candidates">The advocates to show, the best first, the excluded last.</param>
/// <param name="LeftOut">How many more were looked at.</param>
/// <param name="Best">Who should get it; null when nobody can take it.</param>
/// <param name="MayChange">Whether somebody can't take it for a reason that may pass by itself.</param>
public sealed record Ranking(IReadOnlyList<CandidateScore> Candidates, int LeftOut, Candidate? Best, bool MayChange);

/// <summary>An advocate as the matcher sees them.</summary>
public sealed record Candidate
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

    /// <summary>When the last offer was made to them; null when there was none.</summary>
    public DateTimeOffset? LastOfferAt { get; init; }

    /// <summary>Offers in this turn; grows while a batch is routed.</summary>
    public int OffersNow { get; set; }

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
