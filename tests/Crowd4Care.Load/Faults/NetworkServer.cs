using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Load.Faults;

/// <summary>
/// Plays the network on loopback: the procedures of the AT Protocol that the product calls, and a Jetstream. It has moods: it fails, is
/// slow, asks to wait, breaks connections, and does what it was asked without saying so.
/// </summary>
internal sealed class NetworkServer : IAsyncDisposable
{
    private const string ServerFault = "InternalServerError";
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(8);

    private readonly WebApplication app;
    private readonly NetworkRecords records;
    private readonly Moods moods;
    private int sessions;

    private NetworkServer(WebApplication app, NetworkRecords records, Moods moods) => (this.app, this.records, this.moods) = (app, records, moods);

    public int Port => new Uri(app.Urls.Single()).Port;

    public static async Task<NetworkServer> StartAsync(NetworkRecords records, Moods moods)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new NetworkServer(app, records, moods);
        app.UseWebSockets();
        app.Map("/subscribe", new Jetstream(records, moods, app.Lifetime.ApplicationStopping).ServeAsync);
        app.Map("/xrpc/{method}", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, string method)
    {
        switch (moods.Next())
        {
            case Mood.Error:
                await RefuseAsync(context, StatusCodes.Status502BadGateway, ServerFault, "Upstream failure");
                return;
            case Mood.Throttle:
                context.Response.Headers.RetryAfter = (1 + (int)(2 * moods.Part())).ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "RateLimitExceeded", "Rate Limit Exceeded");
                return;
            case Mood.Drop:
                context.Abort();
                return;
            case Mood.Slow:
                await Task.Delay(TimeSpan.FromSeconds(1.5 * moods.Part()), TimeProvider.System, context.RequestAborted);
                await DoAsync(context, method);
                return;
            case Mood.DropAfter:
                await DoAsync(context, method, silent: true);
                context.Abort();
                return;
            case Mood.SilentAfter:
                await DoAsync(context, method, silent: true);
                await Task.Delay(LongSilence, TimeProvider.System, context.RequestAborted);
                context.Abort();
                return;
            case Mood.ErrorAfter:
                await DoAsync(context, method, silent: true);
                await RefuseAsync(context, StatusCodes.Status500InternalServerError, ServerFault, "Internal Server Error");
                return;
            default:
                await DoAsync(context, method);
                return;
        }
    }

    // With a silent network, what is done is done.
    private async Task DoAsync(HttpContext context, string method, bool silent = false)
    {
        var (status, answer) = await AnswerOfAsync(context.Request, method);
        if (silent)
            return;

        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer);
    }

    private async Task<(int Status, JsonObject Answer)> AnswerOfAsync(HttpRequest request, string method) => method switch
    {
        "com.atproto.server.createSession" or "com.atproto.server.refreshSession" => (200, Session()),
        "com.atproto.identity.resolveHandle" => request.Query["handle"] == NetworkRecords.BrandHandle
            ? (200, new JsonObject { ["did"] = NetworkRecords.BrandDid })
            : Refusal(400, "InvalidRequest", "Unable to resolve handle"),
        "com.atproto.repo.createRecord" => Create((JsonObject)(await JsonNode.ParseAsync(request.Body))!),
        "com.atproto.repo.getRecord" => Get($"at://{request.Query["repo"]}/{request.Query["collection"]}/{request.Query["rkey"]}"),
        "app.bsky.feed.getPosts" => (200, new JsonObject { ["posts"] = new JsonArray([.. request.Query["uris"].Select(u => records.Find(u!)).OfType<NetworkRecord>().Select(View)]) }),
        "app.bsky.actor.getProfiles" => (200, new JsonObject { ["profiles"] = new JsonArray([.. request.Query["actors"].Select(a => Profile(a!))]) }),
        "app.bsky.notification.listNotifications" => (200, new JsonObject { ["notifications"] = new JsonArray() }),
        _ => Refusal(501, "MethodNotImplemented", method),
    };

    private JsonObject Session()
    {
        var number = Interlocked.Increment(ref sessions);
        return new JsonObject
        {
            ["did"] = NetworkRecords.BrandDid, ["handle"] = NetworkRecords.BrandHandle, ["active"] = true,
            ["accessJwt"] = $"access-{number}", ["refreshJwt"] = $"refresh-{number}",
        };
    }

    // A key that is taken is answered as a fault of the server, as the real one does.
    private (int, JsonObject) Create(JsonObject body) =>
        records.Create((string)body["rkey"]!, (JsonObject)body["record"]!.DeepClone()) is { } record
            ? (200, new JsonObject { ["uri"] = record.Uri, ["cid"] = record.Cid })
            : Refusal(500, ServerFault, "Internal Server Error");

    private (int, JsonObject) Get(string uri) => records.Find(uri) is { } record
        ? (200, new JsonObject { ["uri"] = record.Uri, ["cid"] = record.Cid, ["value"] = record.Value.DeepClone() })
        : Refusal(400, "RecordNotFound", $"Could not locate record: {uri}");

    private JsonNode View(NetworkRecord record) => new JsonObject
    {
        ["uri"] = record.Uri, ["cid"] = record.Cid, ["author"] = Profile(record.Did), ["record"] = record.Value.DeepClone(),
    };

    private JsonNode Profile(string did) => new JsonObject { ["did"] = did, ["handle"] = records.HandleOf(did), ["followersCount"] = did.Length * 7 };

    private static (int, JsonObject) Refusal(int status, string error, string message) => (status, new JsonObject { ["error"] = error, ["message"] = message });

    private static Task RefuseAsync(HttpContext context, int status, string error, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Refusal(status, error, message).Item2);
    }
}
