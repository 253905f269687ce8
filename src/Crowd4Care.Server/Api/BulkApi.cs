using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>One thing done to many mentions.</summary>
internal static class BulkApi
{
    public static void MapBulk(this RouteGroupBuilder api) =>
        api.MapPost("/queue/bulk", RunAsync).RequireAuthorization(AccessServices.Staff)
            .WithSummary("Do one thing to up to 200 mentions: take, release, hand-back, resolve or topic. Each succeeds or fails by itself.");

    private static async Task<Results<Ok<BulkResult>, ProblemHttpResult>> RunAsync(BulkBody body, HttpContext context, BulkWork work, CancellationToken cancellationToken)
    {
        if (BulkActionText.Read(body.Action) is not { } action)
            return Problems.BadRequest($"action: \"{body.Action}\" is unknown; take, release, hand-back, resolve or topic is expected.");
        if (body.MentionIds is not { Count: > 0 and <= BulkWork.Most })
            return Problems.BadRequest($"mentionIds: has {body.MentionIds?.Count ?? 0}; 1 to {BulkWork.Most} are expected.");
        if (action == BulkAction.Topic && string.IsNullOrWhiteSpace(body.Topic))
            return Problems.BadRequest("topic: is missing.");

        return TypedResults.Ok(await work.RunAsync(context.Person(), action, body.MentionIds, (action == BulkAction.Topic ? body.Topic : body.Advice) ?? "", cancellationToken));
    }
}

/// <summary>What to do to which mentions.</summary>
/// <param name="Action">take, release, hand-back, resolve or topic.</param>
/// <param name="MentionIds">The mentions, at most 200.</param>
/// <param name="Advice">With hand-back, for whoever answers; may be left out.</param>
/// <param name="Topic">With topic, the right one.</param>
internal sealed record BulkBody(string? Action, IReadOnlyList<Guid>? MentionIds, string? Advice = null, string? Topic = null);
