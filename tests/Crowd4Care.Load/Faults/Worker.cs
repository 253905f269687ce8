using System.Globalization;
using System.Text.Json.Nodes;

namespace Crowd4Care.Load.Faults;

/// <summary>
/// Somebody at the desk: looks at their list, claims, replies, sometimes declines, gives back, hands over or closes. Does not believe an
/// answer that did not come: tries the same again, as one who presses the button once more.
/// </summary>
internal sealed class Worker(string name, bool isStaff, ApiUser api, Ledger ledger, int seed)
{
    private const int MostTries = 40;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Random random = new(seed);
    private readonly Queue<Guid> answered = new();
    private int written;

    /// <summary>Works until <paramref name="stop"/>; what is under way then is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await NextAsync(abort) is { } mention)
                await WorkOnAsync(mention, abort);
            if (answered.Count > 3 && random.NextDouble() < 0.5)
                await api.PostAsync($"mentions/{answered.Dequeue()}/resolve", null, abort);
            await Task.Delay(Pause * (0.4 + random.NextDouble()), TimeProvider.System, abort);
        }
    }

    private async Task<Guid?> NextAsync(CancellationToken abort)
    {
        var lists = isStaff
            ? (await api.GetAsync("queue?limit=20", abort)).Body as JsonArray
            : await FeedAsync(abort);
        var waiting = lists?.Where(m => (string?)m!["status"] is null or "open" or "escalated").ToList() ?? [];
        return waiting.Count == 0 ? null : (Guid)waiting[random.Next(Math.Min(waiting.Count, 10))]!["id"]!;
    }

    private async Task<JsonArray?> FeedAsync(CancellationToken abort)
    {
        var feed = (await api.GetAsync("feed?limit=20", abort)).Body;
        // What is offered comes first; what is claimed was left over from an answer that never came.
        return feed?["claimed"] is JsonArray { Count: > 0 } claimed && random.NextDouble() < 0.3 ? claimed
            : feed?["offers"] is JsonArray { Count: > 0 } offers ? offers
            : feed?["open"] as JsonArray;
    }

    private async Task WorkOnAsync(Guid mention, CancellationToken abort)
    {
        if (!isStaff && random.NextDouble() < 0.08)
        {
            await api.PostAsync($"mentions/{mention}/pass", new { reason = "not now" }, abort);
            return;
        }

        var claim = await InsistAsync($"mentions/{mention}/claim", null, abort);
        if (!claim.Succeeded)
            return;

        switch (random.NextDouble())
        {
            case < 0.05:
                await api.PostAsync($"mentions/{mention}/release", null, abort);
                break;
            case < 0.10 when !isStaff:
                await api.PostAsync($"mentions/{mention}/escalate", new { reason = "beyond me" }, abort);
                break;
            case < 0.10:
                await api.PostAsync($"mentions/{mention}/hand-back", new { advice = "you can do it" }, abort);
                break;
            case < 0.14 when isStaff:
                await api.PostAsync($"mentions/{mention}/resolve", null, abort);
                break;
            default:
                await ReplyAsync(mention, (long)claim.Body!["fence"]!, abort);
                break;
        }
    }

    private async Task ReplyAsync(Guid mention, long fence, CancellationToken abort)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Thank you for writing, this is answer {++written} of {name}: please restart it and tell us.");
        var reply = await InsistAsync($"mentions/{mention}/reply", new { fence, text }, abort);
        if (!reply.Succeeded)
            return;

        ledger.AddReply(new PromisedReply((Guid)reply.Body!["replyId"]!, mention, (string)reply.Body["text"]!));
        answered.Enqueue(mention);
    }

    private async Task<ApiReply> InsistAsync(string path, object? body, CancellationToken abort)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await api.PostAsync(path, body, abort);
            if (!answer.IsUncertain || tries == MostTries)
                return answer;
            await Task.Delay(RetryAfter, TimeProvider.System, abort);
        }
    }
}
