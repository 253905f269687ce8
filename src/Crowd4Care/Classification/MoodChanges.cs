using System.Data.Common;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;

namespace Crowd4Care.Classification;

/// <summary>Tells the journal what became of a customer's mood when they write again after an answer: the outcome that counts most.</summary>
public sealed class MoodChanges(Database database, ScoreStore scores, Journal journal, TimeProvider clock)
{
    // Smaller differences are within what the probabilities are wrong by.
    private const double Noticeable = 0.25;

    private readonly string answered =
        $"""
        SELECT f.id AS follow_up_id, f.brand_id, (
          SELECT a.id FROM mentions a
          WHERE a.conversation_id = f.conversation_id AND a.author_id = f.author_id AND a.id <> f.id AND a.status IN ('answered', 'resolved')
          ORDER BY a.created_at DESC LIMIT 1) AS answered_id
        FROM mentions f WHERE f.id IN {database.Dialect.Ids}
        """;

    /// <summary>Writes an entry for each mention that was answered and whose author wrote one of these afterwards.</summary>
    /// <param name="followUps">Posts that answer a post, with their scores.</param>
    public async Task RecordAsync(DbTransaction transaction, IReadOnlyDictionary<Guid, MentionScore> followUps)
    {
        if (followUps.Count == 0)
            return;

        var pairs = (await transaction.QueryAsync<Pair>(answered, new { ids = Sql.Ids(followUps.Keys) })).Where(p => p.AnsweredId is not null).ToList();
        if (pairs.Count == 0)
            return;

        var before = await scores.OfAsync(transaction, [.. pairs.Select(p => p.AnsweredId!.Value).Distinct()]);
        var now = clock.GetUtcNow();
        await journal.AppendAsync(transaction, pairs.Where(p => before.ContainsKey(p.AnsweredId!.Value)).OrderBy(p => p.FollowUpId).Select(p => new JournalEntry
        {
            At = now, BrandId = p.BrandId, MentionId = p.AnsweredId, Kind = JournalKinds.MoodChanged,
            Data = Sql.ToJson(Compare(p.FollowUpId, before[p.AnsweredId!.Value], followUps[p.FollowUpId])),
        }));
    }

    /// <summary>What changed from one post to the next.</summary>
    /// <param name="by">The later post.</param>
    public static MoodFact Compare(Guid by, MentionScore before, MentionScore after)
    {
        var change = Of(after) - Of(before);
        var shift = change >= Noticeable ? MoodShift.Better : change <= -Noticeable ? MoodShift.Worse : MoodShift.Same;
        return new MoodFact(by, shift, after.LabelOf("intent") == "praise" && after.LabelOf(Heads.Sentiment) != "negative");
    }

    /// <summary>A mood as one number, −2 (angry) to 1 (pleased): the expected sentiment, less the probability of anger.</summary>
    public static double Of(MentionScore score) =>
        score.ProbabilityOf(Heads.Sentiment, "positive") - score.ProbabilityOf(Heads.Sentiment, "negative") - score.ProbabilityOf(Heads.Anger, Heads.Anger);

    private sealed record Pair
    {
        public required Guid FollowUpId { get; init; }

        public required string BrandId { get; init; }

        public Guid? AnsweredId { get; init; }
    }
}
