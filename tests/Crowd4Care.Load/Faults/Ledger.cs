using System.Collections.Concurrent;

namespace Crowd4Care.Load.Faults;

/// <summary>What the product has promised: every answer of success that somebody got. It must all be kept.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, byte> mentions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, PromisedReply> replies = [];

    /// <summary>External ids of the mentions that a push was answered with success for.</summary>
    public ICollection<string> Mentions => mentions.Keys;

    public ICollection<PromisedReply> Replies => replies.Values;

    public void AddMention(string externalId) => mentions[externalId] = 0;

    public void AddReply(PromisedReply reply) => replies[reply.ReplyId] = reply;
}

/// <summary>A reply that the API took.</summary>
internal sealed record PromisedReply(Guid ReplyId, Guid MentionId, string Text);
