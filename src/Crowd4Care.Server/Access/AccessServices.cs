using System.Security.Claims;
using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.State;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Crowd4Care.Server.Access;

/// <summary>Sign-in by cookie for people and by key for programs, and who may do what.</summary>
internal static class AccessServices
{
    /// <summary>Agents and admins.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Admins.</summary>
    public const string Admins = nameof(Admins);

    private const string Choose = "CookieOrKey";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication(Choose)
            .AddPolicyScheme(Choose, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.ToString().StartsWith(ApiKeyHandler.Prefix, StringComparison.OrdinalIgnoreCase)
                    || (context.Request.Path.StartsWithSegments("/api") && !context.Request.Cookies.ContainsKey("crowd4care"))
                    ? ApiKeyHandler.Name
                    : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "crowd4care";
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.LoginPath = "/sign-in";
                options.AccessDeniedPath = "/not-allowed";
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
                options.Events.OnValidatePrincipal = ValidateAsync;
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Staff, policy => policy.RequireRole(nameof(Role.Agent), nameof(Role.Admin)))
            .AddPolicy(Admins, policy => policy.RequireRole(nameof(Role.Admin)));
        return services;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var person = Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? await services.GetRequiredService<PeopleStore>().FindAsync(id, context.HttpContext.RequestAborted)
            : null;
        if (person is null || !CurrentPerson.IsCurrent(context.Principal!, person))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return;
        }

        context.HttpContext.SignIn(person, CookieAuthenticationDefaults.AuthenticationScheme);
        await services.GetRequiredService<IPresence>().SeenAsync(person.Id);
    }
}
