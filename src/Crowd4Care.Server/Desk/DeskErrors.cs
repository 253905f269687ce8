using Crowd4Care.Server.Desk.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Desk;

/// <summary>Shows a page to people for what went wrong; programs get the API's problem details.</summary>
internal sealed class DeskErrors : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.Request.Path.StartsWithSegments("/api") || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return false;

        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await new RazorComponentResult<Failure> { StatusCode = StatusCodes.Status500InternalServerError }.ExecuteAsync(context);
        return true;
    }
}
