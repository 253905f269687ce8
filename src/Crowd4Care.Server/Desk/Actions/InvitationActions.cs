using Crowd4Care.Community;
using Crowd4Care.Server.Access;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Admins withdraw invitations; they are made on the page, which shows the link.</summary>
internal static class InvitationActions
{
    public static void MapInvitationActions(this WebApplication app) =>
        app.MapGroup("/desk/invitations").RequireAuthorization(AccessServices.Admins).WithFormCheck().MapPost("/withdraw", async (HttpContext context, Invitations invitations) =>
            Guid.TryParse(await context.FieldAsync("id"), out var id) && await invitations.WithdrawAsync(id, context.Person().BrandId, context.Person().Id, context.RequestAborted)
                ? DeskAnswer.Done(Say("Withdrawn: the link opens nothing any more."))
                : DeskAnswer.Refused(Say("It was used meanwhile, or ran out.")));
}
