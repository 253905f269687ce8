using System.Collections.Concurrent;

namespace Crowd4Care.State;

/// <summary>Who is at the desk now. Rebuilt by itself: an open desk says so every half minute, an API call each time.</summary>
public sealed class Presence(TimeProvider clock)
{
    /// <summary>How long somebody counts as present after the last sign.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> seen = new();

    /// <summary>Notes a sign of somebody. True when they were not present before.</summary>
    public bool Seen(Guid personId)
    {
        var now = clock.GetUtcNow();
        var before = seen.GetValueOrDefault(personId);
        seen[personId] = now;
        return now - before > Lasts;
    }

    /// <summary>Notes that somebody left.</summary>
    public void Left(Guid personId) => seen.TryRemove(personId, out _);

    /// <summary>Whether somebody is present.</summary>
    public bool IsPresent(Guid personId) => clock.GetUtcNow() - seen.GetValueOrDefault(personId) <= Lasts;

    /// <summary>Everybody who is present.</summary>
    public IReadOnlyList<Guid> Present()
    {
        var since = clock.GetUtcNow() - Lasts;
        return [.. seen.Where(s => s.Value >= since).Select(s => s.Key)];
    }
}
