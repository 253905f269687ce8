using System.Globalization;
using System.Text.Json;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Community.Skills;

/// <summary>
/// What the history of a mention says of the skills of the advocates who had it. Pure. Each claim is one observation at most: what the customer said
/// last counts before who closed it, and nothing counts twice. Passing an offer, giving a claim back in time and handing over early say nothing.
/// </summary>
public static class OutcomeRules
{
    /// <summary>Handing over later than after this share of the claim's time, extensions included, is late.</summary>
    public const double LateShare = 0.5;

    /// <summary>Kinds of entries after which a mention has to be judged anew.</summary>
    public static IReadOnlyList<string> Deciding { get; } =
    [
        JournalKinds.ClaimExpired, JournalKinds.Escalated, JournalKinds.Resolved, JournalKinds.MoodChanged, JournalKinds.ScoreCorrected, JournalKinds.ScoreConfirmed,
    ];

    /// <summary>Kinds of entries that the rules look at.</summary>
    public static IReadOnlyList<string> LookedAt { get; } = [.. Deciding, JournalKinds.Claimed, JournalKinds.ClaimExtended, JournalKinds.Released, JournalKinds.HandedBack, JournalKinds.ReplyFailed, JournalKinds.ReplyPosted];

    /// <summary>Whether an entry can change what is said of anybody's skills.</summary>
    public static bool Decides(JournalEntry entry) => entry.MentionId is not null && entry.Kind switch
    {
        JournalKinds.Escalated => entry.ActorRole == Role.Advocate,
        JournalKinds.ScoreCorrected or JournalKinds.ScoreConfirmed => entry.ActorRole is Role.Agent or Role.Admin,
        _ => Deciding.Contains(entry.Kind),
    };

    /// <summary>What came of the claims on a mention.</summary>
    /// <param name="history">Its entries of the kinds <see cref="LookedAt"/>, oldest first.</param>
    public static IReadOnlyList<SkillOutcome> Judge(IReadOnlyList<JournalEntry> history)
    {
        var outcomes = new Dictionary<long, SkillOutcome>();
        Claim? claim = null;
        Claim? answered = null;
        foreach (var entry in history)
        {
            switch (entry.Kind)
            {
                case JournalKinds.Claimed:
                    claim = entry is { ActorRole: Role.Advocate, ActorId: { } person } ? new Claim(entry.Seq, person, entry.At, Until(entry) - entry.At, Until(entry)) : null;
                    break;
                case JournalKinds.ClaimExtended:
                    claim = claim is null ? null : claim with { Until = Until(entry) };
                    break;
                case JournalKinds.Released or JournalKinds.HandedBack:
                    claim = null;
                    break;
                case JournalKinds.ReplyFailed:
                    // Not their fault: the network refused it, and the claim began anew.
                    claim = claim is null ? null : claim with { Since = entry.At, Until = entry.At + claim.Lasts };
                    break;
                case JournalKinds.ClaimExpired when claim is not null:
                    Add(claim, SkillRules.ClaimExpired, entry);
                    claim = null;
                    break;
                case JournalKinds.Escalated:
                    if (claim is not null && entry.ActorId == claim.PersonId && entry.At - claim.Since > (claim.Until - claim.Since) * LateShare)
                        Add(claim, SkillRules.HandedOverLate, entry);
                    claim = null;
                    break;
                case JournalKinds.ReplyPosted:
                    answered = claim is not null && claim.PersonId == entry.ActorId ? claim : null;
                    break;
                case JournalKinds.Resolved when answered is not null && !outcomes.ContainsKey(answered.Attempt):
                    Add(answered, entry.ActorId == answered.PersonId ? SkillRules.ResolvedBySelf : SkillRules.ResolvedByOthers, entry);
                    break;
                case JournalKinds.MoodChanged when answered is not null && entry.Data is { } data:
                    Add(answered, RuleOf(Sql.FromJson<MoodFact>(data)), entry);
                    break;
            }
        }

        return [.. outcomes.Values.OrderBy(o => o.Attempt)];

        void Add(Claim of, string rule, JournalEntry entry) => outcomes[of.Attempt] = new SkillOutcome(of.Attempt, of.PersonId, rule, SkillRules.WeightOf(rule), entry.At);
    }

    /// <summary>The skills that a mention asked for: topic and language as staff corrected them, else as the model saw them.</summary>
    /// <param name="topic">The model's topic.</param>
    /// <param name="language">The model's language.</param>
    /// <param name="history">The mention's entries, oldest first.</param>
    /// <param name="labels">What each person says is right, by head.</param>
    public static IReadOnlyList<AskedSkill> Asked(string? topic, string? language, IReadOnlyList<JournalEntry> history, IReadOnlyDictionary<(Guid PersonId, string Head), string> labels)
    {
        var asked = new List<AskedSkill>();
        if (Skill.Topic(Right(Heads.Topic) ?? topic ?? "") is var known && Skill.IsValid(known))
            asked.Add(new AskedSkill(known, SkillRules.TopicShare));
        if (Skill.Language(Right(Heads.Language) ?? language ?? "") is var spoken && Skill.IsValid(spoken) && spoken != Skill.Language(Heads.Undetermined))
            asked.Add(new AskedSkill(spoken, SkillRules.LanguageShare));
        return asked;

        // Who was staff when they said it. An advocate's own word moves nothing: it could move failures away.
        string? Right(string head) => history
            .Where(e => e is { Kind: JournalKinds.ScoreCorrected or JournalKinds.ScoreConfirmed, ActorRole: Role.Agent or Role.Admin, ActorId: not null } && HeadOf(e) == head)
            .Select(e => labels.GetValueOrDefault((e.ActorId!.Value, head))).LastOrDefault(label => label is not null);
    }

    private static string RuleOf(MoodFact fact) => fact switch
    {
        { Mood: MoodShift.Worse } => SkillRules.MoodWorse,
        { Thanked: true } => SkillRules.Thanked,
        { Mood: MoodShift.Better } => SkillRules.MoodBetter,
        _ => SkillRules.MoodSame,
    };

    private static DateTimeOffset? Until(JournalEntry claim) =>
        Text(claim, "until") is { } until && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;

    private static string? HeadOf(JournalEntry entry) => Text(entry, "head");

    private static string? Text(JournalEntry entry, string property)
    {
        if (entry.Data is null)
            return null;
        using var document = JsonDocument.Parse(entry.Data);
        return document.RootElement.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private sealed record Claim(long Attempt, Guid PersonId, DateTimeOffset Since, TimeSpan? Lasts, DateTimeOffset? Until);
}
