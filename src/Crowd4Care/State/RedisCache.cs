using System.Text.Json;

namespace Crowd4Care.State;

/// <summary>
/// Answers that all processes share. A group has a number that stands in its keys: dropping it counts on, so that what somebody made
/// from older facts is never found. While Redis is away each process keeps its own.
/// </summary>
internal sealed class RedisCache(RedisLink link, InProcessCache own) : ISharedCache
{
    private static readonly TimeSpan NumberLasts = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<T> GetAsync<T>(string group, string key, TimeSpan lasts, Func<Task<T>> make)
    {
        var number = await link.AskAsync<long?>(async database => (long?)await database.StringGetAsync(Number(group)) ?? 0, () => null);
        if (number is null)
            return await own.GetAsync(group, key, lasts, make);

        var full = $"{Number(group)}:{number}:{key}";
        var known = await link.AskAsync(async database => (string?)await database.StringGetAsync(full), () => null);
        if (known is not null)
            return JsonSerializer.Deserialize<T>(known)!;

        var made = await make();
        await link.AskAsync(database => database.StringSetAsync(full, JsonSerializer.Serialize(made), lasts), () => false);
        return made;
    }

    /// <inheritdoc/>
    public async Task DropAsync(string group)
    {
        await own.DropAsync(group);
        await link.AskAsync(async database =>
        {
            await database.StringIncrementAsync(Number(group));
            return await database.KeyExpireAsync(Number(group), NumberLasts);
        }, () => false);
    }

    private string Number(string group) => link.Key($"cache:{group}");
}
