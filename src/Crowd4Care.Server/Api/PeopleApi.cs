using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>For admins: everybody of the brand, suspensions, invitations.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").RequireAuthorization(AccessServices.Admins);
        people.MapGet("/", async (HttpContext context, PeopleStore store, CancellationToken cancellationToken) =>
            TypedResults.Ok((await store.ListAsync(context.Person().BrandId, cancellationToken)).Select(ListedPerson.From).ToList())).WithSummary("Everybody, with who is suspended and why.");
        people.MapPost("/{id:guid}/suspend", SuspendAsync).WithSummary("Suspend somebody, with the reason. What they had claimed is free again.");
        people.MapPost("/{id:guid}/reinstate", ReinstateAsync).WithSummary("Lift a suspension.");

        var invitations = api.MapGroup("/invitations").RequireAuthorization(AccessServices.Admins);
        invitations.MapGet("/", async (HttpContext context, Invitations store, CancellationToken cancellationToken) =>
            TypedResults.Ok(await store.ListAsync(context.Person().BrandId, cancellationToken))).WithSummary("Invitations that can still be used.");
        invitations.MapPost("/", InviteAsync).WithSummary("Make a link for one account. The link is in the answer and nowhere else.");
        invitations.MapDelete("/{id:guid}", WithdrawAsync).WithSummary("Withdraw an invitation.");
    }

    private static async Task<Results<Ok<SuspendAnswer>, ProblemHttpResult>> SuspendAsync(
        Guid id, ReasonBody body, HttpContext context, Suspensions suspensions, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Reason))
            return Problems.BadRequest("reason: is missing or empty.");
        if (id == context.Person().Id)
            return Problems.Conflict("Nobody suspends themselves: ask another admin.");

        return await suspensions.SuspendAsync(id, context.Person().BrandId, body.Reason.Trim(), context.Person().Id, cancellationToken) is { } returned
            ? TypedResults.Ok(new SuspendAnswer(returned))
            : Problems.NotFound("person");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReinstateAsync(
        Guid id, HttpContext context, Suspensions suspensions, CancellationToken cancellationToken) =>
        await suspensions.SuspendAsync(id, context.Person().BrandId, null, context.Person().Id, cancellationToken) is null
            ? Problems.NotFound("person")
            : TypedResults.NoContent();

    private static async Task<Results<Ok<InviteAnswer>, ProblemHttpResult>> InviteAsync(
        InviteBody body, HttpContext context, Invitations invitations, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Role>(body.Role, ignoreCase: true, out var role) || !Enum.IsDefined(role))
            return Problems.BadRequest($"role: \"{body.Role}\" is unknown; advocate, agent or admin is expected.");
        if (body.Days is < 1 or > Invitations.MostDays)
            return Problems.BadRequest($"days: {body.Days} is not between 1 and {Invitations.MostDays}.");

        var (invitation, token) = await invitations.InviteAsync(
            context.Person().BrandId, role, body.ForWhom, body.Days ?? Invitations.Days, context.Person().Id, cancellationToken);
        var request = context.Request;
        return TypedResults.Ok(new InviteAnswer(invitation.Id, $"{request.Scheme}://{request.Host}{request.PathBase}/set-up?token={token}", invitation.ExpiresAt));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(Guid id, HttpContext context, Invitations invitations, CancellationToken cancellationToken) =>
        await invitations.WithdrawAsync(id, context.Person().BrandId, context.Person().Id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("invitation");
}

/// <summary>Somebody as admins see them.</summary>
internal sealed record ListedPerson(Guid Id, string Login, string Name, Role Role, int Trust, int Capacity, DateTimeOffset? SuspendedAt, string? SuspendedReason)
{
    public static ListedPerson From(Person person) =>
        new(person.Id, person.Login, person.Name, person.Role, person.Trust, person.Capacity, person.SuspendedAt, person.SuspendedReason);
}

/// <summary>What came of a suspension.</summary>
/// <param name="ClaimsReturned">How many mentions are free again.</param>
internal sealed record SuspendAnswer(int ClaimsReturned);

/// <summary>Whom to invite.</summary>
/// <param name="Role">advocate, agent or admin.</param>
/// <param name="ForWhom">A name or an address, for those who look at the list; may be left out.</param>
/// <param name="Days">How many days it is good for, 1 to 30; 7 if left out.</param>
internal sealed record InviteBody(string? Role, string? ForWhom = null, int? Days = null);

/// <summary>An invitation that was made.</summary>
/// <param name="Id">To withdraw it.</param>
/// <param name="Url">The link.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
internal sealed record InviteAnswer(Guid Id, string Url, DateTimeOffset ExpiresAt);
