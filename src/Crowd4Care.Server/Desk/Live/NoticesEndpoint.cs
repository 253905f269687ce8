using Crowd4Care.Engagement;
using Crowd4Care.Server.Access;

namespace Crowd4Care.Server.Desk.Live;

/// <summary><c>/desk/notices</c>: what is new since a moment, as the browser's notifications tell it. Asked for only where somebody switched them on.</summary>
internal static class NoticesEndpoint
{
    // What came while a browser slept is in the lists; nobody wants an hour of notifications.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static void MapNotices(this WebApplication app) =>
        app.MapGet("/desk/notices", async (long since, string? kinds, bool? discreet, HttpContext context, NoticeQueries queries, TimeProvider clock) =>
        {
            var (person, now) = (context.Person(), clock.GetUtcNow());
            var earliest = now - Longest;
            var from = since > earliest.ToUnixTimeMilliseconds() && since <= now.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(since) : earliest;
            var notices = person.IsStaff()
                ? await queries.OfStaffAsync(person.BrandId, Read(kinds), from, context.RequestAborted)
                : await queries.OffersAsync(person.Id, from, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(new NoticesAnswer(
                now.ToUnixTimeMilliseconds(),
                [.. notices.Select(n => new NoticeShown($"{n.Kind}:{n.MentionId}", NoticeWords.Title(n), NoticeWords.Body(n, discreet != false), NoticeWords.Path(n)))]));
        });

    private static List<NoticeKind> Read(string? kinds) =>
        [.. (kinds ?? "").Split(',').Where(k => Enum.TryParse<NoticeKind>(k, ignoreCase: true, out _)).Select(k => Enum.Parse<NoticeKind>(k, ignoreCase: true))];
}

/// <summary>What is new.</summary>
/// <param name="Now">The server's time in Unix milliseconds: what is newer is told the next time.</param>
/// <param name="Notices">The newest first.</param>
internal sealed record NoticesAnswer(long Now, IReadOnlyList<NoticeShown> Notices);

/// <summary>A notification.</summary>
/// <param name="Tag">One with the same takes its place.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Body">Its text.</param>
/// <param name="Path">Where a click leads.</param>
internal sealed record NoticeShown(string Tag, string Title, string Body, string Path);
