using Crowd4Care.Networks;
using Crowd4Care.State;
using Crowd4Care.Storage;
using Dapper;

namespace Crowd4Care.Engagement;

/// <summary>How a channel's replies get through, and what is left of its budget.</summary>
public sealed class ReplyTraffic(Database database, NetworkCatalog networks, IRequestBudgets budgets, TimeProvider clock)
{
    /// <summary>The name under which the replies of a channel are budgeted.</summary>
    internal static string BudgetOf(string network, Guid channelId) => $"{network}:{channelId:N}";

    /// <summary>Looks at a channel.</summary>
    public async Task<ChannelTraffic> OfAsync(string network, Guid channelId, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (waiting, oldest) = await connection.QuerySingleAsync<(long, DateTimeOffset?)>(
            $"""
            SELECT COUNT(*), MIN(COALESCE(send_at, created_at)) FROM replies
            WHERE {ReplyStore.Waiting} AND state = 'sending' AND channel_id = @channelId
            """,
            new { channelId });
        var failed = await connection.QuerySingleAsync<long>(
            "SELECT COUNT(*) FROM replies WHERE state = 'failed' AND channel_id = @channelId AND created_at > @since",
            new { channelId, since = clock.GetUtcNow().AddDays(-1) });
        var budget = networks.TryGet(network, out var known) ? known.Budget : null;
        return new ChannelTraffic
        {
            Waiting = waiting, Oldest = oldest, Failed = failed, Budget = budget,
            Left = budget is null ? null : await budgets.LookAsync(BudgetOf(network, channelId), budget),
        };
    }
}

/// <summary>How a channel's replies get through.</summary>
public sealed record ChannelTraffic
{
    /// <summary>Replies that were let go and do not stand on the network yet.</summary>
    public required long Waiting { get; init; }

    /// <summary>Since when the oldest of them waits.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Replies of the last day that the network refused for good.</summary>
    public required long Failed { get; init; }

    /// <summary>How many replies the network allows; null where the program does not speak to it.</summary>
    public RequestBudget? Budget { get; init; }

    /// <summary>What is left of it.</summary>
    public BudgetState? Left { get; init; }
}
