using System.Security.Claims;
using Crowd4Care.Community;
using Crowd4Care.Contracts;

namespace Crowd4Care.Server.Access;

/// <summary>Who makes the request.</summary>
internal static class CurrentPerson
{
    private const string StampClaim = "stamp";
    private static readonly object ItemKey = new();

    /// <summary>The person; only behind authorization.</summary>
    public static Person Person(this HttpContext context) =>
        (Person?)context.Items[ItemKey] ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The person, or null where nobody is signed in.</summary>
    public static Person? PersonOrNull(this HttpContext context) => (Person?)context.Items[ItemKey];

    /// <summary>Remembers the person for the request and makes the principal.</summary>
    public static ClaimsPrincipal SignIn(this HttpContext context, Person person, string scheme)
    {
        context.Items[ItemKey] = person;
        return Principal(person, scheme);
    }

    /// <summary>Whether a principal's session is still good: password and role were not changed, nobody was suspended since.</summary>
    public static bool IsCurrent(ClaimsPrincipal principal, Person person) =>
        principal.FindFirstValue(StampClaim) == person.SecurityStamp && principal.IsInRole(person.Role.ToString()) && person.SuspendedAt is null;

    /// <summary>What stands in the cookie.</summary>
    public static ClaimsPrincipal Principal(Person person, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()),
            new Claim(ClaimTypes.Name, person.Name),
            new Claim(ClaimTypes.Role, person.Role.ToString()),
            new Claim(StampClaim, person.SecurityStamp),
        ], scheme));

    /// <summary>Whether somebody works for the brand as staff.</summary>
    public static bool IsStaff(this Person person) => person.Role is Role.Agent or Role.Admin;
}
