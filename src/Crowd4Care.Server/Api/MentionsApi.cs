using System.Text.Json;
using Crowd4Care.Classification;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Engagement.Questions;
using Crowd4Care.Escalation;
using Crowd4Care.Ingestion;
using Crowd4Care.Mentions;
using Crowd4Care.Routing;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crowd4Care.Server.Api;

/// <summary>Mentions: pushed in, listed, and shown with score, decision and history.</summary>
internal static class MentionsApi
{
    private const int MostAtOnce = 10_000;
    private const int ChunkSize = 500;
    private const int LongestPage = 500;

    public static void MapMentions(this RouteGroupBuilder api)
    {
        api.MapPost("/mentions", PushAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Push mentions: one object, or an array of up to 10,000.")
            .Accepts<JsonElement>("application/json");
        api.MapGet("/mentions", ListAsync).WithSummary("A page of mentions, oldest first; with q, those that have its words, newest first.");
        api.MapGet("/mentions/{id:guid}", FindAsync).WithSummary("A mention with score, decisions, conversation, notes and history.");
    }

    private static async Task<Results<Ok<PushResult>, ProblemHttpResult>> PushAsync(
        HttpContext context, Intake intake, TimeProvider clock, CancellationToken cancellationToken)
    {
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException e)
        {
            return Problems.BadRequest($"The body is not JSON: a mistake in line {e.LineNumber + 1} at byte {e.BytePositionInLine + 1}.");
        }

        using (body)
        {
            var items = body.RootElement.ValueKind == JsonValueKind.Array ? [.. body.RootElement.EnumerateArray()] : new List<JsonElement> { body.RootElement };
            if (items.Count is 0 or > MostAtOnce)
                return Problems.BadRequest($"The body has {items.Count} mentions; 1 to {MostAtOnce} are expected.");

            var readings = items.ConvertAll(item => PostJson.Read(item, clock.GetUtcNow()));
            var rejected = readings.Index().Where(r => r.Item.Post is null).Select(r => new RejectedMention(r.Index, r.Item.Mistakes)).ToList();
            if (rejected.Count == items.Count)
                return Problems.BadRequest("No mention could be read.", rejected.ToDictionary(r => $"[{r.Index}]", r => r.Mistakes.ToArray()));

            var ids = new List<Guid>();
            var duplicates = 0;
            foreach (var chunk in readings.Select(r => r.Post).OfType<NetworkPost>().Chunk(ChunkSize))
            {
                var result = await intake.StoreAsync(context.Person().BrandId, chunk, cancellationToken);
                ids.AddRange(result.Stored);
                duplicates += result.Duplicates;
            }

            return TypedResults.Ok(new PushResult(ids.Count, duplicates, rejected, ids));
        }
    }

    private static async Task<Results<Ok<MentionPage>, ProblemHttpResult>> ListAsync(
        HttpContext context, FeedQueries feed, SearchQueries search, [FromQuery] string? status, [FromQuery] string? q, [FromQuery] Guid? after, [FromQuery] int limit = 100, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > LongestPage)
            return Problems.BadRequest($"limit is {limit}; 1 to {LongestPage} is expected.");
        if (status is not null && !Enum.TryParse<MentionStatus>(status, ignoreCase: true, out _))
            return Problems.BadRequest($"status \"{status}\" is unknown; one of {string.Join(", ", Enum.GetValues<MentionStatus>().Select(s => s.ToText()))} is expected.");

        if (!string.IsNullOrWhiteSpace(q))
        {
            var filter = new SearchFilter(q, Status: status is null ? null : Enum.Parse<MentionStatus>(status, ignoreCase: true));
            var found = await search.FindAsync(new SearchRequest(context.Person().BrandId, filter, context.Person().IsStaff() ? null : context.Person().Id, after, limit), cancellationToken);
            return TypedResults.Ok(new MentionPage(found.Items, found.Next));
        }

        var items = await feed.PageAsync(context.Person().BrandId, status?.ToLowerInvariant(), after, limit, cancellationToken);
        return TypedResults.Ok(new MentionPage(items, items.Count == limit ? items[^1].Id : null));
    }

    private static async Task<Results<Ok<MentionDetails>, NotFound>> FindAsync(
        Guid id, HttpContext context, FeedQueries feed, ScoreStore scores, RoutingStore routing, ConversationQueries conversations, NoteStore notes, QuestionQueries questions,
        Journal journal, CancellationToken cancellationToken)
    {
        var mention = await feed.FindAsync(id, context.Person().Id, cancellationToken);
        if (mention is null || mention.BrandId != context.Person().BrandId)
            return TypedResults.NotFound();

        context.Response.Headers.ETag = $"\"{mention.Version}\"";
        return TypedResults.Ok(new MentionDetails(
            mention,
            await scores.FindAsync(id, cancellationToken),
            await routing.DecisionsAsync(id, cancellationToken),
            await conversations.TurnsAsync(mention.ConversationId, cancellationToken),
            await conversations.RepliesAsync(id, cancellationToken),
            await notes.OfMentionAsync(id, cancellationToken),
            await questions.OfMentionAsync(id, cancellationToken),
            [.. (await journal.OfMentionAsync(id, cancellationToken)).Select(HistoryEntry.From)]));
    }
}

/// <summary>What came of a push.</summary>
/// <param name="Accepted">How many are new.</param>
/// <param name="Duplicates">How many were there already.</param>
/// <param name="Rejected">Those that could not be read, with their place in the body.</param>
/// <param name="Ids">The new mentions.</param>
internal sealed record PushResult(int Accepted, int Duplicates, IReadOnlyList<RejectedMention> Rejected, IReadOnlyList<Guid> Ids);

/// <summary>A mention that could not be read.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Mistakes">What is wrong and what would be right.</param>
internal sealed record RejectedMention(int Index, IReadOnlyList<string> Mistakes);

/// <summary>A page of mentions.</summary>
/// <param name="Items">The mentions.</param>
/// <param name="Next">The value of <c>after</c> for the next page; absent on the last.</param>
internal sealed record MentionPage(IReadOnlyList<FeedItem> Items, Guid? Next);

/// <summary>Everything about a mention.</summary>
internal sealed record MentionDetails(
    FeedItem Mention,
    MentionScore? Score,
    IReadOnlyList<StoredDecision> Decisions,
    IReadOnlyList<Turn> Conversation,
    IReadOnlyList<Reply> Replies,
    IReadOnlyList<Note> Notes,
    IReadOnlyList<AskedQuestion> Questions,
    IReadOnlyList<HistoryEntry> History);

/// <summary>An entry of the journal.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Actor">Who; absent for the system.</param>
/// <param name="Data">Details.</param>
internal sealed record HistoryEntry(DateTimeOffset At, string Kind, string? Actor, JsonElement? Data)
{
    public static HistoryEntry From(JournalEntry entry) =>
        new(entry.At, entry.Kind, entry.ActorName, entry.Data is null ? null : JsonElement.Parse(entry.Data));
}
