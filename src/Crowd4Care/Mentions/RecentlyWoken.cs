namespace Crowd4Care.Mentions;

/// <summary>
/// What a sweep has sent lately. When a stage is behind, or its queue stands still, the messages wait there: sending them again every second
/// would only fill the queue.
/// </summary>
/// <param name="again">After this time a message counts as lost once more.</param>
public sealed class RecentlyWoken<T>(TimeSpan again)
    where T : notnull
{
    private readonly Dictionary<T, DateTimeOffset> at = [];

    /// <summary>Those that were not sent lately.</summary>
    public IReadOnlyList<T> Missing(IEnumerable<T> due, DateTimeOffset now)
    {
        foreach (var old in at.Where(w => now - w.Value >= again).Select(w => w.Key).ToList())
            at.Remove(old);
        return [.. due.Where(d => !at.ContainsKey(d))];
    }

    /// <summary>Notes that they were sent.</summary>
    public void Add(IEnumerable<T> sent, DateTimeOffset now)
    {
        foreach (var one in sent)
            at[one] = now;
    }
}
