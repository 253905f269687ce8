using Crowd4Care.Community;
using Crowd4Care.Contracts;
using Crowd4Care.Server.Access;
using Crowd4Care.Server.Desk.Actions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Account;

/// <summary>Coming in and going out.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => Results.Redirect(Home(context.Person())));
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return DeskAnswer.Done(Say("You are signed out."), "/sign-in");
        }).WithFormCheck().AllowAnonymous();
        app.MapPost("/demo/sign-in/{login}", async (string login, HttpContext context, DemoMode demo, UserManager<Person> users) =>
        {
            if (!demo.On || await users.FindByNameAsync(login) is not { SuspendedAt: null } person)
                return Results.NotFound();

            await SignInAsync(context, person);
            return Results.Redirect("/");
        }).WithFormCheck().AllowAnonymous();
    }

    public static Task SignInAsync(HttpContext context, Person person) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        CurrentPerson.Principal(person, CookieAuthenticationDefaults.AuthenticationScheme),
        new AuthenticationProperties { IsPersistent = true });

    private static string Home(Person person) => person.Role == Role.Advocate ? "/feed" : "/queue";
}
