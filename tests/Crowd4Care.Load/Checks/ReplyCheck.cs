using Crowd4Care.Load.Faults;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Load.Checks;

/// <summary>
/// Replies against the network: what was accepted stands there once, or failed for a reason; what stands there was accepted; no post is
/// answered twice.
/// </summary>
internal static class ReplyCheck
{
    public static async Task<IReadOnlyList<Violation>> FindAsync(Database database, IEnumerable<PromisedReply> promised, IReadOnlyList<NetworkRecord> network)
    {
        await using var connection = await database.OpenAsync();
        var replies = (await connection.QueryAsync<ReplyRow>(
            """
            SELECT r.id, r.mention_id, r.fence, r.text, r.network_key, r.state, r.error, r.external_id, m.external_id AS parent, m.fence AS mention_fence, m.status
            FROM replies r JOIN mentions m ON m.id = r.mention_id
            """)).AsList();
        var standing = network.ToLookup(r => r.Key);
        return
        [
            .. Promised(promised, replies),
            .. replies.SelectMany(r => Of(r, [.. standing[r.NetworkKey]])),
            .. network.Where(n => !replies.Exists(r => r.NetworkKey == n.Key)).Select(n => new Violation(Broken.DoubledReply, $"{n.Uri} stands on the network, and no reply explains it")),
            .. network.GroupBy(n => n.Parent).Where(g => g.Count() > 1)
                .Select(g => new Violation(Broken.DoubledReply, $"{g.Key} is answered {g.Count()} times: {string.Join(", ", g.Select(n => n.Key))}")),
            .. replies.Where(r => r.State != "failed").GroupBy(r => (r.MentionId, r.Fence)).Where(g => g.Count() > 1)
                .Select(g => new Violation(Broken.Journal, $"mention {g.Key.MentionId}: {g.Count()} replies under the fencing number {g.Key.Fence}")),
        ];
    }

    private static IEnumerable<Violation> Promised(IEnumerable<PromisedReply> promised, List<ReplyRow> replies)
    {
        var known = replies.ToDictionary(r => r.Id);
        return promised.Where(p => !known.ContainsKey(p.ReplyId)).Select(p => new Violation(Broken.Lost, $"reply {p.ReplyId} to mention {p.MentionId} was accepted and is not stored"));
    }

    private static IEnumerable<Violation> Of(ReplyRow reply, IReadOnlyList<NetworkRecord> standing)
    {
        if (reply.State == "posted" && standing.Count == 0)
            yield return new Violation(Broken.Lost, $"reply {reply.Id} to {reply.Parent} counts as posted and is not on the network");
        if (reply.State == "sending")
            yield return new Violation(Broken.Lost, $"reply {reply.Id} to {reply.Parent} is still on its way: {reply.Error}");
        if (reply.State == "failed" && standing.Count > 0)
            yield return new Violation(Broken.Lost, $"reply {reply.Id} to {reply.Parent} counts as failed ({reply.Error}) and stands on the network");
        if (reply.State == "failed" && string.IsNullOrWhiteSpace(reply.Error))
            yield return new Violation(Broken.Lost, $"reply {reply.Id} to {reply.Parent} failed without a reason");
        if (reply.State == "posted" && reply.Status is not ("answered" or "resolved"))
            yield return new Violation(Broken.Journal, $"reply {reply.Id} is posted, and its mention {reply.MentionId} is {reply.Status}");
        if (reply.Fence > reply.MentionFence)
            yield return new Violation(Broken.Journal, $"reply {reply.Id} has the fencing number {reply.Fence}, its mention only {reply.MentionFence}");
        foreach (var record in standing.Where(s => s.Text != reply.Text || s.Parent != reply.Parent))
            yield return new Violation(Broken.Lost, $"reply {reply.Id} stands on the network as something else: {record.Uri}");
    }

    private sealed record ReplyRow
    {
        public required Guid Id { get; init; }

        public required Guid MentionId { get; init; }

        public required long Fence { get; init; }

        public required string Text { get; init; }

        public required string NetworkKey { get; init; }

        public required string State { get; init; }

        public string? Error { get; init; }

        public string? ExternalId { get; init; }

        public required string Parent { get; init; }

        public required long MentionFence { get; init; }

        public required string Status { get; init; }
    }
}
