using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;

namespace Crowd4Care.State;

/// <summary>
/// Messages over a channel of Redis. While it is away only this process is told, and its listener hears every
/// <see cref="PollInterval"/> that it may have missed something.
/// </summary>
internal sealed class RedisFanOut : BackgroundService, IFanOut
{
    /// <summary>How often a listener looks for itself while Redis is away.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(15);

    private const string ChannelName = "live";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly RedisLink link;
    private readonly TimeProvider clock;
    private readonly string source = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private Action<string> heard = _ => { };
    private Action missed = () => { };
    private volatile bool isListening;

    public RedisFanOut(RedisLink link, TimeProvider clock)
    {
        (this.link, this.clock) = (link, clock);
        link.CameBack += () => missed();
    }

    /// <inheritdoc/>
    public bool ReachesOthers => true;

    /// <inheritdoc/>
    public Task SendAsync(string message)
    {
        heard(message);
        return link.AskAsync(database => database.PublishAsync(link.Key(ChannelName), source + message), () => 0);
    }

    /// <inheritdoc/>
    public void Listen(Action<string> heard, Action missed)
    {
        (this.heard, this.missed) = (heard, missed);
        isListening = true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isSubscribed = false;
        var lookedAt = clock.GetUtcNow();
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!isListening)
                continue;

            if (!isSubscribed && (isSubscribed = await link.SubscribeAsync(ChannelName, Hear)))
                missed();
            if (link.IsAway && clock.GetUtcNow() - lookedAt >= PollInterval)
            {
                lookedAt = clock.GetUtcNow();
                missed();
            }
        }
    }

    private void Hear(string message)
    {
        // One's own was told at once.
        if (!message.StartsWith(source, StringComparison.Ordinal))
            heard(message[source.Length..]);
    }
}
