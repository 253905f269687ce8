using Crowd4Care.Networks;
using Crowd4Care.State;

namespace Crowd4Care.Tests.Bus;

/// <summary>A network that nobody can reach.</summary>
internal sealed class AwayNetwork(string name) : INetwork
{
    private int tries;

    public string Name => name;

    public RequestBudget Budget { get; } = new(1000, 1000, TimeSpan.FromSeconds(1));

    public int Tries => Volatile.Read(ref tries);

    public IReadOnlyList<IPostStream> Streams(ChannelConnection channel) => [];

    public ReplyPermission MayReply(ChannelConnection channel) => new(true);

    public TextMeasure Measure(string text) => new(text.Length, 300, true);

    public string NewReplyKey() => Support.Some.Word("key");

    public Task<PostOutcome> PostAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref tries);
        return Task.FromResult(new PostOutcome(PostOutcomeKind.Transient, Reason: "Nobody answers."));
    }

    public Task<PostedReply?> FindAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken) => Task.FromResult<PostedReply?>(null);

    public Task<ChannelCheck> CheckAsync(ChannelConnection channel, CancellationToken cancellationToken) => Task.FromResult(new ChannelCheck(false, "Nobody answers."));
}
