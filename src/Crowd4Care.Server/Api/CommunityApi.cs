using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Crowd4Care.State;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>People, and what they earned.</summary>
internal static class CommunityApi
{
    public static void MapCommunity(this RouteGroupBuilder api)
    {
        api.MapGet("/me", (HttpContext context) => TypedResults.Ok(PersonAnswer.From(context.Person(), [], true))).WithSummary("Who I am.");
        api.MapPost("/me/availability", SetAvailabilityAsync).WithSummary("Say whether I want offers.");
        api.MapGet("/me/availability", (HttpContext context) => TypedResults.Ok(Availability.Of(context.Person()))).WithSummary("When I want offers.");
        api.MapPut("/me/availability", SaveAvailabilityAsync).WithSummary("Say when I want offers: quiet hours, time zone, how many a day.");
        api.MapGet("/advocates", ListAsync).RequireAuthorization(AccessServices.Staff).WithSummary("Advocates with skills and presence.");
        api.MapGet("/leaderboard", LeaderboardAsync).WithSummary("Advocates by points.");
        api.MapGet("/points", PointsAsync).WithSummary("My points, line by line.");
    }

    private static async Task<NoContent> SetAvailabilityAsync(AvailabilityBody body, HttpContext context, AvailabilityStore availability, CancellationToken cancellationToken)
    {
        await availability.SetAwayAsync(context.Person().Id, body.Away, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SaveAvailabilityAsync(
        Availability body, HttpContext context, AvailabilityStore availability, CancellationToken cancellationToken)
    {
        if (body.Mistakes() is { Count: > 0 } mistakes)
            return Problems.BadRequest(string.Join(' ', mistakes));

        await availability.SaveAsync(context.Person().Id, body, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<PersonAnswer>>> ListAsync(HttpContext context, PeopleStore people, IPresence presence, CancellationToken cancellationToken)
    {
        var brand = context.Person().BrandId;
        var skills = await people.SkillsAsync(brand, cancellationToken);
        var advocates = (await people.ListAsync(brand, cancellationToken)).Where(p => p.Role == Role.Advocate);
        var present = await presence.PresentAsync();
        return TypedResults.Ok(advocates.Select(p => PersonAnswer.From(p, [.. skills[p.Id]], present.Contains(p.Id))).ToList());
    }

    private static async Task<Ok<IReadOnlyList<LeaderboardRow>>> LeaderboardAsync(
        HttpContext context, PointsLedger ledger, TimeProvider clock, int? days, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.LeaderboardAsync(
            context.Person().BrandId, days is { } given ? clock.GetUtcNow() - TimeSpan.FromDays(Math.Clamp(given, 1, 3650)) : DateTimeOffset.UnixEpoch, 100, cancellationToken));

    private static async Task<Ok<PointsAnswer>> PointsAsync(HttpContext context, PointsLedger ledger, CancellationToken cancellationToken)
    {
        var me = context.Person().Id;
        return TypedResults.Ok(new PointsAnswer(await ledger.TotalAsync(me, cancellationToken), await ledger.LinesAsync(me, 200, cancellationToken)));
    }
}

/// <summary>Whether offers are wanted.</summary>
internal sealed record AvailabilityBody(bool Away);

/// <summary>A person as the API shows them.</summary>
internal sealed record PersonAnswer(
    Guid Id, string Login, string Name, Role Role, string Brand, int Trust, int Capacity, bool Away, bool Present, IReadOnlyList<PersonSkill> Skills)
{
    public static PersonAnswer From(Person person, IReadOnlyList<PersonSkill> skills, bool present) =>
        new(person.Id, person.Login, person.Name, person.Role, person.BrandId, person.Trust, person.Capacity, person.AwaySince is not null, present, skills);
}

/// <summary>A person's points.</summary>
internal sealed record PointsAnswer(int Total, IReadOnlyList<PointsEntry> Lines);
