using Crowd4Care.Classification;
using Crowd4Care.Engagement;
using Crowd4Care.Escalation;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Live;
using Crowd4Care.Server.Desk.Shared;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>What people do with a mention. The modules decide; here are only the words for it.</summary>
internal static class MentionActions
{
    private const int LongestText = 10_000;

    public static void MapMentionActions(this WebApplication app)
    {
        var mention = app.MapGroup("/desk/mentions/{id:guid}").WithFormCheck();
        mention.MapPost("/claim", ClaimAsync);
        mention.MapPost("/pass", PassAsync);
        mention.MapPost("/extend", ExtendAsync);
        mention.MapPost("/draft", DraftAsync);
        mention.MapPost("/leave", LeaveAsync);
        mention.MapPost("/release", ReleaseAsync);
        mention.MapPost("/reply", ReplyAsync);
        mention.MapPost("/reply/undo", UndoAsync);
        mention.MapPost("/reply-by-hand", ReplyByHandAsync);
        mention.MapPost("/escalate", EscalateAsync);
        mention.MapPost("/resolve", ResolveAsync);
        mention.MapPost("/note", NoteAsync);
        mention.MapPost("/correct", CorrectAsync);
        mention.MapPost("/hand-back", HandBackAsync).RequireAuthorization(AccessServices.Staff);
    }

    private static async Task<DeskAnswer> ClaimAsync(Guid id, HttpContext context, ClaimDesk desk)
    {
        var person = context.Person();
        var go = await context.FieldAsync("go");
        var result = await desk.ClaimAsync(id, person.BrandId, person.Id, person.Role, context.RequestAborted);
        return result.Outcome switch
        {
            ClaimOutcome.Claimed => DeskAnswer.Done(Say("It's yours. Nobody else can answer it now."), go.Length > 0 ? DeskAnswer.Local(go) : null),
            _ => DeskAnswer.Refused(ActionWords.Explain(result)),
        };
    }

    private static async Task<DeskAnswer> PassAsync(Guid id, HttpContext context, ClaimDesk desk)
    {
        var person = context.Person();
        var reason = await context.FieldAsync("reason");
        var why = PassReasons.Read(await context.FieldAsync("code"));
        return await desk.PassAsync(id, person.BrandId, person.Id, why, reason.Length > 0 ? Cut(reason) : null, context.RequestAborted)
            ? DeskAnswer.Done(Say("Passed on. Somebody else gets the chance."))
            : DeskAnswer.Refused(Say("The offer was over already."));
    }

    private static async Task<DeskAnswer> ExtendAsync(Guid id, HttpContext context, ClaimDesk desk, TimeProvider clock)
    {
        var person = context.Person();
        var result = await desk.ExtendAsync(id, person.BrandId, person.Id, context.RequestAborted);
        return result.Outcome switch
        {
            ExtendOutcome.Extended => DeskAnswer.Done(Phrase($"It stays yours for {Words.Minutes(result.Until!.Value - clock.GetUtcNow())} more.")),
            ExtendOutcome.TooEarly => DeskAnswer.Done(Phrase($"There is time: {Words.Minutes(result.Until!.Value - clock.GetUtcNow())} are left.")),
            ExtendOutcome.NoneLeft => DeskAnswer.Refused(Say("It can't be kept any longer. If time runs out, it goes back, and your draft is kept.")),
            ExtendOutcome.NotFound => DeskAnswer.Refused(ActionWords.Gone),
            _ => DeskAnswer.Refused(ActionWords.NotHeld),
        };
    }

    // A page is closed. Nobody reads the answer, and it leads nowhere: the page that it would lead to looks at the mention.
    private static async Task<IResult> LeaveAsync(Guid id, Guid view, HttpContext context, DeskHub hub)
    {
        await hub.LookAsync(new Look(id, context.Person().Id, context.Person().Name, view, LookKind.Leaves));
        return Results.NoContent();
    }

    private static async Task<DeskAnswer> DraftAsync(Guid id, HttpContext context, DraftStore drafts, DeskHub hub)
    {
        var person = context.Person();
        // As it was typed: a space at its end is one.
        var text = (await context.Request.ReadFormAsync(context.RequestAborted))["text"].ToString();
        if (!await drafts.SaveAsync(id, person.Id, Cut(text), context.RequestAborted))
            return DeskAnswer.Refused(Say("Only who has claimed it keeps a draft of an answer."));

        if (!string.IsNullOrWhiteSpace(text))
            await hub.LookAsync(new Look(id, person.Id, person.Name, Guid.Empty, LookKind.Writes));
        return DeskAnswer.Done(Say("Draft saved."));
    }

    private static async Task<DeskAnswer> ReleaseAsync(Guid id, HttpContext context, ClaimDesk desk)
    {
        var person = context.Person();
        return await desk.ReleaseAsync(id, person.BrandId, person.Id, context.RequestAborted)
            ? DeskAnswer.Done(Say("Given back. If you wrote something, it is kept for you."))
            : DeskAnswer.Refused(ActionWords.NotHeld);
    }

    private static async Task<DeskAnswer> ReplyAsync(Guid id, HttpContext context, ReplyDesk desk, BrandTerms terms, Drafts drafts)
    {
        var person = context.Person();
        var text = await context.FieldAsync("text");
        if (!long.TryParse(await context.FieldAsync("fence"), out var fence))
            return DeskAnswer.Refused(ActionWords.Incomplete);

        var hold = (await terms.OfAsync(person.BrandId, context.RequestAborted)).TimeToUndo;
        var result = await desk.SubmitAsync(id, person.BrandId, person.Id, person.Name, fence, text, hold, context.RequestAborted);
        if (result.Outcome != ReplyOutcome.Submitted)
            drafts.Keep(context, id, text);
        return result.Outcome switch
        {
            ReplyOutcome.Submitted when result.State == ReplyState.Approval => DeskAnswer.Done(Say("Staff read it now, and then it is sent. It stays yours until then.")),
            ReplyOutcome.Submitted when result.State == ReplyState.Held => DeskAnswer.Done(Phrase($"It goes out in {hold.TotalSeconds:0} seconds. Until then you can undo it.")),
            ReplyOutcome.Submitted => DeskAnswer.Done(Say("Your reply is on its way.")),
            ReplyOutcome.TooLong => DeskAnswer.Refused(Phrase($"It is too long: {result.Measure?.Excess}, signature included. Your text is kept.")),
            _ => Explain(result),
        };
    }

    private static async Task<DeskAnswer> UndoAsync(Guid id, HttpContext context, ReplyDesk desk)
    {
        var person = context.Person();
        return await desk.UndoAsync(id, person.BrandId, person.Id, context.RequestAborted) is not null
            ? DeskAnswer.Done(Say("Taken back. Nothing was sent, and it is still yours to answer."))
            : DeskAnswer.Refused(Say("Too late to undo: your reply is on its way."));
    }

    private static async Task<DeskAnswer> ReplyByHandAsync(Guid id, HttpContext context, ReplyDesk desk, Drafts drafts)
    {
        var person = context.Person();
        var text = await context.FieldAsync("text");
        var url = await context.FieldAsync("url");
        if (!long.TryParse(await context.FieldAsync("fence"), out var fence))
            return DeskAnswer.Refused(ActionWords.Incomplete);
        if (url.Length > 0 && !Words.IsWebAddress(url))
        {
            drafts.Keep(context, id, text);
            return DeskAnswer.Refused(Say("The link to your reply should begin with https://."));
        }

        var result = await desk.RecordByHandAsync(id, person.BrandId, person.Id, fence, Cut(text), url.Length > 0 ? url : null, context.RequestAborted);
        if (result.Outcome != ReplyOutcome.Submitted)
            drafts.Keep(context, id, text);
        return result.Outcome == ReplyOutcome.Submitted ? DeskAnswer.Done(Say("Recorded. Thank you for answering.")) : Explain(result);
    }

    private static async Task<DeskAnswer> EscalateAsync(Guid id, HttpContext context, StaffDesk desk)
    {
        var person = context.Person();
        var reason = await context.FieldAsync("reason");
        if (reason.Length == 0)
            return DeskAnswer.Refused(Say("Say in a few words why staff should take it."));

        var outcome = await desk.EscalateAsync(id, person.BrandId, person.Id, person.Role, Cut(reason), context.RequestAborted);
        return Tell(outcome, Say("Handed to staff. A good hand-over counts for you."));
    }

    private static async Task<DeskAnswer> HandBackAsync(Guid id, HttpContext context, StaffDesk desk)
    {
        var person = context.Person();
        var advice = await context.FieldAsync("advice");
        return Tell(await desk.HandBackAsync(id, person.BrandId, person.Id, Cut(advice), context.RequestAborted), Say("Back with the crowd, with your advice."));
    }

    private static async Task<DeskAnswer> ResolveAsync(Guid id, HttpContext context, StaffDesk desk)
    {
        var person = context.Person();
        return Tell(await desk.ResolveAsync(id, person.BrandId, person.Id, person.Role, context.RequestAborted), Say("Resolved."));
    }

    private static async Task<DeskAnswer> NoteAsync(Guid id, HttpContext context, StaffDesk desk)
    {
        var person = context.Person();
        var text = await context.FieldAsync("text");
        return text.Length == 0
            ? DeskAnswer.Refused(Say("The note is empty."))
            : Noted(await desk.NoteAsync(id, person.BrandId, person.Id, Cut(text), context.RequestAborted), person.Id);
    }

    private static async Task<DeskAnswer> CorrectAsync(Guid id, HttpContext context, CorrectionStore corrections)
    {
        var person = context.Person();
        var (head, label) = (await context.FieldAsync("head"), await context.FieldAsync("label"));
        var result = await corrections.SaveAsync(id, person.BrandId, person.Id, person.Role, head, label, context.RequestAborted);
        return result.Outcome switch
        {
            CorrectionOutcome.Saved => DeskAnswer.Done(Say("Thank you: that is what the model learns from.")),
            _ => DeskAnswer.Refused(ActionWords.Explain(result.Outcome)),
        };
    }

    private static DeskAnswer Noted(NoteResult result, Guid writer)
    {
        var told = result.Note?.Named.Where(p => p.Id != writer).Select(p => p.Name).ToList() ?? [];
        var notice = told.Count == 0 ? "" : " " + Say(told.Count == 1 ? "{0} gets a notice." : "{0} get a notice.", Words.List(told));
        var unknown = result.Unknown.Count == 0 ? "" : " " + Phrase($"Nobody here signs in as {Words.List(result.Unknown)}, so that stays text.");
        return Tell(result.Outcome, Say("Note added.") + notice + unknown);
    }

    private static DeskAnswer Explain(ReplyResult result) => result.Outcome switch
    {
        ReplyOutcome.NotFound => DeskAnswer.Refused(ActionWords.Gone),
        ReplyOutcome.Unfilled => DeskAnswer.Refused(Phrase($"Fill in {result.Reason} first: the customer would read it as it stands.")),
        ReplyOutcome.Empty => DeskAnswer.Refused(Say("There is no text yet.")),
        ReplyOutcome.ByHandOnly => DeskAnswer.Refused(Phrase($"{result.Reason} Post it by hand, then record it here.")),
        _ => DeskAnswer.Refused(Say("Your claim ran out, so nothing was sent. Your text is kept: claim it again if it is still free.")),
    };

    private static DeskAnswer Tell(StaffOutcome outcome, string done) => outcome switch
    {
        StaffOutcome.Done => DeskAnswer.Done(done),
        _ => DeskAnswer.Refused(ActionWords.Explain(outcome)),
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
