using StackExchange.Redis;

namespace Crowd4Care.State;

/// <summary>
/// Reservations among the routers of an installation. A script runs alone, so what it grants together never exceeds a capacity; run again
/// because its answer was lost, it grants the same. While Redis is away only the turns of this process know of each other.
/// </summary>
internal sealed class RedisReservations(RedisLink link, InProcessReservations own, TimeProvider clock) : IReservations
{
    // KEYS: places by "turn/person", turns by the time they end. ARGV: turn, now.
    private const string SumOthers =
        """
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
        local alive = {}
        for _, turn in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do alive[turn] = true end
        local held = {}
        local places = redis.call('HGETALL', KEYS[1])
        for i = 1, #places, 2 do
          local turn, person = string.match(places[i], '^(.*)/(.*)$')
          if not alive[turn] then redis.call('HDEL', KEYS[1], places[i])
          elseif turn ~= ARGV[1] then held[person] = (held[person] or 0) + tonumber(places[i + 1]) end
        end

        """;

    private const string OfOthers = SumOthers +
        """
        local answer = {}
        for person, count in pairs(held) do answer[#answer + 1] = person; answer[#answer + 1] = count end
        return answer
        """;

    // ARGV goes on: until, life of the keys, then person, count, load and capacity in turn.
    private const string Reserve = SumOthers +
        """
        local granted = {}
        redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
        for i = 5, #ARGV, 4 do
          local free = tonumber(ARGV[i + 3]) - tonumber(ARGV[i + 2]) - (held[ARGV[i]] or 0)
          local count = math.max(0, math.min(tonumber(ARGV[i + 1]), free))
          redis.call('HSET', KEYS[1], ARGV[1] .. '/' .. ARGV[i], count)
          granted[#granted + 1] = ARGV[i]; granted[#granted + 1] = count
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return granted
        """;

    private readonly RedisKey[] keys = [link.Key("reservations"), link.Key("reservations:turns")];

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, int>> OfOthersAsync(Guid turnId) =>
        await link.RunAsync(OfOthers, keys, [Text(turnId), Now], ReadCounts, () => null) ?? await own.OfOthersAsync(turnId);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, int>> TryReserveAsync(Guid turnId, IReadOnlyCollection<PlacesWanted> wanted)
    {
        RedisValue[] values =
        [
            Text(turnId), Now, Now + (long)InProcessReservations.Lasts.TotalMilliseconds, (long)(2 * InProcessReservations.Lasts).TotalMilliseconds,
            .. wanted.SelectMany(w => new RedisValue[] { Text(w.PersonId), w.Count, w.Load, w.Capacity }),
        ];
        // Noted here too, so that it is not forgotten when Redis goes away in the middle.
        var here = await own.TryReserveAsync(turnId, wanted);
        return await link.RunAsync(Reserve, keys, values, ReadCounts, () => null) ?? here;
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(Guid turnId)
    {
        await own.ReleaseAsync(turnId);
        // Its places are forgotten with the next question.
        await link.AskAsync(database => database.SortedSetRemoveAsync(keys[1], Text(turnId)), () => false);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Text(Guid id) => id.ToString("N");

    private static IReadOnlyDictionary<Guid, int>? ReadCounts(RedisResult result) =>
        ((RedisResult[])result!).Chunk(2).ToDictionary(pair => Guid.ParseExact((string)pair[0]!, "N"), pair => (int)pair[1]);
}
