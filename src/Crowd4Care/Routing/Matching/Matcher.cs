using System.Globalization;
using Crowd4Care.Mentions;

namespace Crowd4Care.Routing.Matching;

/// <summary>
/// Finds the best-qualified advocate: hard conditions first, then a weighted sum. Pure and deterministic: equal sums go to who has been
/// idle longest (who got fewer offers in this turn, then whose last offer is older), then to the lower id.
/// </summary>
public static class Matcher
{
    /// <summary>Looks at every advocate. Those who can't take the mention come last, with the reason.</summary>
    /// <param name="mention">The mention.</param>
    /// <param name="offer">What the rule wants of who gets it.</param>
    /// <param name="candidates">The advocates.</param>
    /// <param name="shown">How many advocates to explain; the best are among them.</param>
    /// <param name="policy">What counts how much; null for <see cref="MatchPolicy.Default"/>.</param>
    public static Ranking Rank(
        RoutableMention mention, RuleAction offer, IEnumerable<Candidate> candidates, int shown = int.MaxValue, MatchPolicy? policy = null) =>
        Rank(new MatchQuestion(mention, offer, policy ?? MatchPolicy.Default), candidates, shown);

    /// <summary>Looks at every advocate.</summary>
    internal static Ranking Rank(MatchQuestion question, IEnumerable<Candidate> candidates, int shown)
    {
        var (top, looked) = (new BestFew(shown), 0);
        Judgement? unavailable = null;
        foreach (var candidate in candidates)
        {
            var judgement = Judge(question, candidate);
            if (judgement.MayChange)
                unavailable ??= judgement;
            top.Add(judgement);
            looked++;
        }

        // So that a decision can say for what it waits.
        var explained = top.Judgements;
        if (unavailable is { } one && shown > 0 && explained.All(j => j.Hindrance != Hindrance.None && !j.MayChange))
            explained = [.. explained, one];
        return Explain(question, explained, looked, unavailable is not null);
    }

    /// <summary>Puts the best into words.</summary>
    /// <param name="looked">How many there are altogether.</param>
    internal static Ranking Explain(MatchQuestion question, IReadOnlyList<Judgement> top, int looked, bool mayChange) => new(
        [.. top.Select(j => Explain(question, j))], looked - top.Count, top is [{ Hindrance: Hindrance.None } best, ..] ? best.Candidate : null, mayChange);

    // Nothing is made for an advocate but numbers: of hundreds, only the best few are explained.
    internal static Judgement Judge(MatchQuestion question, Candidate candidate)
    {
        var hindrance = Find(question, candidate);
        return new Judgement(candidate, hindrance, hindrance == Hindrance.None ? Math.Round(Parts(question, candidate).Sum, 6) : -1);
    }

    private static (double Topic, double Language, double Contact, double Free, double Preferred, double Sum) Parts(MatchQuestion question, Candidate candidate)
    {
        var policy = question.Policy;
        var topic = policy.Topic * candidate.Proficiency(question.Topic, policy.UndeclaredTopic);
        var language = policy.Language * candidate.Proficiency(question.Language, 0);
        var contact = question.Mention.AnsweredAuthorBefore.ContainsKey(candidate.Id) ? policy.Contact : 0;
        var free = policy.Free * candidate.FreeShare;
        var preferred = Preferred(question.Offer, candidate);
        return (topic, language, contact, free, preferred, topic + language + contact + free + preferred);
    }

    private static double Preferred(RuleAction offer, Candidate candidate)
    {
        var sum = 0.0;
        for (var i = 0; i < offer.Prefer?.Count; i++)
            sum += offer.Prefer[i].Weight * candidate.Proficiency(offer.Prefer[i].Skill, 0);
        return sum;
    }

    private static CandidateScore Explain(MatchQuestion question, Judgement judgement)
    {
        var candidate = judgement.Candidate;
        var score = new CandidateScore { PersonId = candidate.Id, Name = candidate.Name, Facts = CandidateFacts.Of(question, candidate) };
        if (judgement.Hindrance != Hindrance.None)
            return score with { Excluded = Reason(question, candidate, judgement.Hindrance), MayChange = judgement.MayChange };

        var parts = Parts(question, candidate);
        return score with
        {
            // Rounded, so that the stored sum is the compared sum.
            Total = judgement.Total,
            Parts =
            [
                Part("topic", parts.Topic), Part("language", parts.Language), Part("previous contact", parts.Contact), Part("free capacity", parts.Free),
                .. question.Offer.Prefer is null ? (ReadOnlySpan<ScorePart>)[] : [Part("preferred skills", parts.Preferred)],
            ],
        };
    }

    private static ScorePart Part(string name, double value) => new(name, Math.Round(value, 4));

    private static Hindrance Find(MatchQuestion question, Candidate candidate)
    {
        var (mention, offer) = (question.Mention, question.Offer);
        if (mention.OfferedBefore.ContainsKey(candidate.Id))
            return Hindrance.AskedBefore;
        if (question.IsBy(candidate))
            return Hindrance.WroteIt;
        if (candidate.Trust < offer.Trust)
            return Hindrance.Trust;
        if (question.NeedsLanguage && candidate.Proficiency(question.Language, 0) <= 0)
            return Hindrance.Language;
        if (offer.Skills is { Count: > 0 } && Missing(question, candidate) is not null)
            return Hindrance.Skill;
        // Which doesn't pass by itself, as all after it does.
        if (candidate.Capacity < question.Places && question.Places > 1)
            return Hindrance.Capacity;
        if (candidate.IsAway)
            return Hindrance.Away;
        if (candidate.QuietUntil is not null)
            return Hindrance.QuietHours;
        if (candidate.LeftToday - candidate.OffersNow <= 0)
            return Hindrance.DailyLimit;
        if (question.OfNextPlaces)
            return candidate.IsOnePlaceShortOf(question.Places) ? Hindrance.None : Hindrance.NotNext;
        return candidate.FreePlaces < question.Places ? Hindrance.Full : Hindrance.None;
    }

    private static (string Skill, double Level, double AtLeast)? Missing(MatchQuestion question, Candidate candidate)
    {
        foreach (var required in question.Offer.Skills ?? [])
        {
            var skill = question.NameOf(required);
            var level = candidate.Proficiency(skill, 0);
            if (level < required.AtLeast || level <= 0)
                return (skill, level, required.AtLeast);
        }

        return null;
    }

    /// <summary>What somebody did with an earlier offer, in words.</summary>
    /// <param name="state">Its state, as in <see cref="RoutableMention.OfferedBefore"/>.</param>
    public static string Became(string state) => state switch
    {
        OfferStore.Passed => "declined it",
        OfferStore.Expired => "did not react to the offer",
        OfferStore.RanOut => "let the claim run out",
        _ => "gave it back",
    };

    private static string Reason(MatchQuestion question, Candidate candidate, Hindrance hindrance) => hindrance switch
    {
        Hindrance.AskedBefore => Became(question.Mention.OfferedBefore[candidate.Id]),
        Hindrance.WroteIt => "wrote it",
        Hindrance.Trust => string.Create(CultureInfo.InvariantCulture, $"trust {candidate.Trust} is under {question.Offer.Trust}"),
        Hindrance.Language => $"does not speak {question.Mention.Language}",
        Hindrance.Skill when Missing(question, candidate) is { Skill: Newcomers.Mark } => "is no newcomer, and it is their turn",
        Hindrance.Skill when Missing(question, candidate) is { } missing =>
            string.Create(CultureInfo.InvariantCulture, $"{missing.Skill} {missing.Level:0.##} is under {missing.AtLeast:0.##}"),
        Hindrance.Away => "is away",
        Hindrance.QuietHours => string.Create(CultureInfo.InvariantCulture, $"quiet hours until {candidate.QuietUntil:HH:mm}"),
        Hindrance.DailyLimit => string.Create(CultureInfo.InvariantCulture, $"reached the daily limit of {candidate.DailyLimit}"),
        Hindrance.Capacity => string.Create(CultureInfo.InvariantCulture, $"needs {question.Places} places, {candidate.Capacity} in all"),
        _ when question.Places > 1 => string.Create(CultureInfo.InvariantCulture, $"needs {question.Places} places, {Math.Max(0, candidate.FreePlaces)} free"),
        _ => string.Create(CultureInfo.InvariantCulture, $"is full ({candidate.Load} of {candidate.Capacity})"),
    };
}
