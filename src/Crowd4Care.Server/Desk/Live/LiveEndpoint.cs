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
        app.MapGet("/desk/live", (HttpContext context, DeskHub hub, Presence presence, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        {
            context.Response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(EventsAsync(context.Person().Id, hub, presence, clock, lifetime.ApplicationStopping, context.RequestAborted));
        });

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        Guid personId, DeskHub hub, Presence presence, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        var stream = hub.Open(personId);
        try
        {
            yield return BeatNow(clock);
            await using var changes = stream.ReadAsync(either.Token).GetAsyncEnumerator(either.Token);
            var next = changes.MoveNextAsync().AsTask();
            while (!either.IsCancellationRequested)
            {
                var beat = Task.Delay(Beat, clock, either.Token);
                await Task.WhenAny(next, beat);
                if (either.IsCancellationRequested)
                    break;

                if (!next.IsCompleted)
                {
                    presence.Seen(personId);
                    yield return BeatNow(clock);
                    continue;
                }

                if (!await next)
                    break;
                yield return new SseItem<string>(JsonSerializer.Serialize(changes.Current, JsonSerializerOptions.Web), "changed");
                next = changes.MoveNextAsync().AsTask();
            }

            await either.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            hub.Close(stream);
        }
    }

    private static SseItem<string> BeatNow(TimeProvider clock) => new(clock.GetUtcNow().ToString("O"), "beat");
}
