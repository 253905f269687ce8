using Crowd4Care.Escalation;
using Crowd4Care.Server.Access;

namespace Crowd4Care.Server.Api;

/// <summary>Notes that name me.</summary>
internal static class NotesApi
{
    private const int Most = 200;

    public static void MapNotes(this RouteGroupBuilder api)
    {
        api.MapGet("/me/notes", async (HttpContext context, NoteStore notes, CancellationToken cancellationToken) =>
            TypedResults.Ok(await notes.NamingAsync(context.Person().Id, Most, cancellationToken))).WithSummary("Notes that name me, the newest first; at most 200.");
        api.MapPost("/me/notes/seen", async (HttpContext context, StaffDesk desk, SeenBody? body, CancellationToken cancellationToken) =>
        {
            await desk.SeeNotesAsync(context.Person().Id, body?.MentionId, cancellationToken);
            return TypedResults.NoContent();
        }).WithSummary("I have seen the notes that name me: those on a mention, or all.");
    }
}

/// <summary>What was seen.</summary>
/// <param name="MentionId">The notes on this mention; all if left out.</param>
internal sealed record SeenBody(Guid? MentionId);
