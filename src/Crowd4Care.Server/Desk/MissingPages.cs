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

        // The services of a rendering can't be used twice.
        await using var scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
    }
}
