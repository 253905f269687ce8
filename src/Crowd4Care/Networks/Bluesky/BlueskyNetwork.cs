using System.Collections.Concurrent;
using System.Net.WebSockets;
using Crowd4Care.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>
/// Bluesky and every other server of the AT Protocol: listens to the network's stream for keywords and to the account's notifications,
/// and answers from the account.
/// </summary>
internal sealed class BlueskyNetwork(
    BlueskyClient client, AuthorDirectory authors, ISessionKeeper keeper, IOptions<BlueskyOptions> options, TimeProvider time,
    ILoggerFactory loggers)
    : INetwork, IDisposable
{
    private static readonly TimeSpan StreamCheckLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, BlueskySession> sessions = new();
    private readonly BlueskyReplies replies = new(client, time);
    private readonly Tid keys = new(time);

    /// <inheritdoc />
    public string Name => BlueskyPost.Network;

    /// <inheritdoc />
    public IReadOnlyList<IPostStream> Streams(ChannelConnection channel)
    {
        var settings = BlueskySettings.Of(channel);
        var session = settings.Notifications ? SessionOf(channel, settings) : null;
        var streams = new List<IPostStream>();
        // An account whose notifications can't be read is looked for in the stream.
        if (settings.Keywords.Count > 0 || (settings.Handle is not null && session is null))
            streams.Add(new JetstreamStream(
                settings, ServiceOf(settings), client, authors, options.Value, time, loggers.CreateLogger<JetstreamStream>()));
        if (session is not null)
            streams.Add(new NotificationStream(session, client, authors, options.Value, time, loggers.CreateLogger<NotificationStream>()));
        return streams;
    }

    /// <inheritdoc />
    public ReplyPermission MayReply(ChannelConnection channel)
    {
        try
        {
            if (BlueskySettings.Of(channel).Handle is null) return new(false, "The channel names no Bluesky account to answer from.");
            return string.IsNullOrWhiteSpace(channel.Secret) ? new(false, "The channel has no app password to answer with.") : new(true);
        }
        catch (NetworkException e)
        {
            return new(false, e.Message);
        }
    }

    /// <inheritdoc />
    public RequestBudget Budget { get; } = RequestBudget.Within(options.Value.RepliesPerHour, options.Value.RepliesPerDay);

    /// <inheritdoc />
    public TextMeasure Measure(string text) => BlueskyText.Measure(text);

    /// <inheritdoc />
    public string NewReplyKey() => keys.Next();

    /// <inheritdoc />
    public async Task<PostOutcome> PostAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        try
        {
            return SessionOf(channel, BlueskySettings.Of(channel)) is { } session
                ? await replies.PostAsync(session, reply, cancellationToken)
                : new(PostOutcomeKind.Unauthorized, Reason: MayReply(channel).Reason);
        }
        catch (NetworkException e)
        {
            return new(PostOutcomeKind.Unauthorized, Reason: e.Message);
        }
    }

    /// <inheritdoc />
    public async Task<PostedReply?> FindAsync(ChannelConnection channel, OutgoingReply reply, CancellationToken cancellationToken)
    {
        try
        {
            return SessionOf(channel, BlueskySettings.Of(channel)) is { } session
                ? await replies.FindAsync(session, reply, cancellationToken)
                : throw new NetworkException(MayReply(channel).Reason!);
        }
        catch (Exception e) when (e is XrpcException or TimeoutException or NetworkException)
        {
            throw new HttpRequestException($"Bluesky can't be asked whether the reply {reply.Key} stands there: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public async Task<ChannelCheck> CheckAsync(ChannelConnection channel, CancellationToken cancellationToken)
    {
        try
        {
            var settings = BlueskySettings.Of(channel);
            var found = new List<string>();
            if (SessionOf(channel, settings) is { } session)
            {
                var signedIn = await session.SignInAnewAsync(cancellationToken);
                found.Add($"Signed in as @{signedIn.Handle} at {signedIn.Server.Authority}.");
            }
            else if (settings.Handle is { } handle)
            {
                if (await client.ResolveHandleAsync(ServiceOf(settings), handle, cancellationToken) is null)
                    return new(false, $"{ServiceOf(settings).Host} knows nobody with the handle @{handle}.");
                found.Add($"@{handle} exists; without an app password it can't be answered from.");
            }
            else if (settings.Keywords.Count == 0)
            {
                return new(false, "The channel names neither a handle nor keywords: there is nothing to listen to.");
            }
            if (Streams(channel).Any(s => s is JetstreamStream)) found.Add(await CheckStreamAsync(settings, cancellationToken));
            return new(true, string.Join(' ', found));
        }
        catch (Exception e) when (e is NetworkException or XrpcException or HttpRequestException or TimeoutException or WebSocketException)
        {
            return new(false, e.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var session in sessions.Values) session.Dispose();
    }

    private async Task<string> CheckStreamAsync(BlueskySettings settings, CancellationToken cancellationToken)
    {
        using var connection = new JetstreamConnection(options.Value, time);
        var server = JetstreamReader.AddressOf(options.Value.JetstreamsFor(settings)[0]);
        using var timeout = new CancellationTokenSource(StreamCheckLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await connection.OpenAsync(server, null, either.Token);
            return $"Listening at {server.Authority} for {settings.Keywords.Count} keywords works.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The Jetstream {server.Authority} gave no answer in {StreamCheckLimit.TotalSeconds:0} seconds.");
        }
        catch (WebSocketException e)
        {
            throw new NetworkException($"The Jetstream {server.Authority} can't be listened to: {e.Message}", e);
        }
    }

    /// <summary>The channel's one session; another when its account or password was changed. Null without credentials.</summary>
    private BlueskySession? SessionOf(ChannelConnection channel, BlueskySettings settings)
    {
        if (settings.Handle is not { } handle || string.IsNullOrWhiteSpace(channel.Secret)) return null;
        var account = new BlueskyAccount(channel.Id, ServiceOf(settings), handle, channel.Secret.Trim());
        return sessions.AddOrUpdate(
            channel.Id, _ => NewSession(account), (_, known) => known.Account == account ? known : NewSession(account));
    }

    private BlueskySession NewSession(BlueskyAccount account) => new(account, client, keeper, time, loggers.CreateLogger<BlueskySession>());

    private Uri ServiceOf(BlueskySettings settings) => new(settings.Service ?? options.Value.Service);
}
