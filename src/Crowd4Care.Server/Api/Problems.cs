using Microsoft.AspNetCore.Http.HttpResults;

namespace Crowd4Care.Server.Api;

/// <summary>Errors as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string detail, IDictionary<string, string[]>? errors = null) =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid", detail: detail,
            extensions: errors is null ? null : new Dictionary<string, object?> { ["errors"] = errors });

    public static ProblemHttpResult Conflict(string detail, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var extensions = new Dictionary<string, object?>();
        foreach (var (name, value) in more)
        {
            if (value is not null)
                extensions[name] = value;
        }

        return TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "Somebody was faster, or it is not yours", detail: detail, extensions: extensions);
    }

    public static ProblemHttpResult NotFound(string what = "mention") =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no such {what}");

    public static ProblemHttpResult Changed(long version) =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status412PreconditionFailed, title: "The mention has changed",
            detail: $"If-Match names another version; the current one is \"{version}\".");
}
