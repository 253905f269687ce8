using Crowd4Care.Engagement.Questions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Questions to staff about a mention that its holder keeps.</summary>
internal static class QuestionsApi
{
    private const int Most = 200;

    public static void MapQuestions(this RouteGroupBuilder api)
    {
        api.MapPost("/mentions/{id:guid}/questions", AskAsync).WithSummary("Ask staff about a mention that I have claimed, and keep it meanwhile.");
        var questions = api.MapGroup("/questions").RequireAuthorization(AccessServices.Staff);
        questions.MapGet("/", async (HttpContext context, QuestionQueries queries, CancellationToken cancellationToken) =>
            TypedResults.Ok(await queries.WaitingAsync(context.Person().BrandId, Most, cancellationToken))).WithSummary("Questions that wait for staff, the oldest first; at most 200.");
        questions.MapPost("/{questionId:guid}/answer", AnswerAsync).WithSummary("Answer a question. The claim of who asked gets its whole time again.");
    }

    private static async Task<Results<Ok<AskedAnswer>, ProblemHttpResult>> AskAsync(
        Guid id, QuestionBody body, HttpContext context, QuestionDesk desk, CancellationToken cancellationToken)
    {
        var result = await desk.AskAsync(id, context.Person().BrandId, context.Person().Id, body.Text ?? "", cancellationToken);
        return result.Outcome == QuestionOutcome.Done ? TypedResults.Ok(new AskedAnswer(result.QuestionId!.Value, id, result.Until!.Value)) : Refuse(result);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(
        Guid questionId, QuestionBody body, HttpContext context, QuestionDesk desk, CancellationToken cancellationToken)
    {
        var result = await desk.AnswerAsync(questionId, context.Person().BrandId, context.Person().Id, body.Text ?? "", cancellationToken);
        return result.Outcome == QuestionOutcome.Done ? TypedResults.NoContent() : Refuse(result);
    }

    private static ProblemHttpResult Refuse(QuestionResult result) => result.Outcome switch
    {
        QuestionOutcome.NotFound => Problems.NotFound("mention or question"),
        QuestionOutcome.Empty => Problems.BadRequest("text: is missing or empty."),
        _ => Problems.Conflict(QuestionActions.Explain(result.Outcome), ("outcome", result.Outcome)),
    };
}

/// <summary>A question, or its answer.</summary>
internal sealed record QuestionBody(string? Text);

/// <summary>A question that was asked.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="MentionId">The mention.</param>
/// <param name="Until">When the claim runs out, if nobody answers.</param>
internal sealed record AskedAnswer(Guid QuestionId, Guid MentionId, DateTimeOffset Until);
