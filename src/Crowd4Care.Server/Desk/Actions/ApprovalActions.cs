using Crowd4Care.Engagement.Approvals;
using Crowd4Care.Server.Access;
using static Crowd4Care.Server.Desk.Languages.Texts;

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
        ApprovalOutcome.NotFound => Say("There is no such reply any more."),
        ApprovalOutcome.Deleted => Say("The customer deleted the post meanwhile: there is nothing to answer, and nothing was sent."),
        ApprovalOutcome.TakenBack => Phrase($"{result.PersonName ?? Say("The writer")} took the reply back meanwhile. Nothing was sent."),
        ApprovalOutcome.Decided => Say("A colleague decided on it meanwhile."),
        ApprovalOutcome.TooLong => Phrase($"It is too long: {result.Measure?.Excess}, signature included."),
        _ => Say("The text is missing."),
    };

    private static async Task<DeskAnswer> ApproveAsync(HttpContext context, ApprovalDesk desk)
    {
        var person = context.Person();
        if (!Guid.TryParse(await context.FieldAsync("id"), out var reply))
            return DeskAnswer.Refused(ActionWords.Incomplete);

        var text = (await context.Request.ReadFormAsync(context.RequestAborted)).TryGetValue("text", out var given) ? given.ToString() : null;
        var result = await desk.ApproveAsync(reply, person.BrandId, person.Id, text, context.RequestAborted);
        return result.Outcome == ApprovalOutcome.Done ? DeskAnswer.Done(Phrase($"Approved. It goes out as {result.PersonName ?? Say("the writer")}'s reply.")) : DeskAnswer.Refused(Explain(result));
    }

    private static async Task<DeskAnswer> RejectAsync(HttpContext context, ApprovalDesk desk)
    {
        var person = context.Person();
        if (!Guid.TryParse(await context.FieldAsync("id"), out var reply))
            return DeskAnswer.Refused(ActionWords.Incomplete);

        var result = await desk.RejectAsync(reply, person.BrandId, person.Id, await context.FieldAsync("reason"), context.RequestAborted);
        return result.Outcome switch
        {
            ApprovalOutcome.Done => DeskAnswer.Done(Phrase($"Given back. {result.PersonName ?? Say("The writer")} reads why and can mend it.")),
            ApprovalOutcome.Empty => DeskAnswer.Refused(Say("Say in a few words what should change.")),
            _ => DeskAnswer.Refused(Explain(result)),
        };
    }
}
