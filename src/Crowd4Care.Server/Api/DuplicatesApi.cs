using Crowd4Care.Escalation.Duplicates;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Mentions that say what another says.</summary>
internal static class DuplicatesApi
{
    public static void MapDuplicates(this RouteGroupBuilder api)
    {
        var one = api.MapGroup("/mentions/{id:guid}");
        one.MapGet("/duplicates", FindAsync).WithSummary("What a mention is a duplicate of, its duplicates, and what is likely one.");
        one.MapPut("/duplicate-of", MarkAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Close a mention as a duplicate of another.");
        one.MapDelete("/duplicate-of", UndoAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Take a duplicate apart: it goes back to where it came from.");
    }

    private static async Task<Results<Ok<DuplicateView>, ProblemHttpResult>> FindAsync(
        Guid id, HttpContext context, MentionStore mentions, DuplicateQueries queries, CancellationToken cancellationToken) =>
        await mentions.FindAsync(id, cancellationToken) is { } mention && mention.BrandId == context.Person().BrandId
            ? TypedResults.Ok(await queries.OfMentionAsync(mention, cancellationToken))
            : Problems.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> MarkAsync(
        Guid id, DuplicateBody body, HttpContext context, DuplicateDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.MarkAsync(id, body.MentionId, context.Person().BrandId, context.Person().Id, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(Guid id, HttpContext context, DuplicateDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.UndoAsync(id, context.Person().BrandId, context.Person().Id, cancellationToken));

    private static Results<NoContent, ProblemHttpResult> Answer(DuplicateOutcome outcome) => outcome switch
    {
        DuplicateOutcome.Done => TypedResults.NoContent(),
        DuplicateOutcome.NotFound => Problems.NotFound(),
        DuplicateOutcome.OtherNotFound or DuplicateOutcome.Itself => Problems.BadRequest($"mentionId: {DuplicateActions.Explain(outcome)}"),
        _ => Problems.Conflict(DuplicateActions.Explain(outcome), ("outcome", outcome)),
    };
}

/// <summary>The original.</summary>
internal sealed record DuplicateBody(Guid MentionId);
