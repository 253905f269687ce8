using System.Globalization;
using StackExchange.Redis;

namespace Crowd4Care.State;

/// <summary>
/// Budgets that all workers of an installation share. While Redis is away each worker goes by a full budget of its own and by the pauses
/// that it met itself: then a network may see more than the budget, and says so.
/// </summary>
internal sealed class RedisBudgets(RedisLink link, InProcessBudgets own, TimeProvider clock) : IRequestBudgets
{
    // KEYS: pause. ARGV: until, its life in milliseconds. A longer pause stays.
    private const string Pause =
        """
        if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
        return 1
        """;

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> TakeAsync(string name, RequestBudget budget)
    {
        RedisValue[] values = [TokenBucket.Microseconds(clock.GetUtcNow()), TokenBucket.Interval(budget), budget.Burst];
        var answer = await link.RunAsync(TokenBucket.Script, [FullKey(name), PauseKey(name)], values, result => (string?)result, () => null);
        return answer switch
        {
            null => await own.TakeAsync(name, budget),
            "0" => null,
            _ => TokenBucket.Time(long.Parse(answer, CultureInfo.InvariantCulture)),
        };
    }

    /// <inheritdoc/>
    public async Task<BudgetState> LookAsync(string name, RequestBudget budget)
    {
        var found = await link.AskAsync(database => database.StringGetAsync([FullKey(name), PauseKey(name)]), () => []);
        return found is [var full, var pause]
            ? TokenBucket.Look((long?)full ?? 0, (long?)pause ?? 0, budget, TokenBucket.Microseconds(clock.GetUtcNow()))
            : await own.LookAsync(name, budget);
    }

    /// <inheritdoc/>
    public async Task PauseAsync(string name, DateTimeOffset until)
    {
        await own.PauseAsync(name, until);
        var rest = until - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
            await link.RunAsync(
                Pause, [PauseKey(name)], [TokenBucket.Microseconds(until), (long)Math.Ceiling(rest.TotalMilliseconds)], _ => true, () => false);
    }

    private RedisKey FullKey(string name) => link.Key($"budget:{name}");

    private RedisKey PauseKey(string name) => link.Key($"budget:{name}:pause");
}
