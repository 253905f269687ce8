using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Community;

/// <summary>Keeps the points up to date with the journal.</summary>
public sealed class AwardPoints(PointsLedger ledger, Leases leases, TimeProvider clock, ILogger<AwardPoints> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await ledger.CatchUpAsync(cancellationToken))
        {
            // Batch by batch, so that others can write in between.
        }
    }
}
