using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>Looks every few minutes whether the mix of labels moves: for the metric, and for the health of this process.</summary>
public sealed class WatchDrift(DriftMonitor drift, Leases leases, TimeProvider clock, ILogger<WatchDrift> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override bool OnEveryCopy => true;

    /// <inheritdoc/>
    protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken) => drift.LookAsync(cancellationToken);
}
