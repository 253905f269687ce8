using System.Data.Common;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Routing.Backtest;

/// <summary>
/// What conversations and authors had been through when past mentions came, as far as rules ask for it: the stored times of mentions and answers say so. An
/// answer that was posted counts from its posting, one without a reply of ours from when the mention was closed. For one run and one page at a time.
/// </summary>
/// <param name="database">Where they are.</param>
/// <param name="ofConversations">Whether rules ask for conversations.</param>
/// <param name="ofAuthors">Whether rules ask for earlier contact.</param>
public sealed class PastFacts(Database database, bool ofConversations, bool ofAuthors)
{
    // An author or a conversation may come again on the next page; what is known of them never changes. So many are a few dozen megabytes.
    private const int MostKept = 200_000;

    private const string PostedAt = "COALESCE(p.posted_at, p.created_at)";

    private static readonly string AnsweredAt =
        $"COALESCE((SELECT MIN({PostedAt}) FROM replies p WHERE p.mention_id = m.id AND p.state = 'posted'), m.status_at)";

    private readonly Dictionary<Guid, Conversation> conversations = [];
    private readonly Dictionary<(string Network, string AuthorId), IReadOnlyList<(Guid PersonId, DateTimeOffset At)>> answers = [];

    /// <summary>The mentions with what is to be known of them.</summary>
    public async Task<IReadOnlyList<PastMention>> AddAsync(DbConnection connection, IReadOnlyList<PastMention> mentions)
    {
        if (ofConversations)
            await ReadConversationsAsync(connection, mentions);
        if (ofAuthors)
            await ReadAnswersAsync(connection, mentions);
        return ofConversations || ofAuthors ? [.. mentions.Select(With)] : mentions;
    }

    private PastMention With(PastMention mention)
    {
        var row = mention.Row;
        if (conversations.TryGetValue(row.ConversationId, out var conversation) && conversation != Conversation.Alone)
        {
            mention = mention with
            {
                Turns = Math.Max(1, conversation.Turns.Count(at => at <= row.ReceivedAt)),
                IsReopened = conversation.FirstAnswers.TryGetValue(row.AuthorId, out var answered) && answered < row.ReceivedAt,
            };
        }

        return answers.TryGetValue((row.Network, row.AuthorId), out var given) && given.Count > 0
            ? mention with { AnsweredAuthorBefore = given.Where(a => a.At < row.ReceivedAt).CountBy(a => a.PersonId).ToDictionary() }
            : mention;
    }

    private async Task ReadConversationsAsync(DbConnection connection, IReadOnlyList<PastMention> mentions)
    {
        var ids = Unknown(conversations, mentions.Select(m => m.Row.ConversationId));
        var parameters = new { ids = Sql.Ids(ids) };
        var turns = (await connection.QueryAsync<Turn>(
            $"""
            SELECT m.conversation_id, m.author_id, m.received_at AS at, CASE WHEN m.status IN ('answered', 'resolved') THEN {AnsweredAt} END AS answered_at
            FROM mentions m WHERE m.conversation_id IN {database.Dialect.Ids}
            """, parameters)).ToLookup(t => t.ConversationId);
        var replies = (await connection.QueryAsync<(Guid ConversationId, DateTimeOffset At)>(
            $"""
            SELECT m.conversation_id, {PostedAt} AS at
            FROM mentions m JOIN replies p ON p.mention_id = m.id AND p.state = 'posted' WHERE m.conversation_id IN {database.Dialect.Ids}
            """, parameters)).ToLookup(r => r.ConversationId, r => r.At);
        foreach (var id in ids)
            conversations[id] = Conversation.Of([.. turns[id]], replies[id]);
    }

    private async Task ReadAnswersAsync(DbConnection connection, IReadOnlyList<PastMention> mentions)
    {
        var authors = Unknown(answers, mentions.Select(m => (m.Row.Network, m.Row.AuthorId)));
        var found = (await connection.QueryAsync<(string Network, string AuthorId, Guid PersonId, DateTimeOffset At)>(
            $"""
            SELECT m.network, m.author_id, m.assignee_id AS person_id, {AnsweredAt} AS at
            FROM (SELECT r.value->>'network' AS network, r.value->>'authorId' AS author_id FROM {database.Dialect.Rows}) AS a
            JOIN mentions m ON m.network = a.network AND m.author_id = a.author_id AND m.assignee_id IS NOT NULL AND m.status IN ('answered', 'resolved')
            """, new { rows = Sql.Rows(authors.Select(a => new { a.Network, a.AuthorId })) })).ToLookup(a => (a.Network, a.AuthorId), a => (a.PersonId, a.At));
        foreach (var author in authors)
            answers[author] = [.. found[author]];
    }

    private static List<TKey> Unknown<TKey, TValue>(Dictionary<TKey, TValue> known, IEnumerable<TKey> keys) where TKey : notnull
    {
        if (known.Count > MostKept)
            known.Clear();
        return [.. keys.Distinct().Where(key => !known.ContainsKey(key))];
    }

    private sealed record Turn
    {
        public required Guid ConversationId { get; init; }

        public required string AuthorId { get; init; }

        public required DateTimeOffset At { get; init; }

        public DateTimeOffset? AnsweredAt { get; init; }
    }

    // When something was said in it, and when each author had the first answer.
    private sealed record Conversation(IReadOnlyList<DateTimeOffset> Turns, IReadOnlyDictionary<string, DateTimeOffset> FirstAnswers)
    {
        // Nearly all: nothing is to be known of one mention alone.
        public static Conversation Alone { get; } = new([], new Dictionary<string, DateTimeOffset>());

        public static Conversation Of(IReadOnlyList<Turn> mentions, IEnumerable<DateTimeOffset> replies) => mentions.Count < 2 ? Alone : new(
            [.. mentions.Select(m => m.At), .. replies],
            mentions.Where(m => m.AnsweredAt is not null).GroupBy(m => m.AuthorId).ToDictionary(a => a.Key, a => a.Min(m => m.AnsweredAt!.Value)));
    }
}
