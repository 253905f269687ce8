using System.Text.Json;
using Crowd4Care.Routing;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Versions of the rule set: drafts, what was in force, what differs, roll back.</summary>
internal static class RuleVersionsApi
{
    public static void MapRuleVersions(this RouteGroupBuilder rules)
    {
        rules.MapPost("/drafts", DraftAsync).RequireAuthorization(AccessServices.Admins).WithSummary("Validates a rule set and stores it as a version that is not in force.")
            .Accepts<JsonElement>("application/json");
        rules.MapGet("/versions", ListAsync).WithSummary("All versions of the rule set, newest first, without their documents.");
        rules.MapGet("/versions/{version:int}", FindAsync).WithSummary("A version as it was written; version 0 is the built-in one.");
        rules.MapGet("/versions/{version:int}/diff", DiffAsync)
            .WithSummary("The lines of a version and of another, the one in force if to is left out: those of both after a space, of the first after -, of the other after +.");
        rules.MapPost("/versions/{version:int}/publish", PublishAsync).RequireAuthorization(AccessServices.Admins)
            .WithSummary("Puts a draft in force, or an old version again: as a new version with the same document.");
    }

    private static async Task<Results<Ok<DraftAnswer>, ProblemHttpResult>> DraftAsync(HttpContext context, RuleSetStore store, CancellationToken cancellationToken)
    {
        if (await RulesApi.ReadAsync(context, cancellationToken) is not { } document)
            return RulesApi.TooLong();

        var (version, mistakes) = await store.DraftAsync(context.Person().BrandId, document, context.Person().Id, cancellationToken);
        return version is { } stored ? TypedResults.Ok(new DraftAnswer(stored)) : RulesApi.Refuse(mistakes);
    }

    private static async Task<Ok<IReadOnlyList<RuleVersionAnswer>>> ListAsync(HttpContext context, RuleSetStore store, CancellationToken cancellationToken)
    {
        var versions = await store.VersionsAsync(context.Person().BrandId, cancellationToken);
        var inForce = versions.FirstOrDefault(v => v.PublishedAt is not null)?.Version;
        return TypedResults.Ok<IReadOnlyList<RuleVersionAnswer>>(
            [.. versions.Select(v => new RuleVersionAnswer(v.Version, v.AuthorName, v.CreatedAt, v.PublishedAt, v.Version == inForce))]);
    }

    private static async Task<Results<Ok<RuleSetVersion>, ProblemHttpResult>> FindAsync(
        int version, HttpContext context, RuleSetStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(context.Person().BrandId, version, cancellationToken) is { } found ? TypedResults.Ok(found) : Problems.NotFound("version");

    private static async Task<Results<Ok<RuleDiffAnswer>, ProblemHttpResult>> DiffAsync(
        int version, int? to, HttpContext context, RuleSetStore store, CancellationToken cancellationToken)
    {
        var brandId = context.Person().BrandId;
        var other = to ?? (await store.PublishedAsync(brandId, cancellationToken)).Version;
        return await store.FindAsync(brandId, version, cancellationToken) is { } first && await store.FindAsync(brandId, other, cancellationToken) is { } second
            ? TypedResults.Ok(new RuleDiffAnswer(version, other, LineDiff.Of(first.Document, second.Document)))
            : Problems.NotFound("version");
    }

    private static async Task<Results<Ok<PublishedAnswer>, ProblemHttpResult>> PublishAsync(
        int version, HttpContext context, RuleSetStore store, CancellationToken cancellationToken) =>
        await store.PublishAsync(context.Person().BrandId, version, context.Person().Id, cancellationToken) switch
        {
            null => Problems.NotFound("version"),
            { Version: { } published } => TypedResults.Ok(new PublishedAnswer(published)),
            { } refused => RulesApi.Refuse(refused.Mistakes),
        };
}

/// <summary>A stored draft.</summary>
internal sealed record DraftAnswer(int Version);

/// <summary>A version of the rule set. A draft has no time of publication.</summary>
internal sealed record RuleVersionAnswer(int Version, string? Author, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt, bool InForce);

/// <summary>What differs between two versions.</summary>
internal sealed record RuleDiffAnswer(int From, int To, IReadOnlyList<string> Lines);
