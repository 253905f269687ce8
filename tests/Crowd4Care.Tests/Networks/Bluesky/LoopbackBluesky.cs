using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Tests.Networks.Bluesky;

/// <summary>A server on loopback that plays Jetstream, and answers calls as a test says.</summary>
internal sealed class LoopbackBluesky : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();
    private readonly Channel<Listener> listeners = Channel.CreateUnbounded<Listener>();

    private readonly ConcurrentQueue<Listener> connected = new();

    private LoopbackBluesky(WebApplication app) => this.app = app;

    public string Http => app.Urls.Single();

    public string Jetstream => Http.Replace("http://", "ws://", StringComparison.Ordinal) + "/subscribe";

    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<LoopbackBluesky> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LoopbackBluesky(app);
        app.UseWebSockets();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Says how a procedure answers from now on.</summary>
    public void On(string method, Func<HttpContext, Task> answer) => answers[method] = answer;

    public void On(string method, object answer, int status = 200) => On(method, context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, answer.GetType());
    });

    /// <summary>The next one who connects to the Jetstream.</summary>
    public async Task<Listener> ListenerAsync() => await listeners.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in connected) listener.Drop();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var listener = new Listener(socket, context.Request.Query);
            connected.Enqueue(listener);
            listeners.Writer.TryWrite(listener);
            await listener.Gone.Task;
            return;
        }
        var method = context.Request.Path.Value!.Split('/')[^1];
        Calls.Enqueue(method);
        if (answers.TryGetValue(method, out var answer)) await answer(context);
        else
        {
            context.Response.StatusCode = 501;
            await context.Response.WriteAsJsonAsync(new { error = "MethodNotImplemented", message = method });
        }
    }

    internal sealed class Listener(WebSocket socket, IQueryCollection query)
    {
        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Asked(string parameter) => query.TryGetValue(parameter, out var value) ? value.ToString() : null;

        public async Task SendAsync(params string[] frames)
        {
            foreach (var frame in frames)
                await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);
        }

        public async Task SendBytesAsync(byte[] frame, WebSocketMessageType type) =>
            await socket.SendAsync(frame, type, true, CancellationToken.None);

        /// <summary>Breaks the connection without a word.</summary>
        public void Drop()
        {
            socket.Abort();
            Gone.TrySetResult();
        }
    }
}
