using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Replies that wait until staff approve them.</summary>
internal static class ApprovalsApi
{
    private const int Most = 200;

    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").RequireAuthorization(AccessServices.Staff);
        approvals.MapGet("/", async (HttpContext context, ApprovalQueries queries, CancellationToken cancellationToken) =>
            TypedResults.Ok(await queries.ListAsync(context.Person().BrandId, Most, cancellationToken))).WithSummary("Replies that wait for approval, the oldest first; at most 200.");
        approvals.MapPost("/{replyId:guid}/approve", ApproveAsync).WithSummary("Send a waiting reply as its writer's, edited where a text is given.");
        approvals.MapPost("/{replyId:guid}/reject", RejectAsync).WithSummary("Give a waiting reply back to its writer, with the reason.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ApproveAsync(
        Guid replyId, HttpContext context, ApprovalDesk desk, ApproveBody? body, CancellationToken cancellationToken) =>
        Answer(await desk.ApproveAsync(replyId, context.Person().BrandId, context.Person().Id, body?.Text, cancellationToken), "text");

    private static async Task<Results<NoContent, ProblemHttpResult>> RejectAsync(
        Guid replyId, HttpContext context, ApprovalDesk desk, ReasonBody? body, CancellationToken cancellationToken) =>
        Answer(await desk.RejectAsync(replyId, context.Person().BrandId, context.Person().Id, body?.Reason ?? "", cancellationToken), "reason");

    private static Results<NoContent, ProblemHttpResult> Answer(ApprovalResult result, string property) => result.Outcome switch
    {
        ApprovalOutcome.Done => TypedResults.NoContent(),
        ApprovalOutcome.NotFound => Problems.NotFound("reply"),
        ApprovalOutcome.Empty => Problems.BadRequest($"{property}: is missing or empty."),
        ApprovalOutcome.TooLong => Problems.BadRequest($"text: {result.Measure?.Excess}, its signature included."),
        _ => Problems.Conflict(ApprovalActions.Explain(result), ("outcome", result.Outcome)),
    };
}

/// <summary>What to send.</summary>
/// <param name="Text">Instead of what was written, without signature; as it was written if left out.</param>
internal sealed record ApproveBody(string? Text);
