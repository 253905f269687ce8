using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crowd4Care.Server.Api;

/// <summary>Why a mention went where it went.</summary>
internal static class DecisionApi
{
    public static void MapDecision(this RouteGroupBuilder api) =>
        api.MapGet("/mentions/{id:guid}/decision", ExplainAsync)
            .WithSummary("The last routing decision with its inputs, whether they give it again, and, with ?person=ID, why somebody got it or not.");

    private static async Task<Results<Ok<ExplainedDecision>, NotFound, ProblemHttpResult>> ExplainAsync(
        Guid id, HttpContext context, MentionStore mentions, DecisionExplainer explainer, PeopleStore people, [FromQuery] Guid? person, CancellationToken cancellationToken)
    {
        var brandId = context.Person().BrandId;
        if (await mentions.FindAsync(id, cancellationToken) is not { } mention || mention.BrandId != brandId)
            return TypedResults.NotFound();
        if (person is { } asked && (await people.FindAsync(asked, cancellationToken))?.BrandId != brandId)
            return Problems.BadRequest($"person {asked} is nobody of this brand; the id of an advocate is expected.");
        return await explainer.ExplainAsync(id, person, cancellationToken) is { } explained ? TypedResults.Ok(explained) : TypedResults.NotFound();
    }
}
