namespace Crowd4Care.Server.Api;

/// <summary>The HTTP API under /api/v1.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services.AddProblemDetails();

    public static void MapApi(this WebApplication app) => app.MapGet("/health/live", () => Results.Ok()).AllowAnonymous();
}
