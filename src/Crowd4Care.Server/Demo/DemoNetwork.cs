using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Crowd4Care.Contracts;
using Crowd4Care.Networks;
using Crowd4Care.State;

namespace Crowd4Care.Server.Demo;

/// <summary>
/// A network that exists only in this process: sample mentions arrive at a natural pace, replies are kept, and some of the customers
/// who are answered write back.
/// </summary>
internal sealed class DemoNetwork(DemoContent content, TimeProvider clock) : INetwork
{
    public const string NetworkName = "demo";

    // Enough on the first screen at once, then one every few seconds.
    private const int AtOnce = 40;
    private static readonly TimeSpan ReactsAfter = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<DemoMention> mentions = content.Mentions;
    private readonly TimeProvider time = clock;
    private readonly ConcurrentDictionary<string, PostedReply> replies = new();
    private readonly Channel<NetworkPost> reactions = System.Threading.Channels.Channel.CreateUnbounded<NetworkPost>();
    private int keys;

    public string Name => NetworkName;

    public IReadOnlyList<IPostStream> Streams(ChannelConnection channel) => [new SampleStream(this), new ReactionStream(this)];

    public ReplyPermission MayReply(ChannelConnection channel) => new(true);

    public RequestBudget Budget { get; } = new(1000, 1000, TimeSpan.FromSeconds(1));

    public TextMeasure Measure(string text)
    {
        var count = Graphemes.Count(text);
        return new TextMeasure(count, 300, count <= 300);
    }

    public string NewReplyKey() => string.Create(CultureInfo.InvariantCulture, $"demo-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref keys)}");

    public Task<PostOutcome> PostAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        var posted = replies.GetOrAdd(reply.Key, key =>
        {
            React(reply);
            return new PostedReply($"demo:{key}", null, null);
        });
        return Task.FromResult(PostOutcome.Done(posted));
    }

    public Task<PostedReply?> FindAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken) =>
        Task.FromResult(replies.GetValueOrDefault(reply.Key));

    public Task<ChannelCheck> CheckAsync(ChannelConnection channel, CancellationToken cancellationToken) =>
        Task.FromResult(new ChannelCheck(true, "The demo's own network: nothing leaves this machine."));

    // Every third answered customer writes back, mostly to say thanks.
    private void React(OutgoingReply reply)
    {
        var number = replies.Count + 1;
        if (number % 3 != 0 || mentions.FirstOrDefault(m => m.Id == reply.ParentId) is not { } mention)
            return;

        var mood = number % 4 == 0 ? DemoMood.StillStuck : DemoMood.Thanks;
        var fitting = content.Reactions.Where(r => r.Language == mention.Language && r.Mood == mood).ToList();
        if (fitting.Count == 0)
            return;

        reactions.Writer.TryWrite(ToPost(mention) with
        {
            ExternalId = $"{mention.Id}-reaction-{number}",
            Text = fitting[number % fitting.Count].Text,
            InReplyTo = reply.ParentId,
            Relation = PostRelation.Reply,
        });
    }

    private NetworkPost ToPost(DemoMention mention) => new()
    {
        Network = NetworkName,
        ExternalId = mention.Id,
        Author = new PostAuthor(mention.Author.Handle, mention.Author.Handle, mention.Author.Name, mention.Author.Followers),
        Text = mention.Text,
        CreatedAt = time.GetUtcNow(),
        Languages = [mention.Language],
        InReplyTo = mention.InReplyTo,
        BrandHandle = DemoContent.BrandHandle,
        Relation = mention.InReplyTo is null ? PostRelation.Mention : PostRelation.Reply,
    };

    private sealed class SampleStream(DemoNetwork network) : IPostStream
    {
        public string Name => "samples";

        public async IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var mentions = network.mentions;
            var at = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
            if (at == 0)
            {
                at = Math.Min(AtOnce, mentions.Count);
                // As if they had come over the last hour.
                var now = network.time.GetUtcNow();
                yield return Batch([.. mentions.Take(at).Select((m, i) => network.ToPost(m) with { CreatedAt = now - TimeSpan.FromMinutes(60.0 * (AtOnce - i) / AtOnce) })], at);
            }

            for (; at < mentions.Count; at++)
            {
                // Deterministic, but not a metronome: bursts and lulls as on a real network.
                await Task.Delay(TimeSpan.FromSeconds(2 + at * 37 % 11), network.time, cancellationToken);
                yield return Batch([network.ToPost(mentions[at])], at + 1);
            }
        }

        private static StreamBatch Batch(IReadOnlyList<NetworkPost> posts, int next) =>
            new() { Posts = posts, Cursor = next.ToString(CultureInfo.InvariantCulture) };
    }

    private sealed class ReactionStream(DemoNetwork network) : IPostStream
    {
        public string Name => "reactions";

        public async IAsyncEnumerable<StreamBatch> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var reaction in network.reactions.Reader.ReadAllAsync(cancellationToken))
            {
                await Task.Delay(ReactsAfter, network.time, cancellationToken);
                yield return new StreamBatch { Posts = [reaction with { CreatedAt = network.time.GetUtcNow() }] };
            }
        }
    }
}
