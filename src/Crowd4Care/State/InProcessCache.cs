using System.Collections.Concurrent;

namespace Crowd4Care.State;

/// <summary>Answers that this process keeps.</summary>
internal sealed class InProcessCache(TimeProvider clock) : ISharedCache
{
    private readonly ConcurrentDictionary<string, Group> groups = new();

    /// <inheritdoc/>
    public async Task<T> GetAsync<T>(string group, string key, TimeSpan lasts, Func<Task<T>> make)
    {
        // Whoever drops the group takes it away as a whole; what is made meanwhile ends up in the old one.
        var answers = groups.GetOrAdd(group, _ => new Group());
        var now = clock.GetUtcNow();
        if (answers.ByKey.TryGetValue(key, out var known) && known.Until > now && known.Value is T value)
            return value;

        var made = await make();
        foreach (var old in answers.ByKey.Where(a => a.Value.Until <= now))
            answers.ByKey.TryRemove(old);
        answers.ByKey[key] = new Answer(now + lasts, made);
        return made;
    }

    /// <inheritdoc/>
    public Task DropAsync(string group)
    {
        groups.TryRemove(group, out _);
        return Task.CompletedTask;
    }

    private sealed class Group
    {
        public ConcurrentDictionary<string, Answer> ByKey { get; } = new();
    }

    private sealed record Answer(DateTimeOffset Until, object? Value);
}
