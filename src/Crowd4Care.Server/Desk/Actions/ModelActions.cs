using Crowd4Care.Classification;
using Crowd4Care.Server.Access;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Which model scores: trained, promoted and rolled back by admins.</summary>
internal static class ModelActions
{
    public static void MapModelActions(this WebApplication app)
    {
        var models = app.MapGroup("/desk/models").RequireAuthorization(AccessServices.Admins).WithFormCheck();
        models.MapPost("/train", TrainAsync);
        models.MapPost("/promote", PromoteAsync);
        models.MapPost("/roll-back", RollBackAsync);
    }

    private static async Task<DeskAnswer> TrainAsync(HttpContext context, TrainingDesk training)
    {
        var person = context.Person();
        return await training.AskAsync(person.Id, person.BrandId, context.RequestAborted) switch
        {
            TrainingAnswer.Asked => DeskAnswer.Done(Say("It begins in a moment. You can go on with other things: this page tells what came of it.")),
            TrainingAnswer.Running => DeskAnswer.Refused(Say("A training runs already; when it is over you can ask for the next.")),
            _ => DeskAnswer.Refused(Phrase($"There are too few corrections yet: {PromotionRule.LeastHeld} that only measure are needed.")),
        };
    }

    private static async Task<DeskAnswer> PromoteAsync(HttpContext context, ModelStore models)
    {
        var person = context.Person();
        var version = await context.FieldAsync("version");
        return await models.PromoteAsync(version, person.Id, person.BrandId, context.RequestAborted)
            ? DeskAnswer.Done(Phrase($"{version} is live."))
            : DeskAnswer.Refused(Say("That model is live already, or there is none of that version."));
    }

    private static async Task<DeskAnswer> RollBackAsync(HttpContext context, ModelStore models)
    {
        var person = context.Person();
        return await models.RollBackAsync(person.Id, person.BrandId, context.RequestAborted) is { } version
            ? DeskAnswer.Done(Phrase($"{version} is live again."))
            : DeskAnswer.Refused(Say("The model that came with the program is live: there is none before it."));
    }
}
