using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>How well people have their skills: estimates with what they rest on, and values that an admin set.</summary>
internal static class SkillsApi
{
    public static void MapSkills(this RouteGroupBuilder api)
    {
        api.MapGet("/advocates/{id:guid}/skills", ListAsync)
            .WithSummary("An advocate's skills: estimate with a 90 % interval, evidence, what was declared and pinned. Advocates see their own.");
        var pin = api.MapGroup("/advocates/{id:guid}/skills/{skill}/pin").RequireAuthorization(AccessServices.Admins);
        pin.MapPut("", PinAsync).WithSummary("Set the proficiency that counts, whatever outcomes say.");
        pin.MapDelete("", UnpinAsync).WithSummary("Let outcomes count again.");
    }

    private static async Task<Results<Ok<IReadOnlyList<SkillEstimate>>, ForbidHttpResult, ProblemHttpResult>> ListAsync(
        Guid id, HttpContext context, PeopleStore people, SkillStore skills, CancellationToken cancellationToken)
    {
        var me = context.Person();
        if (id != me.Id && !me.IsStaff())
            return TypedResults.Forbid();
        return await people.FindAsync(id, cancellationToken) is { } person && person.BrandId == me.BrandId
            ? TypedResults.Ok(await skills.OfAsync(id, cancellationToken))
            : Problems.NotFound("person");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PinAsync(
        Guid id, string skill, PinBody body, HttpContext context, SkillStore skills, CancellationToken cancellationToken)
    {
        if (!Skill.IsValid(skill))
            return Problems.BadRequest($"skill: \"{skill}\" is not a skill; kind:value in small letters is expected, such as topic:billing.");
        if (body.Proficiency is not (>= 0 and <= 1))
            return Problems.BadRequest($"proficiency is {body.Proficiency?.ToString(CultureInfo.InvariantCulture) ?? "missing"}; 0 to 1 is expected.");

        var me = context.Person();
        return Answer(await skills.PinAsync(id, me.BrandId, skill, body.Proficiency, me.Id, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnpinAsync(
        Guid id, string skill, HttpContext context, SkillStore skills, CancellationToken cancellationToken)
    {
        var me = context.Person();
        return Answer(await skills.PinAsync(id, me.BrandId, skill, null, me.Id, cancellationToken));
    }

    private static Results<NoContent, ProblemHttpResult> Answer(PinOutcome outcome) => outcome switch
    {
        PinOutcome.Done => TypedResults.NoContent(),
        PinOutcome.NoSuchPerson => Problems.NotFound("person"),
        _ => Problems.NotFound("pin"),
    };
}

/// <summary>The value to pin.</summary>
/// <param name="Proficiency">0 to 1.</param>
internal sealed record PinBody(double? Proficiency);
