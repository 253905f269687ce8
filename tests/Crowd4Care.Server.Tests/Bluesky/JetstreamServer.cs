using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Server.Tests.Bluesky;

/// <summary>Speaks Jetstream: sends events to whoever listens. The test network has none of its own.</summary>
internal sealed class JetstreamServer : IAsyncDisposable
{
    private const string Collection = "app.bsky.feed.post";

    private readonly WebApplication app;
    private readonly Channel<Listener> listeners = Channel.CreateUnbounded<Listener>();
    private long time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private JetstreamServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal) + "/subscribe";

    public static async Task<JetstreamServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new JetstreamServer(app);
        app.UseWebSockets();
        app.Run(server.ListenAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next one who connects.</summary>
    public async Task<Listener> ListenerAsync() => await listeners.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public string Post(string did, string key, string text) => Commit(did, new JsonObject
    {
        ["operation"] = "create", ["collection"] = Collection, ["rkey"] = key, ["cid"] = $"bafyrei{key}", ["rev"] = key,
        ["record"] = new JsonObject { ["$type"] = Collection, ["createdAt"] = "2026-01-31T12:34:56.000Z", ["langs"] = new JsonArray("en"), ["text"] = text },
    });

    public string Deletion(string did, string key) => Commit(did, new JsonObject
    {
        ["operation"] = "delete", ["collection"] = Collection, ["rkey"] = key, ["rev"] = key,
    });

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private string Commit(string did, JsonObject commit) =>
        new JsonObject { ["did"] = did, ["time_us"] = Interlocked.Increment(ref time), ["kind"] = "commit", ["commit"] = commit }.ToJsonString();

    private async Task ListenAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var listener = new Listener(socket, context.Request.Query["cursor"]);
        listeners.Writer.TryWrite(listener);
        var nothing = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(nothing, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
                // What a listener says changes nothing here.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The listener is gone.
        }
    }

    /// <summary>Somebody who listens.</summary>
    internal sealed class Listener(WebSocket socket, string? cursor)
    {
        /// <summary>From where they want to hear, in microseconds; null for from now on.</summary>
        public string? Cursor => cursor;

        public async Task SendAsync(params IReadOnlyList<string> frames)
        {
            foreach (var frame in frames)
                await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);
        }
    }
}
