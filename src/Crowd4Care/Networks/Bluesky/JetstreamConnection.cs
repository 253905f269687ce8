using System.Globalization;
using System.Net.WebSockets;

namespace Crowd4Care.Networks.Bluesky;

/// <summary>One connection to a Jetstream server: gives its frames, one buffer for all.</summary>
internal sealed class JetstreamConnection(BlueskyOptions options, TimeProvider time) : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly ClientWebSocket socket = new();
    private byte[] buffer = new byte[FirstBuffer];

    /// <summary>Frames that were larger than allowed.</summary>
    public long Oversized { get; private set; }

    /// <exception cref="WebSocketException">The server can't be reached or refuses.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    public async Task OpenAsync(Uri server, long? cursor, CancellationToken cancellationToken)
    {
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        var address = AddressOf(server, cursor);
        await InTimeAsync(options.RequestTimeout, "the connection", token => socket.ConnectAsync(address, token), cancellationToken);
    }

    /// <summary>The next frame, valid until the next call; null when the server ended the stream.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="TimeoutException">The server is silent.</exception>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? frame = null;
        await InTimeAsync(options.IdleTimeout, "an event", async token => frame = await ReceiveAsync(token), cancellationToken);
        return frame;
    }

    public void Dispose() => socket.Dispose();

    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        var tooLarge = false;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (buffer.Length >= options.MaxFrameBytes) (tooLarge, length) = (true, 0);
                else Array.Resize(ref buffer, Math.Min(buffer.Length * 2, options.MaxFrameBytes));
            }
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (!part.EndOfMessage) continue;
            if (!tooLarge && part.MessageType == WebSocketMessageType.Text) return buffer.AsMemory(0, length);
            Oversized += tooLarge ? 1 : 0;
            (tooLarge, length) = (false, 0);
        }
    }

    private async Task InTimeAsync(TimeSpan limit, string what, Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await wait(either.Token);
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} seconds for {what} in vain.");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody cancelled: so says a socket that gave up because its pings were not answered.
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "The server does not answer any more.", e);
        }
    }

    private Uri AddressOf(Uri server, long? cursor)
    {
        var query = new List<string> { $"wantedCollections={PostJson.Collection}", $"maxMessageSizeBytes={options.MaxFrameBytes}" };
        if (server.Query.Length > 1) query.Insert(0, server.Query[1..]);
        if (cursor is { } position) query.Add(string.Create(CultureInfo.InvariantCulture, $"cursor={position}"));
        return new UriBuilder(server) { Query = string.Join('&', query) }.Uri;
    }
}
