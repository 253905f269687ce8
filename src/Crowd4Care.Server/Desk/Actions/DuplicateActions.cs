using System.Text.RegularExpressions;
using Crowd4Care.Escalation.Duplicates;
using Crowd4Care.Server.Access;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Staff close duplicates, and take them apart.</summary>
internal static partial class DuplicateActions
{
    public static void MapDuplicateActions(this WebApplication app)
    {
        var mention = app.MapGroup("/desk/mentions/{id:guid}").RequireAuthorization(AccessServices.Staff).WithFormCheck();
        mention.MapPost("/duplicate", MarkAsync);
        mention.MapPost("/duplicate/undo", UndoAsync);
    }

    /// <summary>The mention of an address or number that somebody pasted; null for anything else.</summary>
    internal static Guid? Read(string text) => Number.Match(text) is { Success: true } found ? Guid.Parse(found.Value) : null;

    /// <summary>Says in a sentence why it was not done.</summary>
    public static string Explain(DuplicateOutcome outcome) => outcome switch
    {
        DuplicateOutcome.NotFound => Say("There is no such mention any more."),
        DuplicateOutcome.OtherNotFound => Say("There is no such other mention, or it was deleted."),
        DuplicateOutcome.Itself => Say("That is the address of this mention itself."),
        DuplicateOutcome.OtherWayRound => Say("It is the other way round: that one is a duplicate already."),
        DuplicateOutcome.NotYours => Say("Somebody else has it, or a reply is on its way."),
        _ => Say("That isn't possible in its present state."),
    };

    private static async Task<DeskAnswer> MarkAsync(Guid id, HttpContext context, DuplicateDesk desk)
    {
        if (Read(await context.FieldAsync("of")) is not { } other)
            return DeskAnswer.Refused(Say("Paste the address of the other mention's page."));

        var outcome = await desk.MarkAsync(id, other, context.Person().BrandId, context.Person().Id, context.RequestAborted);
        return outcome == DuplicateOutcome.Done ? DeskAnswer.Done(Say("Closed as a duplicate.")) : DeskAnswer.Refused(Explain(outcome));
    }

    private static async Task<DeskAnswer> UndoAsync(Guid id, HttpContext context, DuplicateDesk desk)
    {
        var outcome = await desk.UndoAsync(id, context.Person().BrandId, context.Person().Id, context.RequestAborted);
        return outcome == DuplicateOutcome.Done ? DeskAnswer.Done(Say("Taken apart. It is back where it came from.")) : DeskAnswer.Refused(Explain(outcome));
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }
}
