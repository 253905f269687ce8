using Crowd4Care.Server.Desk.Shared;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>
/// What comes of an action: to script, a short JSON answer; to an ordinary form post, a message and a redirect to the page that the
/// form was on, or on to another.
/// </summary>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Message">What to tell the person.</param>
/// <param name="Go">Where to go on when it was done; null to stay.</param>
internal sealed record DeskAnswer(bool Ok, string Message, string? Go = null) : IResult
{
    /// <summary>A text that script puts where the person writes.</summary>
    public string? Text { get; init; }

    /// <summary>The header that script sends.</summary>
    public const string ByScript = "X-Desk";

    public static DeskAnswer Done(string message, string? go = null) => new(true, message, go);

    public static DeskAnswer Refused(string message) => new(false, message);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!httpContext.Request.Headers.ContainsKey(ByScript))
        {
            httpContext.RequestServices.GetRequiredService<Flash>().Set(httpContext, Ok, Message);
            httpContext.Response.Headers.Location = (Ok ? Go : null) ?? Back(httpContext);
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }

        return Results.Json(new { Ok, Message, Go, Text }, statusCode: Ok ? StatusCodes.Status200OK : StatusCodes.Status409Conflict).ExecuteAsync(httpContext);
    }

    /// <summary>A path of this site, or the start page for everything else.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    private static string Back(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == context.Request.Host.Value
            ? Local(from.PathAndQuery)
            : "/";
}
