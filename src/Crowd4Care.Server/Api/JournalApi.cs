using System.Text.Json;
using Crowd4Care.Community;
using Crowd4Care.Mentions;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>The journal, for admins.</summary>
internal static class JournalApi
{
    private const int LongestPage = 500;

    public static void MapJournal(this RouteGroupBuilder api) =>
        api.MapGet("/journal", FindAsync).RequireAuthorization(AccessServices.Admins)
            .WithSummary("What happened, the newest first: by kind, by the login of who did it, by mention and time. A page without entries may have a next one.");

    private static async Task<Results<Ok<JournalAnswer>, ProblemHttpResult>> FindAsync(
        HttpContext context, JournalQueries journal, PeopleStore people, string? kind, string? person, Guid? mention, DateTimeOffset? from, DateTimeOffset? to, long? before,
        CancellationToken cancellationToken, int limit = 100)
    {
        if (limit is < 1 or > LongestPage)
            return Problems.BadRequest($"limit is {limit}; 1 to {LongestPage} is expected.");
        if (kind is not null && !JournalQueries.Kinds.Contains(kind))
            return Problems.BadRequest($"kind \"{kind}\" is unknown; one of {string.Join(", ", JournalQueries.Kinds)} is expected.");

        var brand = context.Person().BrandId;
        var actor = person is null ? null : await people.FindByNameAsync(person, cancellationToken);
        if (person is not null && actor?.BrandId != brand)
            return Problems.BadRequest($"person \"{person}\" is nobody's login name.");

        var found = await journal.FindAsync(brand, new JournalFilter(kind, actor?.Id, mention, from, to), before, limit, cancellationToken);
        return TypedResults.Ok(new JournalAnswer([.. found.Entries.Select(JournalLine.From)], found.Next));
    }
}

/// <summary>A page of the journal.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The value of <c>before</c> for the next page; absent on the last.</param>
internal sealed record JournalAnswer(IReadOnlyList<JournalLine> Entries, long? Next);

/// <summary>An entry.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What kind.</param>
/// <param name="MentionId">About which mention; absent for none.</param>
/// <param name="ActorId">Who; absent for the system.</param>
/// <param name="Actor">Their name.</param>
/// <param name="Data">Details.</param>
internal sealed record JournalLine(long Number, DateTimeOffset At, string Kind, Guid? MentionId, Guid? ActorId, string? Actor, JsonElement? Data)
{
    public static JournalLine From(JournalEntry entry) =>
        new(entry.Seq, entry.At, entry.Kind, entry.MentionId, entry.ActorId, entry.ActorName, entry.Data is null ? null : JsonElement.Parse(entry.Data));
}
