using System.Security.Cryptography;
using StackExchange.Redis;

namespace Crowd4Care.State;

/// <summary>
/// Presence that all processes share: a sorted set of everybody whom some process saw, by the time of the last sign. Each process says
/// again and again whom it saw, so a flushed Redis knows everybody a few seconds later. While Redis is away, present is whom this
/// process sees itself and who was on the last list that it read, so that routing goes on.
/// </summary>
internal sealed class RedisPresence(RedisLink link, InProcessPresence own, TimeProvider clock) : IPresence
{
    /// <summary>How often a process says whom it saw.</summary>
    public static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(10);

    // After a flush the list is complete when everybody had the time to say theirs.
    private static readonly TimeSpan Incomplete = 2 * SayAgain;
    private static readonly TimeSpan OldestList = TimeSpan.FromMinutes(10);

    // KEYS: the set, when it was begun. ARGV: now, the oldest sign that counts, life of the keys, then sign and member in turn.
    private const string Say =
        """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2])
        for i = 4, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        return 1
        """;

    // Two processes may see the same person, and only one of them sees them leave.
    private readonly string suffix = "@" + RandomNumberGenerator.GetHexString(16, lowercase: true);
    private readonly RedisKey signs = link.Key("presence");
    private readonly RedisKey begun = link.Key("presence:begun");
    private HeardList last = new(DateTimeOffset.MinValue, new HashSet<Guid>());

    /// <inheritdoc/>
    public Task SeenAsync(Guid personId) =>
        own.Note(personId) ? SayAsync([new(personId, clock.GetUtcNow())]) : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task LeftAsync(Guid personId)
    {
        await own.LeftAsync(personId);
        var list = Volatile.Read(ref last);
        Volatile.Write(ref last, list with { People = list.People.Where(p => p != personId).ToHashSet() });
        await link.AskAsync(database => database.SortedSetRemoveAsync(signs, Member(personId)), () => false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> PresentAsync()
    {
        var now = clock.GetUtcNow();
        var before = Volatile.Read(ref last);
        var heard = await link.AskAsync<HeardList?>(database => ReadAsync(database, now, before), () => null);
        if (heard is not null)
            Volatile.Write(ref last, heard);
        var list = heard ?? before;
        var present = own.Present().Keys.ToHashSet();
        if (now - list.At <= OldestList)
            present.UnionWith(list.People);
        return present;
    }

    /// <summary>Says whom this process saw.</summary>
    public Task SayAgainAsync() => SayAsync(own.Present());

    private Task SayAsync(IReadOnlyCollection<KeyValuePair<Guid, DateTimeOffset>> people)
    {
        if (people.Count == 0)
            return Task.CompletedTask;

        var now = clock.GetUtcNow();
        RedisValue[] values =
        [
            now.ToUnixTimeMilliseconds(), (now - InProcessPresence.Lasts).ToUnixTimeMilliseconds(), (long)(2 * InProcessPresence.Lasts).TotalMilliseconds,
            .. people.SelectMany(p => new RedisValue[] { p.Value.ToUnixTimeMilliseconds(), Member(p.Key) }),
        ];
        return link.RunAsync(Say, [signs, begun], values, _ => true, () => false);
    }

    private async Task<HeardList?> ReadAsync(IDatabase database, DateTimeOffset now, HeardList before)
    {
        var since = database.StringGetAsync(begun);
        var members = await database.SortedSetRangeByScoreAsync(signs, (now - InProcessPresence.Lasts).ToUnixTimeMilliseconds());
        var people = members.Select(m => Guid.ParseExact(((string)m!)[..32], "N")).ToHashSet();
        var isComplete = (long?)await since is { } at && now - DateTimeOffset.FromUnixTimeMilliseconds(at) >= Incomplete;
        // An incomplete list keeps the age of the one before, so that it ends.
        if (isComplete || now - before.At > OldestList)
            return new HeardList(now, people);

        people.UnionWith(before.People);
        return before with { People = people };
    }

    private string Member(Guid personId) => $"{personId:N}{suffix}";

    private sealed record HeardList(DateTimeOffset At, IReadOnlySet<Guid> People);
}
