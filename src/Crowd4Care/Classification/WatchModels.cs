using System.Data.Common;
using Crowd4Care.Mentions;
using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>Lets every process take a model that was promoted and heads that brands changed, within seconds and before its first mention.</summary>
public sealed class WatchModels(LiveClassifier classifier, BrandHeadStore brandHeads, Leases leases, TimeProvider clock, ILogger<WatchModels> logger) : Sweep(leases, clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override bool OnEveryCopy => true;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (DbException)
        {
            // The next look tells of it.
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await classifier.LookAsync(cancellationToken);
        await brandHeads.LookAsync(cancellationToken);
    }
}
