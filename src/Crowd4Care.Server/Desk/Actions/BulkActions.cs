using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>What staff do with those that they chose from the queue.</summary>
internal static class BulkActions
{
    private const int MostReasons = 3;
    private const int MostNames = 3;

    public static void MapBulkActions(this WebApplication app) =>
        app.MapGroup("/desk/queue").RequireAuthorization(AccessServices.Staff).WithFormCheck().MapPost("/bulk", RunAsync);

    private static async Task<DeskAnswer> RunAsync(HttpContext context, BulkWork work)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var ids = form["id"].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        if (ids.Count == 0)
            return DeskAnswer.Refused(Say("Choose some first."));
        if (BulkActionText.Read(form["do"].LastOrDefault()) is not { } action)
            return DeskAnswer.Refused(ActionWords.Incomplete);

        var words = await context.FieldAsync(action == BulkAction.Topic ? "topic" : "advice");
        if (action == BulkAction.Topic && words.Length == 0)
            return DeskAnswer.Refused(Say("Choose the topic first."));

        var result = await work.RunAsync(context.Person(), action, ids, words, context.RequestAborted);
        return new DeskAnswer(result.Done.Count > 0, Tell(action, words, result));
    }

    /// <summary>How many succeeded, and which did not and why, in a few sentences.</summary>
    internal static string Tell(BulkAction action, string words, BulkResult result)
    {
        var what = action switch
        {
            BulkAction.Take => Say("taken"),
            BulkAction.Release => Say("given back"),
            BulkAction.HandBack => Say("handed back to the crowd"),
            BulkAction.Resolve => Say("resolved"),
            _ => Phrase($"corrected: the topic is {Words.Plain(words)}"),
        };
        var count = result.Failed.Count == 0 ? $"{result.Done.Count}" : Phrase($"{result.Done.Count} of {result.Done.Count + result.Failed.Count}");
        var reasons = result.Failed.GroupBy(f => f.Reason).OrderByDescending(g => g.Count()).ToList();
        var told = reasons.Take(MostReasons).Select(g => $" {Names([.. g.Select(f => f.Author ?? Say("One that is gone"))])}: {g.Key}");
        var more = reasons.Skip(MostReasons).Sum(g => g.Count());
        return $"{count} {what}.{string.Concat(told)}{(more > 0 ? Phrase($" And {more} more, for other reasons.") : "")}";
    }

    private static string Names(IReadOnlyList<string> names) =>
        Words.List(names.Count <= MostNames + 1 ? names : [.. names.Take(MostNames), Phrase($"{names.Count - MostNames} more")]);
}
