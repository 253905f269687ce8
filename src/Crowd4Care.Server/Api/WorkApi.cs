using System.Globalization;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>The work on mentions: feed, queue, claim, reply and the rest.</summary>
internal static class WorkApi
{
    private const double LongestHold = 300;

    public static void MapWork(this RouteGroupBuilder api)
    {
        api.MapGet("/feed", FeedAsync).WithSummary("What is offered to me, what I have claimed, and what is open.");
        api.MapGet("/queue", QueueAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Escalations by priority and due time.");
        var one = api.MapGroup("/mentions/{id:guid}").AddEndpointFilter(MatchVersionAsync);
        one.MapPost("/claim", ClaimAsync).WithSummary("Take the exclusive right to answer. The answer carries the fencing number for the reply.");
        one.MapPost("/pass", PassAsync).WithSummary("Decline an offer.");
        one.MapPost("/extend", ExtendAsync).WithSummary("Keep a claim as long again, when little of it is left; earlier it changes nothing.");
        one.MapPost("/release", ReleaseAsync).WithSummary("Give a claim back.");
        one.MapPost("/reply", ReplyAsync).WithSummary("Hand in a reply under a claim.");
        one.MapPost("/reply/undo", UndoAsync).WithSummary("Take a held reply back before it is sent. The claim goes on.");
        one.MapPost("/escalate", EscalateAsync).WithSummary("Give a mention to staff.");
        one.MapPost("/hand-back", HandBackAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Give an escalation back to the crowd.");
        one.MapPost("/resolve", ResolveAsync).WithSummary("Close a mention.");
        one.MapPost("/notes", NoteAsync).WithSummary("Write an internal note. Colleagues whom it names as @login get a notice.");
    }

    // If-Match, where it is sent, must name the version that is there.
    private static async ValueTask<object?> MatchVersionAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        if (http.Request.Headers.IfMatch is [{ } match, ..] && match != "*" && Guid.TryParse((string?)http.GetRouteValue("id"), out var id)
            && await http.RequestServices.GetRequiredService<MentionStore>().FindAsync(id, http.RequestAborted) is { } mention
            && match.Trim('"') != mention.Version.ToString(CultureInfo.InvariantCulture))
            return Problems.Changed(mention.Version);

        return await next(invocation);
    }

    private static async Task<Ok<Feed>> FeedAsync(
        HttpContext context, FeedQueries feed, string? language, string? topic, string? network, CancellationToken cancellationToken, int limit = 30, int offset = 0)
    {
        var person = context.Person();
        var filter = new FeedFilter(language, topic, network, Math.Clamp(limit, 1, 200), Math.Max(0, offset));
        return TypedResults.Ok(new Feed(
            await feed.OffersAsync(person.Id, cancellationToken),
            await feed.ClaimedAsync(person.Id, cancellationToken),
            await feed.OpenAsync(person.BrandId, person.Id, filter, cancellationToken)));
    }

    private static async Task<Ok<IReadOnlyList<QueueItem>>> QueueAsync(
        HttpContext context, QueueQueries queues, string? queue, CancellationToken cancellationToken, int limit = 50, int offset = 0) =>
        TypedResults.Ok(await queues.ListAsync(context.Person().BrandId, queue, Math.Clamp(limit, 1, 500), Math.Max(0, offset), cancellationToken));

    private static async Task<Results<Ok<ClaimAnswer>, ProblemHttpResult>> ClaimAsync(Guid id, HttpContext context, ClaimDesk desk, CancellationToken cancellationToken)
    {
        var person = context.Person();
        var result = await desk.ClaimAsync(id, person.BrandId, person.Id, person.Role, cancellationToken);
        return result.Outcome switch
        {
            ClaimOutcome.Claimed => TypedResults.Ok(new ClaimAnswer(id, result.Fence, result.Until)),
            ClaimOutcome.NotFound => Problems.NotFound(),
            _ => Problems.Conflict(
                ClaimWords.Explain(result), ("outcome", result.Outcome), ("holder", result.Holder), ("holderId", result.HolderId),
                ("holderUntil", result.HolderUntil), ("mentionStatus", result.Status)),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PassAsync(
        Guid id, HttpContext context, ClaimDesk desk, PassBody? body, CancellationToken cancellationToken)
    {
        var why = PassReasons.Read(body?.Code);
        if (body?.Code is { Length: > 0 } code && why is null)
            return Problems.BadRequest($"code: \"{code}\" is unknown; one of {string.Join(", ", PassReasons.Texts)} is expected.");

        return await desk.PassAsync(id, context.Person().BrandId, context.Person().Id, why, body?.Reason, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("There is no open offer of this mention to you.");
    }

    private static async Task<Results<Ok<ExtendAnswer>, ProblemHttpResult>> ExtendAsync(Guid id, HttpContext context, ClaimDesk desk, CancellationToken cancellationToken)
    {
        var result = await desk.ExtendAsync(id, context.Person().BrandId, context.Person().Id, cancellationToken);
        return result.Outcome switch
        {
            ExtendOutcome.Extended or ExtendOutcome.TooEarly => TypedResults.Ok(new ExtendAnswer(id, result.Until!.Value, result.Left)),
            ExtendOutcome.NotFound => Problems.NotFound(),
            ExtendOutcome.NoneLeft => Problems.Conflict("The claim was extended as often as it may be.", ("until", result.Until)),
            _ => Problems.Conflict("The claim is not yours, has run out, or its reply is on the way."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReleaseAsync(
        Guid id, HttpContext context, ClaimDesk desk, CancellationToken cancellationToken) =>
        await desk.ReleaseAsync(id, context.Person().BrandId, context.Person().Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("You have no claim on this mention that could be released.");

    private static async Task<Results<Accepted<ReplyAnswer>, ProblemHttpResult>> ReplyAsync(
        Guid id, ReplyBody body, HttpContext context, ReplyDesk desk, CancellationToken cancellationToken)
    {
        var person = context.Person();
        if (body.HoldSeconds is not (null or >= 0 and <= LongestHold))
            return Problems.BadRequest($"holdSeconds: {body.HoldSeconds} is not between 0 and {LongestHold}.");

        var result = body.ByHand
            ? await desk.RecordByHandAsync(id, person.BrandId, person.Id, body.Fence, body.Text ?? "", body.Url, cancellationToken)
            : await desk.SubmitAsync(id, person.BrandId, person.Id, person.Name, body.Fence, body.Text ?? "", TimeSpan.FromSeconds(body.HoldSeconds ?? 0), cancellationToken);
        return result.Outcome switch
        {
            ReplyOutcome.Submitted => TypedResults.Accepted($"/api/v1/mentions/{id}", new ReplyAnswer(result.ReplyId!.Value, result.Text!, result.State!.Value, result.SendAt)),
            ReplyOutcome.NotFound => Problems.NotFound(),
            ReplyOutcome.Empty => Problems.BadRequest("text: is missing or empty."),
            ReplyOutcome.Unfilled => Problems.BadRequest($"text: {result.Reason} of a template was not filled in."),
            ReplyOutcome.TooLong => Problems.BadRequest(
                $"text: counts {result.Measure!.Value.Count} with its signature; {result.Measure.Value.Limit} is the limit of the network: {result.Measure.Value.Excess}."),
            ReplyOutcome.ByHandOnly => Problems.Conflict($"{result.Reason} Post it by hand and send byHand: true."),
            _ => Problems.Conflict("The claim is not yours, has run out, or its reply is on the way already. Claim it for a new fencing number.", ("mentionStatus", result.Status)),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(Guid id, HttpContext context, ReplyDesk desk, CancellationToken cancellationToken) =>
        await desk.UndoAsync(id, context.Person().BrandId, context.Person().Id, cancellationToken) is not null
            ? TypedResults.NoContent()
            : Problems.Conflict("You have no reply to this mention that could be taken back: it is on its way already, or there is none.");

    private static async Task<Results<NoContent, ProblemHttpResult>> EscalateAsync(
        Guid id, HttpContext context, StaffDesk desk, ReasonBody? body, CancellationToken cancellationToken)
    {
        var person = context.Person();
        return Answer(await desk.EscalateAsync(id, person.BrandId, person.Id, person.Role, body?.Reason ?? "", cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> HandBackAsync(
        Guid id, HttpContext context, StaffDesk desk, AdviceBody? body, CancellationToken cancellationToken) =>
        Answer(await desk.HandBackAsync(id, context.Person().BrandId, context.Person().Id, body?.Advice ?? "", cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> ResolveAsync(Guid id, HttpContext context, StaffDesk desk, CancellationToken cancellationToken) =>
        Answer(await desk.ResolveAsync(id, context.Person().BrandId, context.Person().Id, context.Person().Role, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> NoteAsync(
        Guid id, NoteBody body, HttpContext context, StaffDesk desk, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.Text)
            ? Problems.BadRequest("text: is missing or empty.")
            : Answer((await desk.NoteAsync(id, context.Person().BrandId, context.Person().Id, body.Text, cancellationToken)).Outcome);

    private static Results<NoContent, ProblemHttpResult> Answer(StaffOutcome outcome) => outcome switch
    {
        StaffOutcome.Done => TypedResults.NoContent(),
        StaffOutcome.NotFound => Problems.NotFound(),
        StaffOutcome.NotYours => Problems.Conflict("Somebody else has it, its reply is on the way, or your role may not do this."),
        _ => Problems.Conflict("The mention's state does not allow it."),
    };
}

/// <summary>What a person works on.</summary>
internal sealed record Feed(IReadOnlyList<FeedItem> Offers, IReadOnlyList<FeedItem> Claimed, IReadOnlyList<FeedItem> Open);

/// <summary>A claim.</summary>
/// <param name="MentionId">The mention.</param>
/// <param name="Fence">The fencing number that the reply must carry.</param>
/// <param name="Until">When the claim runs out.</param>
internal sealed record ClaimAnswer(Guid MentionId, long Fence, DateTimeOffset? Until);

/// <summary>A claim that goes on.</summary>
/// <param name="MentionId">The mention.</param>
/// <param name="Until">When the claim runs out.</param>
/// <param name="ExtensionsLeft">How many more times it can be extended.</param>
internal sealed record ExtendAnswer(Guid MentionId, DateTimeOffset Until, int ExtensionsLeft);

/// <summary>Why an offer is declined.</summary>
/// <param name="Code">not-my-topic, not-my-language, too-busy, needs-staff or other; may be left out.</param>
/// <param name="Reason">In one's own words; may be left out.</param>
internal sealed record PassBody(string? Code, string? Reason);

/// <summary>A reply to hand in.</summary>
/// <param name="Fence">The fencing number of the claim.</param>
/// <param name="Text">The text without signature.</param>
/// <param name="ByHand">True when the person has posted it themselves.</param>
/// <param name="Url">Then, where it stands.</param>
/// <param name="HoldSeconds">How long it can be taken back before it is sent, 0 to 300; it is sent at once if left out.</param>
internal sealed record ReplyBody(long Fence, string? Text, bool ByHand = false, string? Url = null, double? HoldSeconds = null);

/// <summary>An accepted reply.</summary>
/// <param name="ReplyId">The reply.</param>
/// <param name="Text">The text with its signature.</param>
/// <param name="State">Where it is now.</param>
/// <param name="SendAt">Until when it can be taken back, where it is held.</param>
internal sealed record ReplyAnswer(Guid ReplyId, string Text, ReplyState State, DateTimeOffset? SendAt = null);

/// <summary>Why.</summary>
internal sealed record ReasonBody(string? Reason);

/// <summary>Advice for whoever answers.</summary>
internal sealed record AdviceBody(string? Advice);

/// <summary>A note.</summary>
internal sealed record NoteBody(string? Text);
