using Crowd4Care.Bus;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Messages that failed: listed, replayed, discarded.</summary>
internal static class FailuresApi
{
    public static void MapFailures(this RouteGroupBuilder api)
    {
        var failures = api.MapGroup("/failures").RequireAuthorization(AccessServices.Admins);
        failures.MapGet("", ListAsync).WithSummary("Queues of messages that failed, with the newest few of each.");
        failures.MapPost("/{queue}/replay", (string queue, FailedMessages failed, CancellationToken cancellationToken) => ChangeAsync(queue, failed.ReplayAsync, cancellationToken))
            .WithSummary("Puts all messages of a failed queue back to work.");
        failures.MapDelete("/{queue}", (string queue, FailedMessages failed, CancellationToken cancellationToken) => ChangeAsync(queue, failed.DiscardAsync, cancellationToken))
            .WithSummary("Throws all messages of a failed queue away.");
    }

    private static async Task<Results<Ok<FailuresAnswer>, ProblemHttpResult>> ListAsync(FailedMessages failed, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(new FailuresAnswer(failed.AreKept, await failed.ListAsync(cancellationToken)));
        }
        catch (BrokerAwayException e)
        {
            return Away(e);
        }
    }

    private static async Task<Results<Ok<FailuresChange>, ProblemHttpResult>> ChangeAsync(
        string queue, Func<string, CancellationToken, Task<int?>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await change(queue, cancellationToken) is { } count
                ? TypedResults.Ok(new FailuresChange(count))
                : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such queue of failed messages", detail: $"\"{queue}\" has none.");
        }
        catch (BrokerAwayException e)
        {
            return Away(e);
        }
    }

    private static ProblemHttpResult Away(BrokerAwayException e) =>
        TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "The broker can't be asked now", detail: e.Message);
}

/// <summary>What failed. With the in-memory bus nothing is kept: the sweeps do the work again.</summary>
internal sealed record FailuresAnswer(bool Kept, IReadOnlyList<FailedQueue> Queues);

/// <summary>How many messages were replayed or thrown away.</summary>
internal sealed record FailuresChange(int Messages);
