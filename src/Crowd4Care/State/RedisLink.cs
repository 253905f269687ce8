using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Crowd4Care.State;

/// <summary>
/// The way to Redis. No question to it takes longer than <see cref="StateOptions.Timeout"/>, and none waits while it is away: then one
/// question every few seconds tries, and the others get their answer elsewhere. What has to be right never depends on it.
/// </summary>
public sealed partial class RedisLink(IOptions<StateOptions> options, TimeProvider clock, ILogger<RedisLink> logger) : IAsyncDisposable
{
    private readonly StateOptions options = options.Value;
    private readonly Lock gate = new();
    private Task<ConnectionMultiplexer>? connecting;
    private bool isAway;
    private DateTimeOffset nextTry;

    /// <summary>Raised when Redis answers again, and when a subscription was interrupted: something may have been missed.</summary>
    public event Action? CameBack;

    /// <summary>Whether Redis answered last time.</summary>
    public bool IsAway
    {
        get { lock (gate) return isAway; }
    }

    /// <summary>Since when it is there or away.</summary>
    public DateTimeOffset Since { get; private set; } = clock.GetUtcNow();

    /// <summary>A key under the prefix of this installation.</summary>
    public string Key(string name) => options.Prefix + name;

    /// <summary>Asks Redis; without it the answer is <paramref name="otherwise"/>'s.</summary>
    /// <param name="ask">May run twice, so it must be repeatable.</param>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, Func<T> otherwise)
    {
        if (!MayTry())
            return otherwise();

        try
        {
            var answer = await AskNowAsync(ask);
            // The client completes answers one after the other on one thread: it must not be kept.
            await Task.Yield();
            NoteThere();
            return answer;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            await Task.Yield();
            NoteAway(e.Message);
            return otherwise();
        }
    }

    /// <summary>Runs a script in one step. Its last use may be forgotten by Redis: then it is sent again.</summary>
    internal Task<T> RunAsync<T>(string script, RedisKey[] keys, RedisValue[] values, Func<RedisResult, T> read, Func<T> otherwise) =>
        AskAsync(async database => read(await database.ScriptEvaluateAsync(script, keys, values)), otherwise);

    /// <summary>Hears what is published on a channel, from now on and after every reconnect. False when Redis is away: try again.</summary>
    internal Task<bool> SubscribeAsync(string channel, Action<string> heard) =>
        AskAsync(async database =>
        {
            await database.Multiplexer.GetSubscriber().SubscribeAsync(Key(channel), (_, message) => heard(message!));
            return true;
        }, () => false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connecting is not { IsCompletedSuccessfully: true })
            return;

        var connection = await connecting;
        // Without waiting for commands under way: Redis may be away.
        connection.Close(allowCommandsToComplete: false);
        connection.Dispose();
    }

    private async Task<T> AskNowAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        var connection = await ConnectAsync().WaitAsync(options.Timeout, clock);
        try
        {
            return await ask(connection.GetDatabase()).WaitAsync(options.Timeout, clock);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await ask(connection.GetDatabase()).WaitAsync(options.Timeout, clock);
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (gate)
        {
            if (connecting is null or { IsFaulted: true } or { IsCanceled: true })
                connecting = Task.Run(ConnectNowAsync);
            return connecting;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectNowAsync()
    {
        var configuration = ConfigurationOptions.Parse(options.Redis);
        // Go on trying in the background, for ever.
        configuration.AbortOnConnectFail = false;
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = 1000;
        configuration.ReconnectRetryPolicy = new LinearRetry(1000);
        // Seconds; what is silent for longer is asked whether it lives.
        configuration.KeepAlive = 5;
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        connection.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType == ConnectionType.Subscription)
                CameBack?.Invoke();
        };
        return connection;
    }

    private bool MayTry()
    {
        lock (gate)
        {
            if (!isAway)
                return true;

            var now = clock.GetUtcNow();
            if (now < nextTry)
                return false;

            nextTry = now + options.RetryAfter;
            return true;
        }
    }

    private void NoteThere()
    {
        lock (gate)
        {
            if (!isAway)
                return;

            isAway = false;
            Since = clock.GetUtcNow();
        }

        Log.CameBack(logger);
        CameBack?.Invoke();
    }

    private void NoteAway(string reason)
    {
        lock (gate)
        {
            nextTry = clock.GetUtcNow() + options.RetryAfter;
            if (isAway)
                return;

            isAway = true;
            Since = clock.GetUtcNow();
        }

        Log.WentAway(logger, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer; this process goes on alone and tries again. {Reason}")]
        public static partial void WentAway(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again")]
        public static partial void CameBack(ILogger logger);
    }
}
