using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Crowd4Care.Load.Faults;

/// <summary>
/// The stream of the network: from a cursor on, and then live. It repeats events, gives neighbours in the wrong order, and breaks off;
/// what lies behind a cursor it always gives.
/// </summary>
internal sealed class Jetstream(NetworkRecords records, Moods moods, CancellationToken stopping)
{
    private const int AtOnce = 200;
    private const double BreakOff = 0.002;
    private const double Repeat = 0.03;
    private const double Swap = 0.05;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var hearing = HearAsync(socket, end);
        try
        {
            await SendAsync(socket, From(context.Request.Query["cursor"]), end.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The listener is gone.
        }

        socket.Abort();
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(WebSocket socket, long position, CancellationToken cancellationToken)
    {
        while (moods.Part() > BreakOff)
        {
            var events = records.After(position, AtOnce);
            if (events.Count == 0)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                continue;
            }

            position = events[^1].TimeUs;
            foreach (var one in Disturbed(events))
                await socket.SendAsync(Encoding.UTF8.GetBytes(Commit(one).ToJsonString()), WebSocketMessageType.Text, true, cancellationToken);
        }
    }

    private List<NetworkRecord> Disturbed(IReadOnlyList<NetworkRecord> events)
    {
        var disturbed = events.ToList();
        for (var i = 1; i < disturbed.Count; i++)
        {
            if (moods.Part() < Swap)
                (disturbed[i - 1], disturbed[i]) = (disturbed[i], disturbed[i - 1]);
        }

        return [.. disturbed.SelectMany(e => moods.Part() < Repeat ? new[] { e, e } : [e])];
    }

    private static JsonObject Commit(NetworkRecord record) => new()
    {
        ["did"] = record.Did, ["time_us"] = record.TimeUs, ["kind"] = "commit",
        ["commit"] = new JsonObject
        {
            ["operation"] = "create", ["collection"] = NetworkRecord.Collection, ["rkey"] = record.Key, ["cid"] = record.Cid, ["rev"] = record.Key,
            ["record"] = record.Value.DeepClone(),
        },
    };

    private static long From(string? cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? time
            : (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    // Notices that the listener has gone.
    private static async Task HearAsync(WebSocket socket, CancellationTokenSource end)
    {
        var nothing = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(nothing, end.Token)).MessageType != WebSocketMessageType.Close)
            {
                // What a listener says changes nothing here.
            }
        }
        finally
        {
            await end.CancelAsync();
        }
    }
}
