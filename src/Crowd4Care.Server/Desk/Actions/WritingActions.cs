using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Writing;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Puts a text into the reply box: by script where the cursor is, without it behind what is written already.</summary>
internal static class WritingActions
{
    public static void MapWritingActions(this WebApplication app)
    {
        var mention = app.MapGroup("/desk/mentions/{id:guid}").WithFormCheck();
        mention.MapPost("/template", TemplateAsync);
        mention.MapPost("/start-from", StartFromAsync);
        mention.MapPost("/link", LinkAsync);
    }

    private static async Task<DeskAnswer> TemplateAsync(Guid id, HttpContext context, FeedQueries mentions, WritingDesk desk, Drafts drafts)
    {
        if (await FindAsync(id, context, mentions) is not { } mention)
            return DeskAnswer.Refused(ActionWords.Gone);

        return Guid.TryParse(await context.FieldAsync("template"), out var template)
            && await desk.FillAsync(mention, template, context.Person().Name, context.RequestAborted) is { } text
            ? await WriteAsync(id, context, drafts, text)
            : DeskAnswer.Refused(Say("That template was removed meanwhile. Choose another."));
    }

    private static async Task<DeskAnswer> StartFromAsync(Guid id, HttpContext context, WritingDesk desk, Drafts drafts) =>
        Guid.TryParse(await context.FieldAsync("reply"), out var reply)
        && await desk.StartFromAsync(context.Person().BrandId, reply, context.RequestAborted) is { } text
            ? await WriteAsync(id, context, drafts, text)
            : DeskAnswer.Refused(Say("That answer is gone."));

    private static async Task<DeskAnswer> LinkAsync(Guid id, HttpContext context, KnowledgeStore links, Drafts drafts)
    {
        var wanted = await context.FieldAsync("link");
        return (await links.ListAsync(context.Person().BrandId, context.RequestAborted)).FirstOrDefault(l => l.Id.ToString() == wanted) is { } link
            ? await WriteAsync(id, context, drafts, link.Url)
            : DeskAnswer.Refused(Say("That page was removed from the list."));
    }

    private static async Task<DeskAnswer> WriteAsync(Guid id, HttpContext context, Drafts drafts, string text)
    {
        var written = await context.FieldAsync("text");
        if (!context.Request.Headers.ContainsKey(DeskAnswer.ByScript))
            drafts.Keep(context, id, written.Length == 0 ? text : $"{written}\n{text}");
        return DeskAnswer.Done(Say("Put into your reply.")) with { Text = text };
    }

    private static async Task<FeedItem?> FindAsync(Guid id, HttpContext context, FeedQueries mentions) =>
        await mentions.FindAsync(id, cancellationToken: context.RequestAborted) is { } mention && mention.BrandId == context.Person().BrandId ? mention : null;
}
