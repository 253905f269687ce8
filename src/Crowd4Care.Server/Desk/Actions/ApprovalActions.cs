using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Server.Access;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Staff decide on replies that wait.</summary>
internal static class ApprovalActions
{
    public static void MapApprovalActions(this WebApplication app)
    {
        var mention = app.MapGroup("/desk/mentions/{id:guid}").RequireAuthorization(AccessServices.Staff).WithFormCheck();
        mention.MapPost("/approve", ApproveAsync);
        mention.MapPost("/reject", RejectAsync);
    }

    /// <summary>Says in a sentence what became of it.</summary>
    public static string Explain(ApprovalResult result) => result.Outcome switch
    {
        ApprovalOutcome.NotFound => "There is no such reply any more.",
        ApprovalOutcome.Deleted => "The customer deleted the post meanwhile: there is nothing to answer, and nothing was sent.",
        ApprovalOutcome.TakenBack => $"{result.PersonName ?? "The writer"} took the reply back meanwhile. Nothing was sent.",
        ApprovalOutcome.Decided => "A colleague decided on it meanwhile.",
        ApprovalOutcome.TooLong => $"It is too long: {result.Measure?.Excess}, signature included.",
        _ => "The text is missing.",
    };

    private static async Task<DeskAnswer> ApproveAsync(HttpContext context, ApprovalDesk desk)
    {
        var person = context.Person();
        if (!Guid.TryParse(await context.FieldAsync("id"), out var reply))
            return DeskAnswer.Refused("The form is incomplete. Load the page again.");

        var text = (await context.Request.ReadFormAsync(context.RequestAborted)).TryGetValue("text", out var given) ? given.ToString() : null;
        var result = await desk.ApproveAsync(reply, person.BrandId, person.Id, text, context.RequestAborted);
        return result.Outcome == ApprovalOutcome.Done ? DeskAnswer.Done($"Approved. It goes out as {result.PersonName ?? "the writer"}'s reply.") : DeskAnswer.Refused(Explain(result));
    }

    private static async Task<DeskAnswer> RejectAsync(HttpContext context, ApprovalDesk desk)
    {
        var person = context.Person();
        if (!Guid.TryParse(await context.FieldAsync("id"), out var reply))
            return DeskAnswer.Refused("The form is incomplete. Load the page again.");

        var result = await desk.RejectAsync(reply, person.BrandId, person.Id, await context.FieldAsync("reason"), context.RequestAborted);
        return result.Outcome switch
        {
            ApprovalOutcome.Done => DeskAnswer.Done($"Given back. {result.PersonName ?? "The writer"} reads why and can mend it."),
            ApprovalOutcome.Empty => DeskAnswer.Refused("Say in a few words what should change."),
            _ => DeskAnswer.Refused(Explain(result)),
        };
    }
}
