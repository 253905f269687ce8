using Crowd4Care.Bus;
using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Components;

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

    private Task ReplayAsync() => ChangeAsync(Failed.ReplayAsync, "put back to work");

    private Task DiscardAsync() => ChangeAsync(Failed.DiscardAsync, "thrown away");

    private async Task ChangeAsync(Func<string, CancellationToken, Task<int?>> change, string done)
    {
        var queue = (await Context.Request.ReadFormAsync(Context.RequestAborted))["queue"].ToString();
        try
        {
            var count = await change(queue, Context.RequestAborted);
            Flash.Set(Context, count is not null, count is null ? $"{Words.Work(queue)}: nothing failed any more." : $"{count} {(count == 1 ? "message" : "messages")} {done}.");
        }
        catch (BrokerAwayException e)
        {
            problem = e.Message;
            return;
        }

        Navigation.NavigateTo("/failures");
    }
}
