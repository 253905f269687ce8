using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crowd4Care.Server.Access;
using Crowd4Care.State;

namespace Crowd4Care.Server.Desk.Live;

/// <summary><c>/desk/live</c>: server-sent events. <c>changed</c> names what is out of date, <c>beat</c> carries the server's time.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(25);

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/desk/live", (HttpContext context, DeskHub hub, IPresence presence, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            context.Response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(EventsAsync(context.Person().Id, hub, presence, clock, lifetime.ApplicationStopping, context.RequestAborted));
        });

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        Guid personId, DeskHub hub, IPresence presence, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        var stream = await hub.OpenAsync(personId);
        try
        {
            yield return BeatNow(clock);
            while (await NextAsync(stream, either.Token) is var (isOpen, change) && isOpen)
            {
                await presence.SeenAsync(personId);
                yield return change is null ? BeatNow(clock) : new SseItem<string>(JsonSerializer.Serialize(change, JsonSerializerOptions.Web), "changed");
            }
        }
        finally
        {
            hub.Close(stream);
        }
    }

    private static async Task<(bool IsOpen, DeskEvent? Change)> NextAsync(DeskStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await stream.NextAsync(Beat, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return (false, null);
        }
    }

    private static SseItem<string> BeatNow(TimeProvider clock) => new(clock.GetUtcNow().ToString("O"), "beat");
}
