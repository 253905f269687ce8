using System.Globalization;
using Crowd4Care.Community.Skills;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Proficiency that admins pin, and let go again.</summary>
internal static class SkillActions
{
    public static void MapSkillActions(this WebApplication app)
    {
        var skills = app.MapGroup("/desk/people/{id:guid}/skills").RequireAuthorization(AccessServices.Admins).WithFormCheck();
        skills.MapPost("/pin", PinAsync);
        skills.MapPost("/unpin", UnpinAsync);
    }

    private static async Task<DeskAnswer> PinAsync(Guid id, HttpContext context, SkillStore skills)
    {
        var skill = await context.FieldAsync("skill");
        if (!Skill.IsValid(skill))
            return DeskAnswer.Refused(Phrase($"“{skill}” is not a skill; write kind:value in small letters, such as topic:billing."));
        if (!double.TryParse(await context.FieldAsync("percent"), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) || percent is not (>= 0 and <= 100))
            return DeskAnswer.Refused(Say("Give a percentage from 0 to 100."));

        var me = context.Person();
        return await skills.PinAsync(id, me.BrandId, skill, percent / 100, me.Id, context.RequestAborted) == PinOutcome.Done
            ? DeskAnswer.Done(Phrase($"{skill} is pinned at {percent:0.#} %."), Back(id))
            : DeskAnswer.Refused(Say("There is no such person."));
    }

    private static async Task<DeskAnswer> UnpinAsync(Guid id, HttpContext context, SkillStore skills)
    {
        var me = context.Person();
        var skill = await context.FieldAsync("skill");
        return await skills.PinAsync(id, me.BrandId, skill, null, me.Id, context.RequestAborted) == PinOutcome.Done
            ? DeskAnswer.Done(Phrase($"{skill} follows the outcomes again."), Back(id))
            : DeskAnswer.Refused(Say("It was not pinned any more."));
    }

    private static string Back(Guid id) => $"/admin/people?person={id}#skills-{id:N}";
}
