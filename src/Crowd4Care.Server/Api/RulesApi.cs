using System.Text.Json;
using Crowd4Care.Classification;
using Crowd4Care.Routing;
using Crowd4Care.Routing.Backtest;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>The rule set: read, validate, try on past mentions, publish.</summary>
internal static class RulesApi
{
    private const int LongestDocument = 5 * 1024 * 1024;

    public static void MapRules(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").RequireAuthorization(AccessServices.Staff);
        rules.MapGet("", CurrentAsync).WithSummary("The rule set in force; version 0 is the built-in one.");
        rules.MapPost("/validate", ValidateAsync).WithSummary("Validates a rule set without publishing it. Answers 200 with warnings if there are any.")
            .Accepts<JsonElement>("application/json");
        rules.MapPost("", PublishAsync).RequireAuthorization(AccessServices.Admins).WithSummary("Validates a rule set and puts it in force.")
            .Accepts<JsonElement>("application/json");
        rules.MapPost("/backtest", BacktestAsync).RequireAuthorization(AccessServices.Admins)
            .WithSummary("Compares a rule set with the one in force on the mentions received in a period, without publishing it.").Accepts<JsonElement>("application/json");
        rules.MapRuleVersions();
    }

    private static async Task<Ok<RulesAnswer>> CurrentAsync(HttpContext context, RuleSetStore store, CancellationToken cancellationToken)
    {
        var (rules, version) = await store.PublishedAsync(context.Person().BrandId, cancellationToken);
        return TypedResults.Ok(new RulesAnswer(version, JsonSerializer.SerializeToElement(rules, RuleSet.Json)));
    }

    private static async Task<Results<NoContent, Ok<WarningsAnswer>, ProblemHttpResult>> ValidateAsync(
        HttpContext context, IMentionClassifier classifier, BrandHeadStore brandHeads, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } document)
            return TooLong();

        var reading = RuleSetCheck.Read(document);
        if (reading.RuleSet is null)
            return Refuse(reading.Mistakes);

        var warnings = RuleSetWarnings.Of(reading.RuleSet, HeadsOf(classifier, brandHeads.Of(context.Person().BrandId)));
        return warnings.Count > 0 ? TypedResults.Ok(new WarningsAnswer(warnings)) : TypedResults.NoContent();
    }

    /// <summary>The heads that scores of a brand have, with their labels.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> HeadsOf(IMentionClassifier classifier, IEnumerable<BrandHead> brandHeads)
    {
        var heads = classifier.Heads.ToDictionary(h => h.Name, h => h.Labels);
        foreach (var head in brandHeads)
            heads.TryAdd(head.Name, [.. head.Labels.Select(l => l.Label)]);
        return heads;
    }

    private static async Task<Results<Ok<PublishedAnswer>, ProblemHttpResult>> PublishAsync(HttpContext context, RuleSetStore store, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } document)
            return TooLong();

        var (version, mistakes) = await store.PublishAsync(context.Person().BrandId, document, context.Person().Id, cancellationToken);
        return version is { } published ? TypedResults.Ok(new PublishedAnswer(published)) : Refuse(mistakes);
    }

    private static async Task<Results<Ok<BacktestReport>, ProblemHttpResult>> BacktestAsync(
        HttpContext context, BacktestRunner runner, string? from, string? to, CancellationToken cancellationToken)
    {
        var (period, mistake) = BacktestPeriod.Read(from, to);
        if (period is null)
            return Problems.BadRequest($"The parameter {mistake}");
        if (await ReadAsync(context, cancellationToken) is not { } document)
            return TooLong();

        var reading = RuleSetCheck.Read(document);
        return reading.RuleSet is null
            ? Refuse(reading.Mistakes)
            : TypedResults.Ok(await runner.RunAsync(context.Person().BrandId, reading.RuleSet, period, cancellationToken));
    }

    internal static async Task<string?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > LongestDocument)
            return null;

        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return text.Length > LongestDocument ? null : text;
    }

    internal static ProblemHttpResult TooLong() => Problems.BadRequest($"The rule set is longer than {LongestDocument} bytes.");

    internal static ProblemHttpResult Refuse(IReadOnlyList<RuleSetMistake> mistakes) =>
        Problems.BadRequest(
            $"The rule set has {mistakes.Count} mistake(s). The first: {mistakes[0]}",
            mistakes.GroupBy(m => m.Path).ToDictionary(g => g.Key, g => g.Select(m => m.Message).ToArray()));
}

/// <summary>A rule set in force.</summary>
internal sealed record RulesAnswer(int Version, JsonElement Document);

/// <summary>A published rule set.</summary>
internal sealed record PublishedAnswer(int Version);

/// <summary>What is allowed and can hardly be meant.</summary>
internal sealed record WarningsAnswer(IReadOnlyList<RuleSetWarning> Warnings);
