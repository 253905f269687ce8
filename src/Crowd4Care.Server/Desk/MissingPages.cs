using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Desk;

/// <summary>
/// Gives a page that found nothing its body: the framework leaves it out when a routed page sets 404, for a middleware to render.
/// </summary>
internal static class MissingPages
{
    public static async Task ShowAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false }
            || context.Request.Path.StartsWithSegments("/api")
            || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return;

        // Neither the services nor the headers of a rendering can be used twice.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
