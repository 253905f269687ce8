using System.Collections.Concurrent;
using System.Globalization;
using Crowd4Care.Networks;
using Crowd4Care.State;

namespace Crowd4Care.Tests.Support;

/// <summary>A network that exists only in a test. It takes every reply unless the script says otherwise.</summary>
internal sealed class ScriptedNetwork : INetwork
{
    public const string NetworkName = "scripted";

    public const int LongestText = 300;

    private readonly ConcurrentQueue<Func<OutgoingReply, PostOutcome>> script = new();
    private readonly ConcurrentQueue<OutgoingReply> standing = new();
    private readonly ConcurrentQueue<OutgoingReply> sent = new();
    private int looks;

    public string Name => NetworkName;

    public ReplyPermission Permission { get; set; } = new(true);

    /// <summary>What can be listened to.</summary>
    public IReadOnlyList<IPostStream> Streaming { get; set; } = [];

    /// <summary>What readers of the network see.</summary>
    public IReadOnlyList<OutgoingReply> Standing => [.. standing];

    /// <summary>Every request to post, whatever came of it.</summary>
    public IReadOnlyList<OutgoingReply> Sent => [.. sent];

    /// <summary>How often a reply was looked for.</summary>
    public int Looks => Volatile.Read(ref looks);

    /// <summary>What the next request to post meets.</summary>
    public ScriptedNetwork Then(Func<OutgoingReply, PostOutcome> step)
    {
        script.Enqueue(step);
        return this;
    }

    /// <summary>Lets a reply stand on the network.</summary>
    public PostedReply Stand(OutgoingReply reply)
    {
        standing.Enqueue(reply);
        return ToPosted(reply);
    }

    public IReadOnlyList<IPostStream> Streams(ChannelConnection channel) => Streaming;

    public ReplyPermission MayReply(ChannelConnection channel) => Permission;

    public RequestBudget Budget { get; set; } = new(1000, 1000, TimeSpan.FromSeconds(1));

    public TextMeasure Measure(string text)
    {
        var count = new StringInfo(text).LengthInTextElements;
        return new TextMeasure(count, LongestText, count <= LongestText);
    }

    public string NewReplyKey() => Some.Word("key");

    public Task<PostOutcome> PostAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        sent.Enqueue(reply);
        return Task.FromResult(script.TryDequeue(out var step) ? step(reply) : PostOutcome.Done(Stand(reply)));
    }

    public Task<PostedReply?> FindAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref looks);
        return Task.FromResult(standing.Any(s => s.Key == reply.Key) ? ToPosted(reply) : null);
    }

    public Task<ChannelCheck> CheckAsync(ChannelConnection channel, CancellationToken cancellationToken) => Task.FromResult(new ChannelCheck(true, "It works."));

    private static PostedReply ToPosted(OutgoingReply reply) => new($"posted-{reply.Key}", null, $"https://scripted.example/{reply.Key}");
}
