using Crowd4Care.Engagement.Writing;
using Crowd4Care.Server.Access;
using Crowd4Care.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Texts to begin an answer with: read by everybody, kept by staff.</summary>
internal static class TemplatesApi
{
    public static void MapTemplates(this RouteGroupBuilder api)
    {
        var templates = api.MapGroup("/templates");
        templates.MapGet("/", async (HttpContext context, TemplateStore store, CancellationToken cancellationToken) =>
            TypedResults.Ok(await store.ListAsync(context.Person().BrandId, cancellationToken))).WithSummary("All templates, by name.");
        templates.MapPost("/", AddAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Add a template. Placeholders: {author}, {handle}, {me}, {brand}, {link}.");
        templates.MapPut("/{id:guid}", ChangeAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Change a template.");
        templates.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Remove a template.");
    }

    private static async Task<Results<Created<Template>, ProblemHttpResult>> AddAsync(
        TemplateBody body, HttpContext context, TemplateStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var template = body.ToTemplate(Ids.New(clock));
        return await store.SaveAsync(context.Person().BrandId, template, context.Person().Id, cancellationToken) is { Count: > 0 } mistakes
            ? Problems.BadRequest(string.Join(' ', mistakes))
            : TypedResults.Created($"/api/v1/templates/{template.Id}", await store.FindAsync(context.Person().BrandId, template.Id, cancellationToken));
    }

    private static async Task<Results<Ok<Template>, ProblemHttpResult>> ChangeAsync(
        Guid id, TemplateBody body, HttpContext context, TemplateStore store, CancellationToken cancellationToken)
    {
        var brand = context.Person().BrandId;
        if (await store.FindAsync(brand, id, cancellationToken) is null)
            return Problems.NotFound("template");

        return await store.SaveAsync(brand, body.ToTemplate(id), context.Person().Id, cancellationToken) is { Count: > 0 } mistakes
            ? Problems.BadRequest(string.Join(' ', mistakes))
            : TypedResults.Ok(await store.FindAsync(brand, id, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, HttpContext context, TemplateStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(context.Person().BrandId, id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("template");
}

/// <summary>A template to keep.</summary>
/// <param name="Name">What people pick it by, 1 to 80 characters.</param>
/// <param name="Text">The text, 1 to 5000 characters.</param>
/// <param name="Languages">Languages (BCP 47) that it is written in; all if left out.</param>
/// <param name="Topics">Topics that it answers; all if left out.</param>
internal sealed record TemplateBody(string? Name, string? Text, IReadOnlyList<string>? Languages = null, IReadOnlyList<string>? Topics = null)
{
    public Template ToTemplate(Guid id) => new()
    {
        Id = id, Name = Name?.Trim() ?? "", Text = Text?.Trim() ?? "", Languages = [.. (Languages ?? []).Distinct()], Topics = [.. (Topics ?? []).Distinct()],
    };
}
