using System.Globalization;
using Crowd4Care.Community;
using Crowd4Care.Escalation;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using Crowd4Care.Server.Desk.Languages;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Switches of the desk itself.</summary>
internal static class DeskActions
{
    public static void MapDeskActions(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").WithFormCheck();
        desk.MapPost("/away", async (HttpContext context, AvailabilityStore availability) =>
        {
            var away = await context.FieldAsync("away") == "true";
            await availability.SetAwayAsync(context.Person().Id, away, context.RequestAborted);
            return DeskAnswer.Done(away ? Say("You are away: no new offers until you are back.") : Say("You are here: offers can come."));
        });
        desk.MapPost("/named/seen", async (HttpContext context, StaffDesk notes) =>
        {
            await notes.SeeNotesAsync(context.Person().Id, null, context.RequestAborted);
            return DeskAnswer.Done(Say("Nothing is new any more."));
        });
        desk.MapPost("/availability", SaveAvailabilityAsync);
        desk.MapPost("/language", async (HttpContext context) =>
        {
            DeskLanguage.Set(context, await context.FieldAsync("language"));
            return DeskAnswer.Done("");
        });
        desk.MapPost("/theme", async (HttpContext context) =>
        {
            Theme.Set(context, await context.FieldAsync("theme"));
            return DeskAnswer.Done("");
        }).AllowAnonymous();
    }

    private static async Task<DeskAnswer> SaveAvailabilityAsync(HttpContext context, AvailabilityStore availability)
    {
        var limit = await GivenAsync(context, "dailyLimit");
        var said = new Availability
        {
            TimeZone = await GivenAsync(context, "timeZone"), QuietFrom = await GivenAsync(context, "quietFrom"), QuietUntil = await GivenAsync(context, "quietUntil"),
            DailyLimit = limit is null ? null : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
        };
        if (said.Mistakes() is [var mistake, ..])
            return DeskAnswer.Refused(Words.Capital(mistake[(mistake.IndexOf(':', StringComparison.Ordinal) + 2)..]));

        await availability.SaveAsync(context.Person().Id, said, context.RequestAborted);
        return DeskAnswer.Done(Say("Saved. It counts from the next offer on."));
    }

    private static async Task<string?> GivenAsync(HttpContext context, string name) => await context.FieldAsync(name) is { Length: > 0 } given ? given : null;
}
