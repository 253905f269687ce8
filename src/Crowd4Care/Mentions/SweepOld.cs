using Crowd4Care.Storage;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Mentions;

/// <summary>Walks over the old mentions a few at a time, so that others can write in between, and rests after each walk.</summary>
public sealed class SweepOld(Retention retention, Leases leases, TimeProvider clock, ILogger<SweepOld> logger) : Sweep(leases, clock, logger)
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    private readonly Queue<RetentionPlace> places = new();
    private DateTimeOffset nextWalk;

    /// <inheritdoc/>
    protected override async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now < nextWalk)
            return;

        if (places.Count == 0)
        {
            foreach (var place in await retention.PlacesAsync(cancellationToken))
                places.Enqueue(place);
        }

        // Places without old mentions are passed at once; where there are some, the next few are a second later.
        while (places.TryDequeue(out var place))
        {
            if (await retention.DeleteAsync(place, cancellationToken) is { } next)
            {
                places.Enqueue(next);
                return;
            }
        }

        nextWalk = now + Rest;
    }
}
