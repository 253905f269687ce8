using Crowd4Care.Community;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Switches of the desk itself.</summary>
internal static class DeskActions
{
    public static void MapDeskActions(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").WithFormCheck();
        desk.MapPost("/away", async (HttpContext context, PeopleStore people) =>
        {
            var away = await context.FieldAsync("away") == "true";
            await people.SetAwayAsync(context.Person().Id, away, context.RequestAborted);
            return DeskAnswer.Done(away ? "You are away: no new offers until you are back." : "You are here: offers can come.");
        });
        desk.MapPost("/theme", async (HttpContext context) =>
        {
            Theme.Set(context, await context.FieldAsync("theme"));
            return DeskAnswer.Done("");
        }).AllowAnonymous();
    }
}
