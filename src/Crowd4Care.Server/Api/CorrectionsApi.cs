using Crowd4Care.Classification;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crowd4Care.Server.Api;

/// <summary>What people say of scores: given for a mention, read for training elsewhere.</summary>
internal static class CorrectionsApi
{
    private const int LongestPage = 1000;

    public static void MapCorrections(this RouteGroupBuilder api)
    {
        api.MapPost("/mentions/{id:guid}/corrections", SaveAsync)
            .WithSummary("Say what is right for a head of the score; the score's own label confirms it. Replaces what you said before.");
        api.MapGet("/corrections", PageAsync).RequireAuthorization(AccessServices.Staff).WithSummary("A page of corrections and confirmations with their texts, oldest first.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SaveAsync(
        Guid id, CorrectionBody body, HttpContext context, CorrectionStore corrections, CancellationToken cancellationToken)
    {
        var person = context.Person();
        var result = await corrections.SaveAsync(id, person.BrandId, person.Id, person.Role, body.Head ?? "", body.Label ?? "", cancellationToken);
        return result.Outcome switch
        {
            CorrectionOutcome.Saved => TypedResults.NoContent(),
            CorrectionOutcome.NotFound => Problems.NotFound(),
            CorrectionOutcome.NotYours => Problems.Conflict("Advocates correct the scores of mentions that they claimed."),
            CorrectionOutcome.NotScored => Problems.Conflict("The mention has no score, or it was deleted."),
            CorrectionOutcome.UnknownHead => Problems.BadRequest($"head: \"{body.Head}\" is unknown; one of {string.Join(", ", result.Known)} is expected."),
            _ => Problems.BadRequest($"label: \"{body.Label}\" is unknown; one of {string.Join(", ", result.Known)} is expected."),
        };
    }

    private static async Task<Results<Ok<CorrectionPage>, ProblemHttpResult>> PageAsync(
        HttpContext context, CorrectionStore corrections, [FromQuery] Guid? after, [FromQuery] int limit = 100, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > LongestPage)
            return Problems.BadRequest($"limit is {limit}; 1 to {LongestPage} is expected.");

        var items = await corrections.PageAsync(context.Person().BrandId, after, limit, cancellationToken);
        return TypedResults.Ok(new CorrectionPage(items, items.Count == limit ? items[^1].Id : null));
    }
}

/// <summary>What is right.</summary>
/// <param name="Head">The head, such as <c>topic</c>.</param>
/// <param name="Label">The right label.</param>
internal sealed record CorrectionBody(string? Head, string? Label);

/// <summary>A page of corrections.</summary>
/// <param name="Items">The corrections.</param>
/// <param name="Next">The value of <c>after</c> for the next page; absent on the last.</param>
internal sealed record CorrectionPage(IReadOnlyList<Correction> Items, Guid? Next);
