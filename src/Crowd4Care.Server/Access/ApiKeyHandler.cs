using System.Text.Encodings.Web;
using Crowd4Care.Community;
using Crowd4Care.State;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Crowd4Care.Server.Access;

/// <summary>Signs in by <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessStore access, IPresence presence)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Key";
    public const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var person = await access.PersonOfKeyAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        if (person is null)
            return AuthenticateResult.Fail("The key is unknown or was revoked.");

        await presence.SeenAsync(person.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(Context.SignIn(person, Name), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized, title: "Sign in first",
            detail: "Send a key as \"Authorization: Bearer KEY\"; \"key add --role R\" makes one.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Not for this role").ExecuteAsync(Context);
}
