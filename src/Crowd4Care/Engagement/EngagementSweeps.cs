using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Crowd4Care.Telemetry;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Engagement;

/// <summary>Returns claims that ran out.</summary>
public sealed class SweepClaims(ClaimDesk desk, Leases leases, TimeProvider clock, ILogger<SweepClaims> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken) => desk.ExpireAsync(Limit, cancellationToken);
}

/// <summary>Wakes up the sender for replies that can't be taken back any more, whose message was lost, whose sender died, or whose next try is due.</summary>
public sealed class SweepReplies(ReplyStore replies, WakeUps wakeUps, Leases leases, TimeProvider clock, ILogger<SweepReplies> logger)
    : Sweep(leases, clock, logger)
{
    // Longer than a queue stands still when its network is away: its messages are not lost meanwhile. A reply that was tried is due anew.
    private readonly RecentlyWoken<(Guid Id, DateTimeOffset? Due)> woken = new(ReplyQueues.StandsStill + WakeAgain);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = (await replies.DueAsync(Limit, cancellationToken)).ToDictionary(r => (r.Id, r.NextTryAt));
        var missing = woken.Missing(due.Keys, now);
        // The others were held, or tried before: their time has come.
        CrowdMetrics.Swept("reply", missing.Count(key => due[key] is { Attempts: 0, State: ReplyState.Sending }));
        var sent = await Task.WhenAll(missing.Select(key => SendAsync(due[key])));
        woken.Add(missing.Zip(sent).Where(m => m.Second).Select(m => m.First), now);
    }

    private Task<bool> SendAsync(Reply reply) =>
        wakeUps.SendAsync(ReplyQueues.Of(reply.Network), new ReplySubmitted { ReplyId = reply.Id, Network = reply.Network });
}

/// <summary>Measures how many replies are on their way.</summary>
public sealed class WatchReplies(ReplyStore replies, Leases leases, TimeProvider clock, ILogger<WatchReplies> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override bool OnEveryCopy => true;

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, oldest) = await replies.OnTheirWayAsync(cancellationToken);
        CrowdMetrics.OnTheirWay(count, now - (oldest ?? now));
    }
}
