using Crowd4Care.Bus;
using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Components;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Admin;

/// <summary>Messages that failed: what, why, and again or never.</summary>
public sealed partial class Failures
{
    private IReadOnlyList<FailedQueue> queues = [];
    private string? problem;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    private FailedMessages Failed { get; set; } = default!;

    [Inject]
    private Flash Flash { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            queues = await Failed.ListAsync(Context.RequestAborted);
        }
        catch (BrokerAwayException e)
        {
            problem = e.Message;
        }
    }

    private Task ReplayAsync() => ChangeAsync(Failed.ReplayAsync, count => Say(count == 1 ? "1 message put back to work." : "{0} messages put back to work.", count));

    private Task DiscardAsync() => ChangeAsync(Failed.DiscardAsync, count => Say(count == 1 ? "1 message thrown away." : "{0} messages thrown away.", count));

    private async Task ChangeAsync(Func<string, CancellationToken, Task<int?>> change, Func<int, string> tell)
    {
        var queue = (await Context.Request.ReadFormAsync(Context.RequestAborted))["queue"].ToString();
        try
        {
            var count = await change(queue, Context.RequestAborted);
            Flash.Set(Context, count is not null, count is { } done ? tell(done) : Phrase($"{Words.Work(queue)}: nothing failed any more."));
        }
        catch (BrokerAwayException e)
        {
            problem = e.Message;
            return;
        }

        Navigation.NavigateTo("/failures");
    }

    private static string Problem(FailedQueue queue) => queue.Name.EndsWith("_skipped", StringComparison.Ordinal)
        ? Say(queue.Count == 1 ? "1 message not understood by any process" : "{0} messages not understood by any process", queue.Count)
        : Say(queue.Count == 1 ? "1 message failed" : "{0} messages failed", queue.Count);
}
