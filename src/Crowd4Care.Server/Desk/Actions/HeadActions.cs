using Crowd4Care.Classification;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>A brand's own heads: added, changed and removed by admins.</summary>
internal static class HeadActions
{
    public static void MapHeadActions(this WebApplication app)
    {
        var heads = app.MapGroup("/desk/heads").RequireAuthorization(AccessServices.Admins).WithFormCheck();
        heads.MapPost("/save", SaveAsync);
        heads.MapPost("/remove", RemoveAsync);
    }

    private static async Task<DeskAnswer> SaveAsync(HttpContext context, BrandHeadStore heads)
    {
        var person = context.Person();
        var head = BrandHeadText.Read(await context.FieldAsync("name"), await context.FieldAsync("labels"));
        var mistakes = await heads.SaveAsync(person.BrandId, head, person.Id, context.RequestAborted);
        return mistakes.Count == 0 ? DeskAnswer.Done(Phrase($"{Words.Capital(Words.Plain(head.Name))} is saved: new mentions get it.")) : DeskAnswer.Refused(string.Join(" ", mistakes));
    }

    private static async Task<DeskAnswer> RemoveAsync(HttpContext context, BrandHeadStore heads)
    {
        var person = context.Person();
        return await heads.RemoveAsync(person.BrandId, await context.FieldAsync("name"), person.Id, context.RequestAborted)
            ? DeskAnswer.Done(Say("Removed."))
            : DeskAnswer.Refused(Say("It was removed already."));
    }
}
