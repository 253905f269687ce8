using Crowd4Care.Community;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>For admins: what the brand decides for itself.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings").RequireAuthorization(AccessServices.Admins);
        settings.MapGet("/", async (HttpContext context, BrandStore brands, EffectiveSettings effective, CancellationToken cancellationToken) =>
            TypedResults.Ok(await AnswerAsync(context, brands, effective, cancellationToken))).WithSummary("The brand's settings, what counts, and where that comes from.");
        settings.MapPut("/", SaveAsync)
            .WithSummary("Replace the brand's settings: what is left out goes back to what the installation says. Counts at once, and stands in the journal.");
    }

    private static async Task<Results<Ok<SettingsAnswer>, ProblemHttpResult>> SaveAsync(
        BrandSettings body, HttpContext context, BrandStore brands, EffectiveSettings effective, CancellationToken cancellationToken)
    {
        var given = body.Trimmed();
        if (given.Mistakes(effective.MostKeepDays) is { Count: > 0 } mistakes)
            return Problems.BadRequest(string.Join(' ', mistakes.Select(m => $"{m.Key}: {m.Value}")), mistakes.ToDictionary(m => m.Key, m => new[] { m.Value }));

        await brands.SaveAsync(context.Person().BrandId, given, context.Person().Id, cancellationToken);
        return TypedResults.Ok(await AnswerAsync(context, brands, effective, cancellationToken));
    }

    private static async Task<SettingsAnswer> AnswerAsync(HttpContext context, BrandStore brands, EffectiveSettings effective, CancellationToken cancellationToken)
    {
        var set = (await brands.SettingsAsync(context.Person().BrandId, cancellationToken))!;
        return new SettingsAnswer(set, effective.Of(set), effective.Installation);
    }
}

/// <summary>The settings of a brand.</summary>
/// <param name="Set">What the brand set; what is missing it did not set.</param>
/// <param name="Effective">What counts, by name, with its source: brand, default or installation.</param>
/// <param name="Installation">What only the operator changes.</param>
internal sealed record SettingsAnswer(BrandSettings Set, IReadOnlyDictionary<string, EffectiveSetting> Effective, InstallationSettings Installation);
