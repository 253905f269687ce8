using System.Collections.Concurrent;

namespace Crowd4Care.State;

/// <summary>Whom this process saw.</summary>
internal sealed class InProcessPresence(TimeProvider clock) : IPresence
{
    /// <summary>How long somebody counts as present after the last sign.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> seen = new();

    /// <inheritdoc/>
    public Task SeenAsync(Guid personId)
    {
        Note(personId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task LeftAsync(Guid personId)
    {
        seen.TryRemove(personId, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<Guid>> PresentAsync() => Task.FromResult<IReadOnlySet<Guid>>(Present().Keys.ToHashSet());

    /// <summary>Notes a sign of somebody. True when they were not present here before.</summary>
    public bool Note(Guid personId)
    {
        var now = clock.GetUtcNow();
        var before = seen.GetValueOrDefault(personId);
        seen[personId] = now;
        return now - before > Lasts;
    }

    /// <summary>Who is present here, and when they were last seen.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Present()
    {
        var since = clock.GetUtcNow() - Lasts;
        foreach (var lapsed in seen.Where(s => s.Value < since))
            seen.TryRemove(lapsed);
        return seen.ToDictionary();
    }
}
