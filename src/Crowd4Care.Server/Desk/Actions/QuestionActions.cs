using Crowd4Care.Engagement.Questions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Questions to staff, and their answers.</summary>
internal static class QuestionActions
{
    public static void MapQuestionActions(this WebApplication app)
    {
        app.MapGroup("/desk/mentions/{id:guid}").WithFormCheck().MapPost("/ask", AskAsync);
        app.MapGroup("/desk/questions/{id:guid}").RequireAuthorization(AccessServices.Staff).WithFormCheck().MapPost("/answer", AnswerAsync);
    }

    private static async Task<DeskAnswer> AskAsync(Guid id, HttpContext context, QuestionDesk desk, TimeProvider clock)
    {
        var person = context.Person();
        var result = await desk.AskAsync(id, person.BrandId, person.Id, await context.FieldAsync("question"), context.RequestAborted);
        return result.Outcome == QuestionOutcome.Done
            ? DeskAnswer.Done(Phrase($"Staff are asked. It stays yours for {Words.Minutes(result.Until!.Value - clock.GetUtcNow())} meanwhile."))
            : DeskAnswer.Refused(Explain(result.Outcome));
    }

    private static async Task<DeskAnswer> AnswerAsync(Guid id, HttpContext context, QuestionDesk desk)
    {
        var person = context.Person();
        var result = await desk.AnswerAsync(id, person.BrandId, person.Id, await context.FieldAsync("text"), context.RequestAborted);
        return result.Outcome == QuestionOutcome.Done ? DeskAnswer.Done(Say("Answered. Who asked sees it now.")) : DeskAnswer.Refused(Explain(result.Outcome));
    }

    /// <summary>Says in a sentence why it was not done.</summary>
    public static string Explain(QuestionOutcome outcome) => outcome switch
    {
        QuestionOutcome.NotFound => Say("There is no such mention or question any more."),
        QuestionOutcome.Empty => Say("The text is missing."),
        QuestionOutcome.Waits => Say("Your question waits already: staff see it."),
        QuestionOutcome.TooMany => Phrase($"You asked {QuestionDesk.MostOfClaim} times about it. Hand it to staff if it is theirs to answer."),
        QuestionOutcome.Over => Say("It was answered meanwhile, or the claim is over."),
        _ => ActionWords.NotHeld,
    };
}
