using System.Threading.Channels;

namespace Crowd4Care.Server.Desk.Live;

/// <summary>
/// One open desk. Changes that come faster than they can be sent are merged: however many mentions a burst touches, it costs one
/// event and bounded memory.
/// </summary>
internal sealed class DeskStream(Guid personId, TimeProvider clock)
{
    // Changes within it travel together; the first goes out at once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int MostNamed = 100;

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly HashSet<Guid> company = [];
    private HashSet<Guid> changed = [];
    private bool hasChanged;
    private bool tooMany;
    private bool own;
    private DateTimeOffset drainedAt;

    public Guid PersonId { get; } = personId;

    /// <summary>Notes that mentions changed.</summary>
    /// <param name="isOwn">Whether this person's own lists did.</param>
    public void Tell(IReadOnlyList<Guid> mentionIds, bool isOwn)
    {
        lock (gate)
        {
            hasChanged = true;
            own |= isOwn;
            if (!tooMany)
            {
                changed.UnionWith(mentionIds);
                if (changed.Count > MostNamed)
                {
                    tooMany = true;
                    changed = [];
                }
            }
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Notes that anything may have changed.</summary>
    public void TellAll()
    {
        lock (gate)
        {
            hasChanged = own = tooMany = true;
            changed = [];
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Notes that other people have a mention before them than before.</summary>
    public void TellCompany(Guid mentionId)
    {
        lock (gate)
            company.Add(mentionId);
        wake.Writer.TryWrite(true);
    }

    /// <summary>Waits for the next changes; null when there were none for as long as <paramref name="patience"/>.</summary>
    public async Task<DeskEvent?> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (drainedAt + Pause - clock.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, cancellationToken);

        using var timer = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        drainedAt = clock.GetUtcNow();
        return Drain();
    }

    private DeskEvent Drain()
    {
        lock (gate)
        {
            var drained = new DeskEvent(!hasChanged ? [] : own ? ["offers", "feed", "queue"] : ["feed", "queue"], tooMany ? null : [.. changed], [.. company]);
            changed = [];
            company.Clear();
            hasChanged = tooMany = own = false;
            return drained;
        }
    }
}
