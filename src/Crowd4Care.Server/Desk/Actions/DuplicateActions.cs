using Crowd4Care.Escalation.Duplicates;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Staff close duplicates, and take them apart.</summary>
internal static class DuplicateActions
{
    public static void MapDuplicateActions(this WebApplication app)
    {
        var mention = app.MapGroup("/desk/mentions/{id:guid}").RequireAuthorization(AccessServices.Staff).WithFormCheck();
        mention.MapPost("/duplicate", MarkAsync);
        mention.MapPost("/duplicate/undo", UndoAsync);
    }

    /// <summary>Says in a sentence why it was not done.</summary>
    public static string Explain(DuplicateOutcome outcome) => outcome switch
    {
        DuplicateOutcome.NotFound => ActionWords.Gone,
        DuplicateOutcome.OtherNotFound => Say("There is no such other mention, or it was deleted."),
        DuplicateOutcome.Itself => Say("That is the address of this mention itself."),
        DuplicateOutcome.OtherWayRound => Say("It is the other way round: that one is a duplicate already."),
        DuplicateOutcome.NotYours => ActionWords.TakenOver,
        _ => Say("That isn't possible in its present state."),
    };

    private static async Task<DeskAnswer> MarkAsync(Guid id, HttpContext context, DuplicateDesk desk)
    {
        if (Numbers.First(await context.FieldAsync("of")) is not { } other)
            return DeskAnswer.Refused(Say("Paste the address of the other mention's page."));

        var outcome = await desk.MarkAsync(id, other, context.Person().BrandId, context.Person().Id, context.RequestAborted);
        return outcome == DuplicateOutcome.Done ? DeskAnswer.Done(Say("Closed as a duplicate.")) : DeskAnswer.Refused(Explain(outcome));
    }

    private static async Task<DeskAnswer> UndoAsync(Guid id, HttpContext context, DuplicateDesk desk)
    {
        var outcome = await desk.UndoAsync(id, context.Person().BrandId, context.Person().Id, context.RequestAborted);
        return outcome == DuplicateOutcome.Done ? DeskAnswer.Done(Say("Taken apart. It is back where it came from.")) : DeskAnswer.Refused(Explain(outcome));
    }
}
